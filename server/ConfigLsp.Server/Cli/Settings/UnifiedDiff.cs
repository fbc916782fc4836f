using System.Globalization;
using System.Text;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Shows the difference of two texts in the unified format, as <c>diff -u</c> and <c>git diff</c> do.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Beyond this many pairs of lines the middle is shown as replaced as a whole.
    private const int MaxPairs = 4_000_000;

    private enum LineKind
    {
        Same,
        Removed,
        Added,
    }

    /// <summary>The difference; empty if there is none.</summary>
    /// <param name="old">The text before.</param>
    /// <param name="new">The text afterwards.</param>
    /// <param name="name">The name of the file, as the header shows it.</param>
    public static string Create(string old, string @new, string name)
    {
        if (old == @new)
        {
            return string.Empty;
        }

        var lines = Compare(SplitLines(old), SplitLines(@new));
        var text = new StringBuilder();
        text.Append("--- ").Append(old.Length == 0 ? "/dev/null" : name).Append("\n+++ ").Append(name).Append('\n');
        var (oldLine, newLine) = (0, 0);
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Kind == LineKind.Same)
            {
                (oldLine, newLine, i) = (oldLine + 1, newLine + 1, i + 1);
                continue;
            }

            var before = Math.Min(Context, CountSameBefore(lines, i));
            var end = FindEnd(lines, i);
            WriteHunk(text, lines.GetRange(i - before, end - i + before), oldLine - before, newLine - before);
            for (; i < end; i++)
            {
                oldLine += lines[i].Kind == LineKind.Added ? 0 : 1;
                newLine += lines[i].Kind == LineKind.Removed ? 0 : 1;
            }
        }

        return text.ToString();
    }

    private static int CountSameBefore(List<(LineKind Kind, string Line)> lines, int index)
    {
        var count = 0;
        while (count < index && count < Context && lines[index - count - 1].Kind == LineKind.Same)
        {
            count++;
        }

        return count;
    }

    /// <summary>Where a hunk ends: behind its last change and the context, unless the next change is near.</summary>
    private static int FindEnd(List<(LineKind Kind, string Line)> lines, int start)
    {
        var last = start;
        for (var i = start; i < lines.Count && i - last <= 2 * Context; i++)
        {
            last = lines[i].Kind == LineKind.Same ? last : i;
        }

        return Math.Min(lines.Count, last + 1 + Context);
    }

    private static void WriteHunk(StringBuilder text, List<(LineKind Kind, string Line)> lines, int oldStart, int newStart)
    {
        var removed = lines.Count(static l => l.Kind != LineKind.Added);
        var added = lines.Count(static l => l.Kind != LineKind.Removed);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, removed)} +{Range(newStart, added)} @@\n");
        foreach (var (kind, line) in lines)
        {
            text.Append(kind switch { LineKind.Same => ' ', LineKind.Removed => '-', _ => '+' }).Append(line);
            if (!line.EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    /// <summary>Lines count from 1; of no lines the one before is named.</summary>
    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private static string[] SplitLines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }

    private static List<(LineKind Kind, string Line)> Compare(string[] old, string[] @new)
    {
        var start = old.AsSpan().CommonPrefixLength(@new);
        var end = 0;
        while (end < Math.Min(old.Length, @new.Length) - start && old[^(end + 1)] == @new[^(end + 1)])
        {
            end++;
        }

        var lines = new List<(LineKind, string)>(old[..start].Select(static l => (LineKind.Same, l)));
        CompareMiddle(old.AsSpan()[start..^end], @new.AsSpan()[start..^end], lines);
        lines.AddRange(old[^end..].Select(static l => (LineKind.Same, l)));
        return lines;
    }

    /// <summary>By the longest common subsequence.</summary>
    private static void CompareMiddle(ReadOnlySpan<string> old, ReadOnlySpan<string> @new, List<(LineKind Kind, string Line)> lines)
    {
        var isComparable = (long)old.Length * @new.Length <= MaxPairs;
        var common = isComparable ? new int[old.Length + 1, @new.Length + 1] : new int[1, 1];
        for (var i = old.Length - 1; isComparable && i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (o, n) = (0, 0);
        while (isComparable && o < old.Length && n < @new.Length)
        {
            if (old[o] == @new[n])
            {
                lines.Add((LineKind.Same, old[o]));
                (o, n) = (o + 1, n + 1);
            }
            else if (common[o + 1, n] >= common[o, n + 1])
            {
                lines.Add((LineKind.Removed, old[o++]));
            }
            else
            {
                lines.Add((LineKind.Added, @new[n++]));
            }
        }

        foreach (var line in old[o..])
        {
            lines.Add((LineKind.Removed, line));
        }

        foreach (var line in @new[n..])
        {
            lines.Add((LineKind.Added, line));
        }
    }
}
