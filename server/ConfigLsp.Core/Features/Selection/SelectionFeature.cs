using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Selection;

/// <summary>Finds what a selection grows to, step by step.</summary>
public static class SelectionFeature
{
    /// <summary>
    /// The spans around an offset, the smallest first, each within the next: the content of a string or container, with its quotes or brackets, the
    /// property, with its comma, and so on outwards. Empty only where nothing is.
    /// </summary>
    /// <param name="tree">The document.</param>
    /// <param name="offset">The place.</param>
    /// <param name="limit">The most spans; of more the inner ones and the outermost are given.</param>
    public static ImmutableArray<TextSpan> FindSpans(SyntaxTree tree, int offset, int limit)
    {
        var spans = new List<TextSpan>();
        var node = tree.FindNode(offset);
        if (node.Kind == SyntaxKind.Property && node.NameSpan.Touches(offset))
        {
            Add(spans, node.ContentSpan, offset);
            Add(spans, node.NameSpan, offset);
        }

        for (; !node.IsNone && node.Kind != SyntaxKind.Document; node = node.Parent)
        {
            if (node.Kind is SyntaxKind.Object or SyntaxKind.Array && node.Span.Length > 2)
            {
                Add(spans, TextSpan.FromBounds(node.Span.Start + 1, node.Span.End - (node.IsUnterminated ? 0 : 1)), offset);
            }
            else if (node.Kind == SyntaxKind.String)
            {
                Add(spans, node.ContentSpan, offset);
            }

            Add(spans, node.Span, offset);
            if ((node.Kind == SyntaxKind.Property || node.Parent.Kind == SyntaxKind.Array) && CommaBehind(tree, node.Span.End) is > 0 and var end)
            {
                Add(spans, TextSpan.FromBounds(node.Span.Start, end), offset);
            }
        }

        if (spans.Count > limit)
        {
            spans.RemoveRange(limit - 1, spans.Count - limit);
        }

        return [.. spans];
    }

    private static void Add(List<TextSpan> spans, TextSpan span, int offset)
    {
        if (!span.IsEmpty && span.Touches(offset) && (spans.Count == 0 || (span != spans[^1] && span.Contains(spans[^1]))))
        {
            spans.Add(span);
        }
    }

    /// <summary>Offset behind the comma that follows, with nothing but blanks and comments before it; else -1.</summary>
    private static int CommaBehind(SyntaxTree tree, int offset)
    {
        var text = tree.Text.Span;
        var comment = tree.Comments.BinarySearch(new TextSpan(offset, 0), Comparer<TextSpan>.Create(static (left, right) => left.Start.CompareTo(right.Start)));
        comment = comment < 0 ? ~comment : comment;
        for (var at = offset; at < text.Length;)
        {
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else if (comment < tree.Comments.Length && tree.Comments[comment].Start == at)
            {
                at = tree.Comments[comment++].End;
            }
            else
            {
                return text[at] == (byte)',' ? at + 1 : -1;
            }
        }

        return -1;
    }
}
