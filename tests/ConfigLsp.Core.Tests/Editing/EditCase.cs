using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ConfigLsp.Core.Editing;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>
/// One case from <c>Editing/Cases/*.txt</c>: <c>=== name</c>, the text before, a line <c>--- operation</c> for each edit, the text after. In the texts
/// <c>→</c> is a tab, <c>¤</c> a byte order mark, <c>␍</c> a carriage return, and <c>␄</c> the end of a text whose last line has no line end.
/// Empty lines at the end of a case do not count.
/// </summary>
internal sealed partial record EditCase(string Name, string Before, ImmutableArray<SettingsEdit> Edits, string After)
{
    public static IEnumerable<EditCase> All() =>
        Directory.EnumerateFiles(Repository.PathOf("tests", "ConfigLsp.Core.Tests", "Editing", "Cases"), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read);

    /// <summary>Parses <c>set /a/0 JSON</c>, <c>unset /a</c>, <c>insert /a 0 JSON</c> and <c>insert /a end JSON</c>. Digits are an index.</summary>
    public static SettingsEdit ParseEdit(string line)
    {
        var words = line.Split(' ', 3);
        var path = PathOf(words[1]);
        switch (words[0])
        {
            case "set":
                return new SettingsEdit.Set(path, words[2]);
            case "unset":
                return new SettingsEdit.Unset(path);
            case "insert":
                var rest = words[2].Split(' ', 2);
                return new SettingsEdit.Insert(path, rest[0] == "end" ? null : int.Parse(rest[0]), rest[1]);
            default:
                throw new FormatException($"There is no operation `{words[0]}`.");
        }
    }

    public static ImmutableArray<PathSegment> PathOf(string pointer) =>
        pointer == "." ? [] : [.. pointer[1..].Split('/').Select(static word => int.TryParse(word, out var index) ? new PathSegment(index) : new PathSegment(word))];

    private static IEnumerable<EditCase> Read(string file)
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        foreach (var part in CaseStart().Split(text).Skip(1))
        {
            var lines = part.Split('\n');
            var from = Array.FindIndex(lines, static line => line.StartsWith("--- ", StringComparison.Ordinal));
            var to = Array.FindLastIndex(lines, static line => line.StartsWith("--- ", StringComparison.Ordinal));
            var end = lines.Length;
            while (end > to + 1 && lines[end - 1].Length == 0)
            {
                end--;
            }

            yield return new EditCase(
                $"{Path.GetFileNameWithoutExtension(file)}: {lines[0]}",
                Decode(lines[1..from]),
                [.. lines[from..(to + 1)].Select(static line => ParseEdit(line[4..]))],
                Decode(lines[(to + 1)..end]));
        }
    }

    private static string Decode(string[] lines)
    {
        var text = string.Concat(lines.Select(static line => line + "\n"));
        var end = text.IndexOf('␄', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Replace('→', '\t').Replace('¤', '\uFEFF').Replace('␍', '\r');
    }

    [GeneratedRegex("^=== ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CaseStart();
}
