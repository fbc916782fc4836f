using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>
/// How strictly a file is judged, the same in the editor and on the command line: as the <c>format</c> of the source says that it is a file of,
/// else as its schema allows, else by its name.
/// </summary>
/// <param name="Dialect">How strict.</param>
/// <param name="IsStated">Whether a source says so; then the schema's <c>allowComments</c> and <c>allowTrailingCommas</c> do not count.</param>
public readonly record struct FileDialect(SyntaxDialect Dialect, bool IsStated)
{
    private static readonly string[] LenientExtensions = [".jsonc", ".code-workspace", ".code-snippets"];

    /// <summary>The dialect of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="associations">The served folders, whose sources are looked through.</param>
    public static FileDialect Of(DocumentUri document, SchemaAssociations associations)
    {
        if (associations.FindFolder(document) is { } folder)
        {
            foreach (var source in folder.Configuration.Sources)
            {
                if (Stated(source) is { } dialect
                    && SourcePath.Create(source, folder, associations.Placeholders, ignoreCase: false)?.IsMatch(document) == true)
                {
                    return new FileDialect(dialect, IsStated: true);
                }
            }
        }

        return new FileDialect(ByName(document.Path), IsStated: false);
    }

    /// <summary>How strict the file of a source is when it is read, which is as the editor judges it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">Its file.</param>
    /// <param name="schema">The schema of the settings; null if it is not known.</param>
    public static SyntaxDialect OfSource(SourceConfiguration source, string path, JsonSchema? schema) =>
        Stated(source) is { } stated ? stated : ByName(path.Replace('\\', '/')).With(schema?.AllowComments, schema?.AllowTrailingCommas);

    /// <summary>VS Code reads its settings with comments, wherever they stand.</summary>
    private static SyntaxDialect? Stated(SourceConfiguration source) => (source.Type, source.Format) switch
    {
        (SourceType.VsCode, _) => SyntaxDialect.JsonWithComments,
        (SourceType.File, "json") => SyntaxDialect.Json,
        (SourceType.File, "jsonc") => SyntaxDialect.JsonWithComments,
        _ => null,
    };

    /// <summary>Editors know a language for each file; its name decides here as it does there for "JSON with comments".</summary>
    private static SyntaxDialect ByName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var hasComments = Array.Exists(LenientExtensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || path.Contains("/.vscode/", StringComparison.Ordinal)
            || (name.EndsWith(".json", StringComparison.Ordinal) && (name.StartsWith("tsconfig", StringComparison.Ordinal) || name.StartsWith("jsconfig", StringComparison.Ordinal)));
        return hasComments ? SyntaxDialect.JsonWithComments : SyntaxDialect.Json;
    }
}
