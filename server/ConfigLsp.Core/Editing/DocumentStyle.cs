using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Editing;

/// <summary>
/// How the document is written around a place. The nearest neighbours are asked first, then the rest of the document, and only if neither shows
/// a style the options.
/// </summary>
internal sealed class DocumentStyle(SyntaxTree tree, EditOptions options)
{
    /// <summary>An indentation beyond this is no style but an attack on the memory of whoever repeats it on each line.</summary>
    private const int MaxIndent = 512;

    private const int MaxUnit = 16;

    private ReadOnlySpan<byte> Text => tree.Text.Span;

    /// <summary>The line break nearest before <paramref name="offset"/>, else the nearest behind it.</summary>
    public string EndOfLine(int offset)
    {
        var at = Text[..offset].LastIndexOfAny((byte)'\n', (byte)'\r');
        if (at >= 0)
        {
            return Text[at] == (byte)'\r' ? "\r" : at > 0 && Text[at - 1] == (byte)'\r' ? "\r\n" : "\n";
        }

        at = Text[offset..].IndexOfAny((byte)'\n', (byte)'\r');
        return at < 0 ? options.EndOfLine : Encoding.ASCII.GetString(Text[(offset + at)..Lines.BreakEnd(Text, offset + at)]);
    }

    /// <summary>The spaces and tabs at the start of the line of <paramref name="offset"/>.</summary>
    public string LineIndent(int offset)
    {
        var start = Lines.Start(Text, offset);
        var length = Lines.SkipBlanks(Text, start) - start;
        return Encoding.ASCII.GetString(Text.Slice(start, Math.Min(length, MaxIndent)));
    }

    /// <summary>What one more level of nesting adds to the indentation.</summary>
    public string Unit(SyntaxNode near)
    {
        for (var node = near; !node.IsNone; node = node.Parent)
        {
            if (UnitOf(node) is { } unit)
            {
                return unit;
            }
        }

        for (var i = 1; i < tree.NodeCount; i++)
        {
            if (UnitOf(new SyntaxNode(tree, i)) is { } unit)
            {
                return unit;
            }
        }

        return options.Unit;
    }

    /// <summary>The colon as a property of <paramref name="container"/> writes it, or else the first property of the document.</summary>
    public string Colon(SyntaxNode container)
    {
        if (container.Kind == SyntaxKind.Object)
        {
            foreach (var property in container.Children)
            {
                if (ColonOf(property) is { } colon)
                {
                    return colon;
                }
            }
        }

        for (var i = 1; i < tree.NodeCount; i++)
        {
            if (tree.Nodes.Kind(i) == SyntaxKind.Property && ColonOf(new SyntaxNode(tree, i)) is { } colon)
            {
                return colon;
            }
        }

        return ": ";
    }

    /// <summary>A layout for a value whose line starts with <paramref name="indent"/>.</summary>
    public ValueLayout OnLines(SyntaxNode container, int offset, string indent) => new(false, EndOfLine(offset), indent, Unit(container), Colon(container), " ", "");

    /// <summary>A layout for a value that stays on its line.</summary>
    public ValueLayout OnOneLine(SyntaxNode container)
    {
        var colon = Colon(container);
        return new(true, "", "", "", colon, GapOf(container, colon), PaddingOf(container));
    }

    /// <summary>What the first child on a line of its own adds to the indentation of the line on which its container starts.</summary>
    private string? UnitOf(SyntaxNode container)
    {
        if (container.Kind is not (SyntaxKind.Object or SyntaxKind.Array) || container.ChildCount == 0)
        {
            return null;
        }

        var child = new SyntaxNode(tree, container.Index + 1).Span.Start;
        if (!Lines.IsFirst(Text, child))
        {
            return null;
        }

        var inner = LineIndent(child);
        var outer = LineIndent(container.Span.Start);
        return inner.Length > outer.Length && inner.Length - outer.Length <= MaxUnit && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : null;
    }

    private string? ColonOf(SyntaxNode property)
    {
        var between = Text[property.NameSpan.End..property.Value.Span.Start];
        var colon = between.IndexOf((byte)':');
        if (colon < 0 || between.ContainsAnyExcept(" \t:"u8))
        {
            return null;
        }

        // More than one blank aligns the values of several lines, which says nothing about a new name.
        return (colon > 0 ? " :" : ":") + (between.Length > colon + 1 ? " " : "");
    }

    private string GapOf(SyntaxNode container, string colon)
    {
        var previous = -1;
        foreach (var child in container.Children)
        {
            if (previous >= 0)
            {
                var between = Text[previous..child.Span.Start];
                if (between.Contains((byte)',') && !between.ContainsAnyExcept(" ,"u8))
                {
                    return between[^1] == (byte)',' ? "" : " ";
                }
            }

            previous = child.Span.End;
        }

        return colon[^1] == ':' ? "" : " ";
    }

    private string PaddingOf(SyntaxNode container) =>
        container.Kind == SyntaxKind.Object && container.ChildCount > 0 && Text[container.Span.Start + 1] == (byte)' ' ? " " : "";
}
