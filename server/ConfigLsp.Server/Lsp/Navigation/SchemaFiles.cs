using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>
/// The schema files of the workspace that are not open: those in the served folders whose name ends with <c>.schema.json</c>, and those that open documents
/// are checked against. Only files that hold references are given.
/// </summary>
internal sealed class SchemaFiles(WorkspaceSchemas workspace, SchemaCatalog catalog, IFileSystem files)
{
    /// <summary>The most files that are read for one answer.</summary>
    private const int MaxFiles = 1000;

    private static readonly byte[][] s_references = ["\"$ref\""u8.ToArray(), "\"$dynamicRef\""u8.ToArray(), "\"$recursiveRef\""u8.ToArray()];

    /// <summary>The files, one after the other as they are asked for.</summary>
    /// <param name="open">Documents that are not to be given.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IEnumerable<(string Uri, SyntaxTree Tree)> FindUnopened(IReadOnlyCollection<OpenDocument> open, CancellationToken cancellation)
    {
        HashSet<DocumentUri> seen = [.. open.Select(document => document.ParsedUri).OfType<DocumentUri>()];
        foreach (string path in Paths(cancellation).Take(MaxFiles))
        {
            cancellation.ThrowIfCancellationRequested();
            DocumentUri uri = DocumentUri.FromFilePath(path);
            if (seen.Add(uri)
                && files.ReadText(path, FileLimits.Schema, cancellation).TryGet(out SourceText? text, out _)
                && Array.Exists(s_references, reference => text.Span.IndexOf(reference) >= 0))
            {
                yield return (uri.Text, JsonParser.Parse(text));
            }
        }
    }

    private IEnumerable<string> Paths(CancellationToken cancellation)
    {
        foreach (LoadedSchema loaded in workspace.Store.LoadedSchemas)
        {
            if (DocumentUri.TryParse(loaded.Uri.Split('#')[0], out DocumentUri? uri) && uri.IsFile && uri.TryGetFilePath(out string? path))
                yield return path;
        }

        var finder = new SettingsFileFinder(files, catalog, workspace.Store.Associations.Placeholders);
        foreach (WorkspaceFolder folder in workspace.Folders)
        {
            if (!folder.Uri.TryGetFilePath(out string? path))
                continue;
            var query = new SettingsFileQuery(["**/*.schema.json"], path) { WorkspaceFolder = path, IsTrusted = _ => folder.IsTrusted };
            foreach (SettingsFile file in finder.Find(query, cancellation).OfType<SettingsFile>())
                yield return file.Path;
        }
    }
}
