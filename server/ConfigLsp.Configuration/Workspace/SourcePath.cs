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
    private const string EnvironmentPlaceholder = "${environment}";

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
        if (source.Path is not { Length: > 0 } text || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var root = folder.Uri.Path.TrimEnd('/');
        if (Expand(text.Replace(EnvironmentPlaceholder, "\0", StringComparison.Ordinal), root, folder.IsTrusted, placeholders) is not { } expanded)
        {
            return null;
        }

        var path = Normalize(IsAbsolute(expanded) ? ToUriPath(expanded) : $"{root}/{expanded.Replace('\\', '/')}");
        return folder.IsTrusted || path.StartsWith(root + "/", StringComparison.Ordinal) ? new SourcePath(path, ignoreCase) : null;
    }

    /// <summary>Whether a document is a file of the source.</summary>
    public bool IsMatch(DocumentUri document) => _glob.IsMatch(document.Path);

    private static string? Expand(string text, string root, bool isTrusted, PathPlaceholders placeholders)
    {
        if (text == "~" || text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal))
        {
            if (placeholders.HomeFolder is not { } home)
            {
                return null;
            }

            text = home + text[1..];
        }

        var result = new StringBuilder();
        while (text.IndexOf("${", StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is >= 0 and var end)
        {
            var name = text[(start + 2)..end];
            var value = name == "workspaceFolder" ? root
                : isTrusted && name.StartsWith("env:", StringComparison.Ordinal) ? placeholders.EnvironmentVariable(name[4..])
                : null;
            if (value is null)
            {
                return null;
            }

            // The value is not looked through again, so that it cannot bring placeholders of its own.
            result.Append(text, 0, start).Append(value);
            text = text[(end + 1)..];
        }

        return result.Append(text).ToString();
    }

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
