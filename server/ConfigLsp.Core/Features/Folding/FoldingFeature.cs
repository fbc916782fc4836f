using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Folding;

/// <summary>Finds the lines that can be folded away: objects, arrays, comments, and regions that comments mark.</summary>
public static class FoldingFeature
{
    /// <summary>Deeper ranges are the first to go where there are too many.</summary>
    private const int MaxLevel = 30;

    /// <summary>The ranges by their first line, one for each line; at most <paramref name="limit"/>, outer ones first.</summary>
    public static ImmutableArray<FoldingRange> Find(SyntaxTree tree, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Candidate>();
        AddContainers(tree, found, cancellationToken);
        AddComments(tree, found, cancellationToken);

        // Of ranges that start on one line, the one that ends first is folded, as it is the one whose bracket stands last on the line.
        found.Sort(static (left, right) => left.Range.StartLine != right.Range.StartLine
            ? left.Range.StartLine.CompareTo(right.Range.StartLine)
            : left.Range.EndLine.CompareTo(right.Range.EndLine));
        var ranges = new List<Candidate>(found.Count);
        foreach (var candidate in found)
        {
            if (ranges.Count == 0 || ranges[^1].Range.StartLine != candidate.Range.StartLine)
            {
                ranges.Add(candidate);
            }
        }

        return [.. Limit(ranges, limit).Select(static candidate => candidate.Range)];
    }

    private static void AddContainers(SyntaxTree tree, List<Candidate> found, CancellationToken cancellationToken)
    {
        var around = new Stack<int>();
        for (var i = 1; i < tree.NodeCount; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var node = new SyntaxNode(tree, i);
            if (node.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
            {
                continue;
            }

            while (around.TryPeek(out var end) && end <= i)
            {
                around.Pop();
            }

            if (!node.IsUnterminated)
            {
                // The line with the closing bracket stays, and something must be between the two.
                var start = tree.Text.Lines.GetLine(node.Span.Start);
                var last = tree.Text.Lines.GetLine(node.Span.End - 1) - 1;
                if (last > start)
                {
                    found.Add(new Candidate(new FoldingRange(start, last, node.Kind == SyntaxKind.Object ? FoldingKind.Object : FoldingKind.Array), around.Count));
                }
            }

            around.Push(node.EndIndex);
        }
    }

    private static void AddComments(SyntaxTree tree, List<Candidate> found, CancellationToken cancellationToken)
    {
        var lines = tree.Text.Lines;
        var regions = new Stack<int>();
        var run = (Start: -1, End: -1);
        foreach (var comment in tree.Comments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = tree.Text.Span.Slice(comment.Start, comment.Length);
            var line = lines.GetLine(comment.Start);
            var mark = RegionMark.Of(text);
            if (mark == RegionMark.Start)
            {
                regions.Push(line);
            }
            else if (mark == RegionMark.End && regions.TryPop(out var start) && line > start)
            {
                found.Add(new Candidate(new FoldingRange(start, line, FoldingKind.Region), regions.Count));
            }

            if (text[1] == (byte)'*')
            {
                var end = lines.GetLine(comment.End);
                if (end > line)
                {
                    found.Add(new Candidate(new FoldingRange(line, end, FoldingKind.Comment), 0));
                }
            }
            else if (mark == RegionMark.None && IsFirst(tree, comment.Start))
            {
                if (line == run.End + 1 && run.Start >= 0)
                {
                    run.End = line;
                    continue;
                }

                AddRun();
                run = (line, line);
            }
        }

        AddRun();

        void AddRun()
        {
            if (run.End > run.Start)
            {
                found.Add(new Candidate(new FoldingRange(run.Start, run.End, FoldingKind.Comment), 0));
            }
        }
    }

    /// <summary>Whether only blanks stand before the offset on its line.</summary>
    private static bool IsFirst(SyntaxTree tree, int offset)
    {
        var start = tree.Text.Lines.GetLineStart(tree.Text.Lines.GetLine(offset));
        return !tree.Text.Span[start..offset].ContainsAnyExcept((byte)' ', (byte)'\t');
    }

    /// <summary>Whole levels as long as they fit, and of the next one what does.</summary>
    private static IEnumerable<Candidate> Limit(List<Candidate> ranges, int limit)
    {
        if (ranges.Count <= limit)
        {
            return ranges;
        }

        var counts = new int[MaxLevel + 1];
        foreach (var range in ranges)
        {
            counts[Math.Min(range.Level, MaxLevel)]++;
        }

        var (level, left) = (0, limit);
        while (counts[level] <= left)
        {
            left -= counts[level++];
        }

        return ranges.Where(range => range.Level < level || (Math.Min(range.Level, MaxLevel) == level && left-- > 0));
    }

    private readonly record struct Candidate(FoldingRange Range, int Level);
}
