using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>
/// How strictly a file is judged where its schema does not say. Editors know a language for each file; the command line goes by the names that
/// editors give the language "JSON with comments".
/// </summary>
internal static class FileDialect
{
    private static readonly string[] Extensions = [".jsonc", ".code-workspace", ".code-snippets"];

    /// <param name="path">The path with slashes.</param>
    public static SyntaxDialect Of(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var hasComments = Array.Exists(Extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || path.Contains("/.vscode/", StringComparison.Ordinal)
            || (name.EndsWith(".json", StringComparison.Ordinal) && (name.StartsWith("tsconfig", StringComparison.Ordinal) || name.StartsWith("jsconfig", StringComparison.Ordinal)));
        return hasComments ? SyntaxDialect.JsonWithComments : SyntaxDialect.Json;
    }
}
