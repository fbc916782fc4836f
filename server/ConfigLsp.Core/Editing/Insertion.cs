using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Inserts a property or an element among its siblings, without taking a comment or a comma from any of them.</summary>
internal static class Insertion
{
    /// <summary>The changes that make the item child number <paramref name="index"/> of a closed object or array.</summary>
    public static EditPlan At(Siblings siblings, int index, NewItem item, DocumentStyle style) =>
        siblings.Count == 0 ? IntoEmpty(siblings, item, style)
        : index == 0 ? BeforeFirst(siblings, item, style)
        : Behind(siblings, index - 1, item, style);

    /// <summary>What the indentation of children is, read off one that starts a line.</summary>
    public static string ChildIndent(Siblings siblings, int near, DocumentStyle style)
    {
        foreach (var index in (ReadOnlySpan<int>)[near, Math.Min(near + 1, siblings.Count - 1), 0])
        {
            if (index >= 0 && siblings.IsOnOwnLine(index))
            {
                return style.LineIndent(siblings.StartOf(index));
            }
        }

        var container = siblings.Container;
        return style.LineIndent(container.Span.Start) + style.Unit(container);
    }

    private static EditPlan Behind(Siblings siblings, int previous, NewItem item, DocumentStyle style)
    {
        var container = siblings.Container;
        var gap = siblings.GapBefore(previous + 1);
        var place = siblings.EndOf(previous);
        var hasNext = previous + 1 < siblings.Count;
        if ((Check(container.Tree, gap, gap.Span.Start, place, needsComma: hasNext) ?? siblings.CheckNeighbours(previous, previous + 1)) is { } refusal)
        {
            return refusal;
        }

        // A comment that runs to the end of the line leaves no choice.
        var onOwnLine = siblings.EndsWithLineComment(previous)
            || (siblings.IsOnOwnLine(previous) && (!hasNext || siblings.IsOnOwnLine(previous + 1)));
        string lead;
        ValueLayout layout;
        if (onOwnLine)
        {
            layout = style.OnLines(container, place, ChildIndent(siblings, previous, style));
            lead = layout.EndOfLine + layout.Indent;
        }
        else
        {
            layout = style.OnOneLine(container);
            lead = layout.Gap;
        }

        if (item.Write(container, layout) is not { } text)
        {
            return TooLarge();
        }

        // The comma that the previous child has stands between it and the new one, which then needs the same behind it.
        if (gap.Separator >= 0 && gap.Separator < place)
        {
            return Plan(item, Insert(place, lead, text, ","));
        }

        var end = gap.Span.Start;
        return place == end
            ? Plan(item, Insert(end, "," + lead, text, ""))
            : Plan(item, new TextChange(new TextSpan(end, 0), ","), Insert(place, lead.Length == 0 ? " " : lead, text, ""));
    }

    private static EditPlan BeforeFirst(Siblings siblings, NewItem item, DocumentStyle style)
    {
        var container = siblings.Container;
        var gap = siblings.GapBefore(0);
        if ((Check(container.Tree, gap, gap.Span.Start, gap.Span.End, needsComma: false) ?? siblings.CheckNeighbours(-1, 0)) is { } refusal)
        {
            return refusal;
        }

        var place = siblings.StartOf(0);
        var layout = siblings.IsOnOwnLine(0) ? style.OnLines(container, place, style.LineIndent(place)) : style.OnOneLine(container);
        var trail = layout.IsSingleLine ? "," + layout.Gap : "," + layout.EndOfLine + layout.Indent;
        return item.Write(container, layout) is { } text ? Plan(item, Insert(place, "", text, trail)) : TooLarge();
    }

    private static EditPlan IntoEmpty(Siblings siblings, NewItem item, DocumentStyle style)
    {
        var container = siblings.Container;
        var tree = container.Tree;
        var source = tree.Text.Span;
        var gap = siblings.GapBefore(0);
        if (Check(tree, gap, gap.Span.Start, gap.Span.End, needsComma: false) is { } refusal)
        {
            return refusal;
        }

        var inner = source[gap.Span.Start..gap.Span.End];
        var start = gap.Comments.Count > 0 ? gap.Comments[^1].End : gap.Span.Start;
        var rest = TextSpan.FromBounds(start, gap.Span.End);
        if (!Lines.HasBreak(inner) && (gap.Comments.Count > 0 || !IsOnLines(container)))
        {
            var flat = style.OnOneLine(container);
            var padding = Encoding.ASCII.GetString(source[rest.Start..rest.End]);
            var before = gap.Comments.Count > 0 && padding.Length == 0 ? " " : padding;
            return item.Write(container, flat) is { } line ? Plan(item, new TextChange(rest, Join(before, line, padding))) : TooLarge();
        }

        // Comments that stand alone in the container are about it, or about something else; an empty line keeps them from belonging to the item.
        var outer = style.LineIndent(container.Span.Start);
        var layout = style.OnLines(container, container.Span.End, outer + style.Unit(container));
        var breaks = gap.CountSameLineComments(source) == gap.Comments.Count ? layout.EndOfLine : layout.EndOfLine + layout.EndOfLine;
        return item.Write(container, layout) is { } text
            ? Plan(item, new TextChange(rest, Join(breaks + layout.Indent, text, layout.EndOfLine + outer)))
            : TooLarge();
    }

    /// <summary>Whether an empty container without a line break may be opened: it is the document's, or stands on a line of its own.</summary>
    private static bool IsOnLines(SyntaxNode container)
    {
        var item = container.Parent.Kind == SyntaxKind.Property ? container.Parent : container;
        if (item.Parent.Kind == SyntaxKind.Document)
        {
            return true;
        }

        var siblings = new Siblings(item.Parent);
        return siblings.IsOnOwnLine(siblings.IndexOf(item));
    }

    private static EditResult.Refused? Check(SyntaxTree tree, Gap gap, int start, int end, bool needsComma)
    {
        if (gap.Stray >= 0)
        {
            return new EditResult.Refused(EditRefusal.SyntaxError, "Something stands here that does not belong here; remove it first.", new TextSpan(gap.Stray, 1));
        }

        if (needsComma && gap.Separator < 0)
        {
            return new EditResult.Refused(EditRefusal.SyntaxError, "A comma is missing here; insert it first.", gap.Span);
        }

        return Soundness.Check(tree, start, end);
    }

    private static EditPlan Plan(NewItem item, params ImmutableArray<TextChange> changes) => new(changes, item.Value, null);

    private static EditPlan TooLarge() => EditPlan.Refuse(EditRefusal.TooLarge, $"The text would exceed {SourceText.MaxLength} bytes.", null);

    private static TextChange Insert(int offset, string before, byte[] text, string behind) => new(new TextSpan(offset, 0), Join(before, text, behind));

    private static byte[] Join(string before, byte[] text, string behind) => [.. Encoding.ASCII.GetBytes(before), .. text, .. Encoding.ASCII.GetBytes(behind)];
}
