namespace ConfigLsp.Configuration.Ignoring;

/// <summary>
/// The rules that hold in one directory: those of its own <c>.gitignore</c> and of the folders above it. Rules of a deeper folder win; where
/// none of them speaks, the next higher folder is asked.
/// </summary>
public sealed class IgnoreScope
{
    private readonly IgnoreScope? _outer;
    private readonly IgnoreRules _rules;
    private readonly string _prefix;

    private IgnoreScope(IgnoreScope? outer, IgnoreRules rules, string prefix)
    {
        _outer = outer;
        _rules = rules;
        _prefix = prefix;
    }

    /// <summary>Adds the rules of a folder to those around it.</summary>
    /// <param name="outer">The rules that hold there already, or null.</param>
    /// <param name="rules">The folder's own rules.</param>
    /// <param name="folder">The folder with slashes, relative to where all paths start; empty there.</param>
    public static IgnoreScope Create(IgnoreScope? outer, IgnoreRules rules, string folder) =>
        new(outer, rules, folder.Length == 0 ? string.Empty : folder + "/");

    /// <summary>
    /// Whether a file or directory is ignored. Its parent folders are taken not to be: in an ignored folder nothing can be re-included, so a
    /// walk never enters one.
    /// </summary>
    /// <param name="path">The path with slashes, relative to where all paths start.</param>
    /// <param name="isDirectory">Whether a directory is asked about.</param>
    public bool IsIgnored(string path, bool isDirectory)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (path.StartsWith(scope._prefix, StringComparison.Ordinal) && scope._rules.IsIgnored(path.AsSpan(scope._prefix.Length), isDirectory) is { } ignored)
            {
                return ignored;
            }
        }

        return false;
    }
}
