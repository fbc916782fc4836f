using System.Collections.Immutable;
using ConfigLsp.Configuration.Globbing;

namespace ConfigLsp.Configuration.Ignoring;

/// <summary>The rules of one <c>.gitignore</c> (gitignore(5)), for paths relative to the folder that it stands in.</summary>
public sealed class IgnoreRules
{
    /// <summary>The most lines that are interpreted; those behind them have no effect.</summary>
    public const int MaxRules = 100_000;

    private readonly ImmutableArray<Rule> _rules;

    private IgnoreRules(ImmutableArray<Rule> rules) => _rules = rules;

    /// <summary>Reads the lines of a <c>.gitignore</c>. Every text is one; lines that mean nothing have no effect.</summary>
    public static IgnoreRules Parse(string text, bool ignoreCase = false)
    {
        var rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (var line in text.TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            if (rules.Count < MaxRules && ParseLine(line, ignoreCase) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return new IgnoreRules(rules.DrainToImmutable());
    }

    /// <summary>What the last rule that matches says of a path: ignored, expressly not ignored, or (null) nothing.</summary>
    /// <param name="path">The path with slashes, relative to the folder of the rules, without a leading or trailing slash.</param>
    /// <param name="isDirectory">Whether a directory is asked about.</param>
    public bool? IsIgnored(ReadOnlySpan<char> path, bool isDirectory)
    {
        for (var i = _rules.Length - 1; i >= 0; i--)
        {
            var rule = _rules[i];
            if ((isDirectory || !rule.DirectoryOnly) && rule.Glob.IsMatch(path))
            {
                return !rule.Negated;
            }
        }

        return null;
    }

    private static Rule? ParseLine(ReadOnlySpan<char> line, bool ignoreCase)
    {
        var text = TrimEnd(line);
        if (text.IsEmpty || text[0] == '#')
        {
            return null;
        }

        var negated = text[0] == '!';
        text = negated ? text[1..] : text;
        var directoryOnly = text.EndsWith('/');
        text = directoryOnly ? text[..^1] : text;
        // A slash at the start or in the middle ties the pattern to the folder of the file.
        var anchored = text.Contains('/');
        text = text.StartsWith('/') ? text[1..] : text;
        if (text.IsEmpty || text.Length > Glob.MaxLength)
        {
            return null;
        }

        var body = anchored ? text.ToString() : string.Concat("**/", text);
        return new Rule(Glob.ForIgnoreRule(line.ToString(), body, ignoreCase), negated, directoryOnly);
    }

    /// <summary>Blanks at the end do not count, unless a backslash stands before them.</summary>
    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> line)
    {
        while (line.EndsWith(' ') && !IsEscaped(line[..^1]))
        {
            line = line[..^1];
        }

        return line;
    }

    private static bool IsEscaped(ReadOnlySpan<char> before) => (before.Length - before.TrimEnd('\\').Length) % 2 == 1;

    private sealed record Rule(Glob Glob, bool Negated, bool DirectoryOnly);
}
