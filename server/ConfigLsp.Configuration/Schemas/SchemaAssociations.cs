using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Decides which schemas apply to a document. Immutable; a change of settings makes another one.</summary>
/// <param name="Catalog">The embedded catalogue.</param>
public sealed record SchemaAssociations(SchemaCatalog Catalog)
{
    private const int MaxUriLength = 8192;

    /// <summary>The schema of the settings of a workspace that states none: the agent settings.</summary>
    public static SchemaReference DefaultSettingsSchema { get; } = new(SchemaCatalog.PublishedFolder + "agent-settings.schema.json");

    /// <summary>The folders that are served. For a document in several, the innermost one speaks.</summary>
    public ImmutableArray<WorkspaceFolder> Folders { get; init; } = [];

    /// <summary>The associations of the editor, from its settings and from its notification.</summary>
    public ClientSchemas Client { get; init; } = ClientSchemas.Empty;

    /// <summary>What placeholders in the paths of sources stand for.</summary>
    public PathPlaceholders Placeholders { get; init; } = PathPlaceholders.FromProcess();

    /// <summary>The schemas of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tree">Its content, for <c>$schema</c>.</param>
    /// <param name="exists">Whether a document exists; asked only where the catalogue makes an entry depend on it.</param>
    public SchemaSelection Select(DocumentUri document, SyntaxTree tree, Func<DocumentUri, bool> exists) =>
        FindDeclaration(tree) is { IsNone: false } declaration && ResolveDeclaration(document, declaration.GetString()) is { } uri
            ? Declared(uri)
            : SelectByName(document, exists);

    /// <summary>The schemas of a document that does not name its schema itself.</summary>
    public SchemaSelection SelectByName(DocumentUri document, Func<DocumentUri, bool> exists)
    {
        var place = Locate(document);
        var selected = ImmutableArray.CreateBuilder<SelectedSchema>();
        if (place.Folder is not null)
        {
            AddFromWorkspace(selected, document, place);
            if (selected.Count > 0)
            {
                return new SchemaSelection(SchemaLevel.Workspace, selected.ToImmutable());
            }
        }

        AddFromClient(selected, document, place);
        if (selected.Count > 0)
        {
            return new SchemaSelection(SchemaLevel.Client, selected.ToImmutable());
        }

        foreach (var entry in Catalog.Entries)
        {
            if (entry.FileMatch.IsMatch(place.Path, place.IsInFolder, place.Uri) && (entry.RequiresSibling is not { } sibling || exists(document.Resolve(sibling))))
            {
                Add(selected, new SchemaReference(entry.Url), string.Empty);
            }
        }

        foreach (var (fileMatch, url) in Catalog.SchemaFiles)
        {
            if (fileMatch.IsMatch(place.Path, place.IsInFolder, place.Uri))
            {
                Add(selected, new SchemaReference(url), string.Empty);
            }
        }

        return selected.Count == 0 ? SchemaSelection.None : new SchemaSelection(SchemaLevel.Catalog, selected.ToImmutable());
    }

    /// <summary>The innermost served folder that a document is in, or null.</summary>
    public WorkspaceFolder? FindFolder(DocumentUri document) => Locate(document).Folder;

    /// <summary>The string that a document gives as <c>$schema</c>, or no node.</summary>
    internal static SyntaxNode FindDeclaration(SyntaxTree tree) =>
        tree.Root.TryGetProperty("$schema"u8, out var value) && value.Kind == SyntaxKind.String && value.Span.Length is > 2 and < MaxUriLength ? value : default;

    internal static SchemaSelection Declared(string uri) => new(SchemaLevel.Declared, [new SelectedSchema(new SchemaReference(uri), string.Empty)]);

    /// <summary>The absolute URI that a <c>$schema</c> means; null if it means none.</summary>
    internal string? ResolveDeclaration(DocumentUri document, string reference)
    {
        // A Windows path looks like a URI whose scheme is the drive.
        if (reference.Length > 2 && char.IsAsciiLetter(reference[0]) && reference[1] == ':' && reference[2] is '\\' or '/')
        {
            return DocumentUri.FromFilePath(reference, windows: true).Text;
        }

        // A document that was never saved has no folder; the workspace's takes its place.
        var origin = document.Path.Contains('/', StringComparison.Ordinal) || Folders.IsEmpty ? document : Folders[0].Uri.AsFolder();
        var text = reference.Contains("://", StringComparison.Ordinal) ? reference : reference.Replace('\\', '/');
        return origin.Resolve(text.Trim()) is { Scheme.Length: > 0 } uri ? uri.Text : null;
    }

    private static void Add(ImmutableArray<SelectedSchema>.Builder selected, SchemaReference schema, string at, string? section = null)
    {
        foreach (var other in selected)
        {
            if (other.Schema.Uri == schema.Uri && other.At == at && other.Section == section)
            {
                return;
            }
        }

        selected.Add(new SelectedSchema(schema, at) { Section = section });
    }

    private Place Locate(DocumentUri document)
    {
        WorkspaceFolder? folder = null;
        string? path = null;
        foreach (var candidate in Folders)
        {
            if (candidate.Uri.TryGetRelativePath(document, out var relative) && (path is null || relative.Length < path.Length))
            {
                (folder, path) = (candidate, relative);
            }
        }

        return new Place(folder, path ?? document.Path.TrimStart('/'), PercentEncoding.Decode(document.Normalized));
    }

    private void AddFromWorkspace(ImmutableArray<SelectedSchema>.Builder selected, DocumentUri document, Place place)
    {
        var configuration = place.Folder!.Configuration;
        foreach (var association in configuration.Schemas)
        {
            if (association.FileMatch.IsMatch(place.Path, isInWorkspace: true, place.Uri))
            {
                Add(selected, association.Schema, association.At);
            }
        }

        foreach (var source in configuration.Sources)
        {
            var section = source.Type == SourceType.VsCode && source.Section is { Length: > 0 } named ? named : null;
            if ((source.Type == SourceType.File || section is not null) && SourcePath.Create(source, place.Folder, Placeholders, ignoreCase: false)?.IsMatch(document) == true)
            {
                Add(selected, configuration.Schema ?? DefaultSettingsSchema, string.Empty, section);
            }
        }
    }

    private void AddFromClient(ImmutableArray<SelectedSchema>.Builder selected, DocumentUri document, Place place)
    {
        foreach (var association in Client.Associations)
        {
            var (path, isInFolder) = (place.Path, place.IsInFolder);
            if (association.Folder is { } within)
            {
                if (!within.TryGetRelativePath(document, out var relative))
                {
                    continue;
                }

                (path, isInFolder) = (relative, true);
            }

            if (association.FileMatch.IsMatch(path, isInFolder, place.Uri))
            {
                Add(selected, association.Schema, association.At);
            }
        }
    }

    /// <summary>A document as patterns see it.</summary>
    private readonly record struct Place(WorkspaceFolder? Folder, string Path, string Uri)
    {
        public bool IsInFolder => Folder is not null;
    }
}
