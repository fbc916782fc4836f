using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Formatting;

/// <summary>
/// Brings a document into its usual form. Only blanks outside of strings and comments change; what is broken stays, and what is around it is
/// formatted. The changes are small and by offset. Formatting twice is formatting once.
/// </summary>
public static class FormattingFeature
{
    /// <summary>Formats all of a text.</summary>
    public static ImmutableArray<TextChange> FormatDocument(SourceText text, FormattingOptions options, CancellationToken cancellationToken)
    {
        var changes = new ChangeCollector(text, within: null, options.MaxChanges);
        return new BlankFormatter(text, options, changes, isGentle: false).Format(TextStart(text), text.Length, depth: 0, cancellationToken);
    }

    /// <summary>Formats the lines of a range. The first of them keeps its depth, and those behind it are indented from there.</summary>
    public static ImmutableArray<TextChange> FormatRange(
        SyntaxTree tree, TextSpan range, FormattingOptions options, CancellationToken cancellationToken)
    {
        var lines = tree.Text.Lines;
        var end = lines.GetLineSpan(lines.GetLine(range.End)).End;
        return FormatLines(tree, lines.GetLine(range.Start), end, range, depth: null, options, isGentle: false, cancellationToken);
    }

    /// <summary>
    /// Formats what a character that was just typed completes: the container that a bracket closes, the line that a comma or a line break ends.
    /// Lines are neither joined nor broken, since the person is still writing.
    /// </summary>
    /// <param name="tree">The document.</param>
    /// <param name="offset">Behind the character.</param>
    /// <param name="typed">The character; a line break is LF.</param>
    /// <param name="options">How the document is to look.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ImmutableArray<TextChange> FormatOnType(
        SyntaxTree tree, int offset, char typed, FormattingOptions options, CancellationToken cancellationToken) => typed switch
        {
            '}' or ']' => FormatClosed(tree, offset, options, cancellationToken),
            ',' => FormatLine(tree, offset, offset, options, cancellationToken),
            '\n' => FormatLineBefore(tree, offset, options, cancellationToken),
            _ => [],
        };

    private static ImmutableArray<TextChange> FormatClosed(SyntaxTree tree, int offset, FormattingOptions options, CancellationToken cancellationToken)
    {
        var closed = tree.FindNode(offset);
        while (!closed.IsNone && closed.Span.End != offset && closed.Span.End <= offset)
        {
            closed = closed.Parent;
        }

        if (closed.IsNone || closed.Kind is not (SyntaxKind.Object or SyntaxKind.Array) || closed.Span.End != offset || closed.IsUnterminated)
        {
            return [];
        }

        var first = tree.Text.Lines.GetLine(closed.Span.Start);
        return FormatLines(tree, first, offset, closed.Span, depth: null, options, isGentle: true, cancellationToken);
    }

    private static ImmutableArray<TextChange> FormatLineBefore(SyntaxTree tree, int offset, FormattingOptions options, CancellationToken cancellationToken)
    {
        var line = tree.Text.Lines.GetLine(offset);
        if (line == 0)
        {
            return [];
        }

        var before = tree.Text.Lines.GetLineSpan(line - 1);
        return FormatLine(tree, before.Start, before.End, options, cancellationToken);
    }

    private static ImmutableArray<TextChange> FormatLine(SyntaxTree tree, int offset, int end, FormattingOptions options, CancellationToken cancellationToken)
    {
        if (IsInsideToken(tree, end))
        {
            return [];
        }

        var line = tree.Text.Lines.GetLine(offset);
        var start = tree.Text.Lines.GetLineStart(line);
        return FormatLines(tree, line, end, TextSpan.FromBounds(start, end), DepthOf(tree, line, options), options, isGentle: true, cancellationToken);
    }

    private static ImmutableArray<TextChange> FormatLines(
        SyntaxTree tree, int firstLine, int end, TextSpan within, int? depth, FormattingOptions options, bool isGentle, CancellationToken cancellationToken)
    {
        var text = tree.Text;
        var start = Math.Max(text.Lines.GetLineStart(firstLine), TextStart(text));
        if (CommentAround(tree, start) is { } comment)
        {
            // The rest of a comment on its last line belongs to it, and what follows it there keeps its place.
            start = comment.End;
            within = TextSpan.FromBounds(Math.Max(within.Start, start), Math.Max(within.End, start));
        }

        var changes = new ChangeCollector(text, within, options.MaxChanges);
        return start >= end ? [] : new BlankFormatter(text, options, changes, isGentle).Format(start, end, depth, cancellationToken);
    }

    /// <summary>The depth that the line has by its place in the tree: one more than the line on which its container starts.</summary>
    private static int? DepthOf(SyntaxTree tree, int line, FormattingOptions options)
    {
        var span = tree.Text.Lines.GetLineSpan(line);
        var blanks = tree.Text.Span.Slice(span.Start, span.Length).IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (blanks < 0)
        {
            return null;
        }

        var first = span.Start + blanks;
        var container = tree.FindNode(first);
        while (!container.IsNone && (container.Kind is not (SyntaxKind.Object or SyntaxKind.Array) || container.Span.Start >= first))
        {
            container = container.Parent;
        }

        if (container.IsNone || container.Span.End <= first)
        {
            return null;
        }

        var outer = tree.Text.Lines.GetLineStart(tree.Text.Lines.GetLine(container.Span.Start));
        var isClosing = tree.Text.Span[first] is (byte)'}' or (byte)']';
        return new Indentation(tree.Text, options).DepthOf(tree.Text.Span[outer..]) + (isClosing ? 0 : 1);
    }

    /// <summary>Whether what was typed is text of a string or a comment.</summary>
    private static bool IsInsideToken(SyntaxTree tree, int offset)
    {
        if (CommentAround(tree, offset) is not null)
        {
            return true;
        }

        var node = tree.FindNode(offset);
        return node.Kind is SyntaxKind.String or SyntaxKind.Property && node.ContentSpan is { IsEmpty: false } content && content.Touches(offset);
    }

    /// <summary>The comment of several lines, or to the end of the line, that the offset lies in.</summary>
    private static TextSpan? CommentAround(SyntaxTree tree, int offset)
    {
        var (low, high) = (0, tree.Comments.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tree.Comments[middle].Start < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && tree.Comments[low - 1].End > offset ? tree.Comments[low - 1] : null;
    }

    private static int TextStart(SourceText text) => text.HasByteOrderMark ? 3 : 0;
}
