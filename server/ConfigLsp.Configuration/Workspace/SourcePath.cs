using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>
/// The path of a file source with its placeholders expanded. <c>${environment}</c> stays open: each environment's file is one of the source, so
/// that all of them are checked and not only the current one.
/// </summary>
internal sealed class SourcePath
{
    /// <summary>The file of a VS Code source that names none.</summary>
    public const string DefaultVsCodePath = ".vscode/settings.json";

    /// <summary>Stands in for the placeholder while the path is put together; no path holds it.</summary>
    private const char AnyEnvironment = '\0';

    private readonly Glob _glob;

    private SourcePath(string path, bool ignoreCase)
    {
        Path = path.Replace(AnyEnvironment, '*');
        _glob = Glob.ForIgnoreRule(path, ToPattern(path), ignoreCase);
    }

    /// <summary>The path with slashes and a leading slash, as in a URI; <c>*</c> stands where the environment's name does.</summary>
    public string Path { get; }

    /// <summary>
    /// Expands the path of a source; null if it has none, if a placeholder has no value, or if the folder is not trusted and the path leaves it
    /// or asks for an environment variable.
    /// </summary>
    public static SourcePath? Create(SourceConfiguration source, WorkspaceFolder folder, PathPlaceholders placeholders, bool ignoreCase)
    {
        var path = source.Path ?? (source.Type == SourceType.VsCode ? DefaultVsCodePath : null);
        return path is not null && Expand(path, AnyEnvironment.ToString(), folder, placeholders).Path is { } expanded ? new SourcePath(expanded, ignoreCase) : null;
    }

    /// <summary>Expands a path for one environment, or says why it cannot be used.</summary>
    /// <param name="text">The path as it is written.</param>
    /// <param name="environment">What stands for <c>${environment}</c>.</param>
    /// <param name="folder">The folder that relative paths start from, and in which paths must stay if it is not trusted.</param>
    /// <param name="placeholders">What other placeholders stand for.</param>
    public static SourcePathExpansion Expand(string text, string environment, WorkspaceFolder folder, PathPlaceholders placeholders)
    {
        if (text.Length == 0 || text.Contains(AnyEnvironment, StringComparison.Ordinal))
        {
            return new SourcePathExpansion(Path: null, "is empty or holds a NUL character", NeedsTrust: false);
        }

        var root = folder.Uri.Path.TrimEnd('/');
        var result = new StringBuilder();
        if (text == "~" || text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal))
        {
            if (placeholders.HomeFolder is not { } home)
            {
                return new SourcePathExpansion(Path: null, "starts at the home folder (~), which is not known", NeedsTrust: false);
            }

            result.Append(home);
            text = text[1..];
        }

        while (text.IndexOf("${", StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is >= 0 and var end)
        {
            var name = text[(start + 2)..end];
            var isVariable = name.StartsWith("env:", StringComparison.Ordinal);
            if (isVariable && !folder.IsTrusted)
            {
                return new SourcePathExpansion(Path: null, "asks for an environment variable (${env:NAME})", NeedsTrust: true);
            }

            var value = name switch
            {
                "workspaceFolder" => root,
                "environment" => environment,
                _ => isVariable ? placeholders.EnvironmentVariable(name[4..]) : null,
            };
            if (value is null || (isVariable && value.Contains(AnyEnvironment, StringComparison.Ordinal)))
            {
                return new SourcePathExpansion(Path: null, isVariable ? $"needs the environment variable {name[4..]}, which is not set" : $"holds the unknown placeholder ${{{name}}}", NeedsTrust: false);
            }

            // The value is not looked through again, so that it cannot bring placeholders of its own.
            result.Append(text, 0, start).Append(value);
            text = text[(end + 1)..];
        }

        var expanded = result.Append(text).ToString();
        var path = Normalize(expanded.Length > 0 && IsAbsolute(expanded) ? ToUriPath(expanded) : $"{root}/{expanded.Replace('\\', '/')}");
        return folder.IsTrusted || path.StartsWith(root + "/", StringComparison.Ordinal)
            ? new SourcePathExpansion(path, Fault: null, NeedsTrust: false)
            : new SourcePathExpansion(Path: null, "lies outside of the folder", NeedsTrust: true);
    }

    /// <summary>Whether a document is a file of the source.</summary>
    public bool IsMatch(DocumentUri document) => _glob.IsMatch(document.Path);

    private static bool IsAbsolute(string path) => path[0] is '/' or '\\' || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':');

    private static string ToUriPath(string path)
    {
        var slashes = path.Replace('\\', '/');
        return slashes[0] == '/' ? slashes : $"/{char.ToLowerInvariant(slashes[0])}{slashes[1..]}";
    }

    private static string Normalize(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept);
    }

    private static string ToPattern(string path)
    {
        var pattern = new StringBuilder();
        foreach (var c in path)
        {
            if (c is '*' or '?' or '[' or '\\')
            {
                pattern.Append('\\');
            }

            pattern.Append(c == AnyEnvironment ? '*' : c);
        }

        return pattern.ToString();
    }
}

/// <summary>What came of expanding a path.</summary>
/// <param name="Path">The path with slashes and a leading slash, as in a URI; null if it cannot be used.</param>
/// <param name="Fault">What is wrong with the path, to be put behind its name; null if nothing.</param>
/// <param name="NeedsTrust">Whether it could be used if the folder were trusted.</param>
internal readonly record struct SourcePathExpansion(string? Path, string? Fault, bool NeedsTrust);
