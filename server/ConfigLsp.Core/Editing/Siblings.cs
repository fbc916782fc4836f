using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Editing;

/// <summary>
/// The children of an object or array with what belongs to each. A comment on the line on which a child ends belongs to that child, before or
/// behind its comma; a comment on the line of the opening bracket to the container; comments above a child, with no empty line between, to
/// the child; all others to nobody.
/// </summary>
internal sealed class Siblings
{
    private readonly SyntaxNode[] _items;

    public Siblings(SyntaxNode container)
    {
        Container = container;
        _items = container.Children.ToArray();
    }

    public SyntaxNode Container { get; }

    public int Count => _items.Length;

    private ReadOnlySpan<byte> Text => Container.Tree.Text.Span;

    public SyntaxNode this[int index] => _items[index];

    /// <summary>What stands before a child, or for <see cref="Count"/> before the closing bracket.</summary>
    public Gap GapBefore(int index)
    {
        var start = index == 0 ? Container.Span.Start + 1 : _items[index - 1].Span.End;
        var end = index == Count ? Container.Span.End - 1 : _items[index].Span.Start;
        return Gap.Read(Text, start, end, (byte)',');
    }

    /// <summary>Offset of the comma behind a child, or -1.</summary>
    public int CommaBehind(int index) => GapBefore(index + 1).Separator;

    /// <summary>Start of the child with the comments above it that belong to it.</summary>
    public int StartOf(int index)
    {
        var gap = GapBefore(index);
        var others = gap.CountSameLineComments(Text);
        var start = _items[index].Span.Start;
        for (var i = gap.Comments.Count - 1; i >= others; i--)
        {
            var comment = gap.Comments[i];
            if (comment.Start < gap.Separator || Lines.HasEmptyLine(Text[comment.End..start]))
            {
                break;
            }

            start = comment.Start;
        }

        return start;
    }

    /// <summary>
    /// End of the child with its comments on the same line, and with its comma where that stands on the same line too. What is inserted here
    /// takes nothing from the child.
    /// </summary>
    public int EndOf(int index)
    {
        var gap = GapBefore(index + 1);
        var count = gap.CountSameLineComments(Text);
        var end = count > 0 ? gap.Comments[count - 1].End : gap.Span.Start;
        var isComma = gap.Separator >= end
            && (count == gap.Comments.Count || gap.Comments[count].Start > gap.Separator)
            && !Lines.HasBreak(Text[end..gap.Separator]);
        return isComma ? gap.Separator + 1 : end;
    }

    /// <summary>Whether the last comment that belongs to the child from behind runs to the end of its line.</summary>
    public bool EndsWithLineComment(int index)
    {
        var gap = GapBefore(index + 1);
        var count = gap.CountSameLineComments(Text);
        return count > 0 && Text[gap.Comments[count - 1].Start + 1] == (byte)'/';
    }

    /// <summary>Whether the child, with its comments, starts a line.</summary>
    public bool IsOnOwnLine(int index) => Lines.IsFirst(Text, StartOf(index));

    /// <summary>A refusal if one of two children is an empty place in an array: then nobody knows what the comments around it belong to.</summary>
    public EditResult.Refused? CheckNeighbours(int previous, int next) =>
        (previous >= 0 && _items[previous].Kind == SyntaxKind.Missing ? Soundness.CheckValue(_items[previous]) : null)
        ?? (next < Count && _items[next].Kind == SyntaxKind.Missing ? Soundness.CheckValue(_items[next]) : null);

    /// <summary>Position of a child.</summary>
    public int IndexOf(SyntaxNode item) => Array.IndexOf(_items, item);
}
