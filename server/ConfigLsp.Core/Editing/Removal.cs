using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Removes properties or elements with the comments and commas that belong to them, and the lines that this leaves empty.</summary>
internal static class Removal
{
    /// <summary>The changes that remove the children at the given positions, which are in order.</summary>
    public static EditPlan Of(Siblings siblings, ImmutableArray<int> positions)
    {
        var tree = siblings.Container.Tree;
        var text = tree.Text.Span;
        var pieces = new List<TextSpan>();
        foreach (var position in positions)
        {
            if (CheckGaps(siblings, position) is { } refusal)
            {
                return refusal;
            }

            var piece = TextSpan.FromBounds(siblings.StartOf(position), siblings.EndOf(position));
            pieces.Add(piece);
            if (siblings.CommaBehind(position) is var comma && comma >= piece.End)
            {
                pieces.Add(new TextSpan(comma, 1));
            }
        }

        // The last child had no comma behind it, so the one that becomes the last must lose its own.
        var survivor = LastSurvivor(siblings, positions);
        if (survivor >= 0 && survivor < siblings.Count - 1 && siblings.CommaBehind(siblings.Count - 1) < 0)
        {
            pieces.Add(new TextSpan(siblings.CommaBehind(survivor), 1));
        }

        pieces = Merge(text, pieces);
        if (survivor < 0 && IsAll(siblings.Container, pieces))
        {
            pieces = [TextSpan.FromBounds(siblings.Container.Span.Start + 1, siblings.Container.Span.End - 1)];
        }
        else
        {
            pieces = pieces.ConvertAll(piece => Widen(siblings.Container, piece));
        }

        if (Soundness.Check(tree, pieces) is { } broken)
        {
            return broken;
        }

        return new EditPlan([.. pieces.Select(static piece => new TextChange(piece, ReadOnlyMemory<byte>.Empty))], default, null);
    }

    private static EditResult.Refused? CheckGaps(Siblings siblings, int position)
    {
        if (siblings.CheckNeighbours(position - 1, position + 1) is { } refusal)
        {
            return refusal;
        }

        for (var index = position; index <= position + 1; index++)
        {
            var gap = siblings.GapBefore(index);
            var isInner = index > 0 && index < siblings.Count;
            if (gap.Stray >= 0 || (isInner && gap.Separator < 0) || (index == 0 && gap.Separator >= 0))
            {
                var where = gap.Stray >= 0 ? new TextSpan(gap.Stray, 1) : gap.Span;
                return new EditResult.Refused(EditRefusal.SyntaxError, "The text beside the place of the edit is broken; mend it by hand first.", where);
            }
        }

        return null;
    }

    private static int LastSurvivor(Siblings siblings, ImmutableArray<int> removed)
    {
        var index = siblings.Count - 1;
        for (var i = removed.Length - 1; i >= 0 && removed[i] == index; i--)
        {
            index--;
        }

        return index;
    }

    /// <summary>Joins pieces between which only whitespace stands.</summary>
    private static List<TextSpan> Merge(ReadOnlySpan<byte> text, List<TextSpan> pieces)
    {
        pieces.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<TextSpan>();
        foreach (var piece in pieces)
        {
            if (merged.Count > 0 && Lines.IsWhitespace(text[merged[^1].End..piece.Start]))
            {
                merged[^1] = TextSpan.FromBounds(merged[^1].Start, piece.End);
            }
            else
            {
                merged.Add(piece);
            }
        }

        return merged;
    }

    private static bool IsAll(SyntaxNode container, List<TextSpan> pieces)
    {
        var text = container.Tree.Text.Span;
        return pieces.Count == 1
            && Lines.IsWhitespace(text[(container.Span.Start + 1)..pieces[0].Start])
            && Lines.IsWhitespace(text[pieces[0].End..(container.Span.End - 1)]);
    }

    /// <summary>Takes the blanks along that would be left over: whole lines, or what separates the piece from its neighbour on the same line.</summary>
    private static TextSpan Widen(SyntaxNode container, TextSpan piece)
    {
        var text = container.Tree.Text.Span;
        if (piece.Length == 1 && text[piece.Start] == (byte)',')
        {
            return piece;
        }

        var before = Lines.SkipBlanksBack(text, piece.Start);
        var next = Lines.SkipBlanks(text, piece.End);
        var startsLine = Lines.IsFirst(text, piece.Start);
        if (text[next] is (byte)'\n' or (byte)'\r')
        {
            return startsLine ? TextSpan.FromBounds(before, Lines.BreakEnd(text, next)) : TextSpan.FromBounds(before, piece.End);
        }

        if (next != container.Span.End - 1)
        {
            return TextSpan.FromBounds(piece.Start, next);
        }

        if (!startsLine)
        {
            return TextSpan.FromBounds(before, piece.End);
        }

        // The bracket moves up to the token before the piece, unless a comment to the end of the line would swallow it.
        var token = Lines.SkipWhitespaceBack(text, piece.Start);
        var comments = container.Tree.Comments;
        var behindLineComment = comments.AsSpan().BinarySearch(new EndingAt(token)) is var found and >= 0 && text[comments[found].Start + 1] == (byte)'/';
        return behindLineComment ? piece : TextSpan.FromBounds(token, piece.End);
    }

    private readonly struct EndingAt(int offset) : IComparable<TextSpan>
    {
        private readonly int _offset = offset;

        public int CompareTo(TextSpan other) => _offset.CompareTo(other.End);
    }
}
