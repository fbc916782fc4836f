using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>
/// What the grammar has at the caret, also in broken text: a key in <see cref="Container"/> or a value. Found from the tree, never by
/// looking at a line alone.
/// </summary>
internal sealed record CompletionPlace
{
    /// <summary>Whether a key is wanted, else a value.</summary>
    public required bool IsKey { get; init; }

    /// <summary>The object or array that gets the key or element; of a property's value the property; the document for the top-level value.</summary>
    public required SyntaxNode Container { get; init; }

    /// <summary>The property or value that stands at the caret already, perhaps half typed; no node where there is none.</summary>
    public required SyntaxNode Existing { get; init; }

    /// <summary>The bytes to replace.</summary>
    public required TextSpan ReplaceSpan { get; init; }

    /// <summary>Of an array: how many elements stand before the caret.</summary>
    public int ElementIndex { get; init; }

    /// <summary>Whether a value must follow the key (there is no colon yet).</summary>
    public bool NeedsValue { get; init; }

    /// <summary>A comma or colon that is missing before the caret, apart from <see cref="ReplaceSpan"/>.</summary>
    public ImmutableArray<TextChange> AdditionalChanges { get; init; } = [];

    /// <summary>A comma that is missing directly before <see cref="ReplaceSpan"/>: two insertions at one place have no order.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A comma or colon that must follow.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The place at <paramref name="offset"/>, or null where nothing can be completed (in a comment or the mark of a merge conflict, between a name and its colon).</summary>
    public static CompletionPlace? Find(SyntaxTree tree, int offset)
    {
        if (IsInComment(tree, offset) || IsInConflictMarker(tree, offset))
        {
            return null;
        }

        var node = Innermost(tree, offset);
        while (node.Kind is SyntaxKind.Object or SyntaxKind.Array && !IsInside(node, offset))
        {
            // The caret touches a bracket from outside.
            var bracket = node;
            node = node.Parent;
            if (node.Kind == SyntaxKind.Property)
            {
                if (offset <= bracket.Span.Start)
                {
                    // Between the colon and the value that stands there.
                    return null;
                }

                node = node.Parent;
            }
        }

        switch (node.Kind)
        {
            case SyntaxKind.Object:
                return InObject(tree, node, offset);
            case SyntaxKind.Array:
                return InArray(tree, node, offset);
            case SyntaxKind.Property:
                return AtProperty(tree, node, offset);
            case SyntaxKind.Document:
                return tree.Root.IsNone ? Value(node, default, new TextSpan(offset, 0)) : null;
            case SyntaxKind.Missing when node.Parent.Kind == SyntaxKind.Property && !HasColon(tree, node.Parent):
                return AtProperty(tree, node.Parent, offset);
            default:
                // A missing value's caret may stand behind blanks; a present one is replaced.
                var span = node.Kind == SyntaxKind.Missing ? new TextSpan(offset, 0) : Editable(node.Span, node, offset);
                return AtValue(tree, node, span);
        }
    }

    /// <summary>The node at the caret; behind an unterminated container, where the tree ends, that container.</summary>
    private static SyntaxNode Innermost(SyntaxTree tree, int offset)
    {
        var node = tree.FindNode(offset);
        if (node.Kind != SyntaxKind.Document)
        {
            return node;
        }

        var last = default(SyntaxNode);
        foreach (var child in node.Children)
        {
            last = child;
        }

        while (!last.IsNone && last.Kind is SyntaxKind.Object or SyntaxKind.Array && last.IsUnterminated && last.Span.End <= offset)
        {
            node = last;
            last = default;
            foreach (var child in node.Children)
            {
                last = child.Kind == SyntaxKind.Property ? child.Value : child;
            }
        }

        return node;
    }

    private static CompletionPlace Value(SyntaxNode container, SyntaxNode existing, TextSpan span) =>
        new() { IsKey = false, Container = container, Existing = existing, ReplaceSpan = span };

    private static CompletionPlace AtValue(SyntaxTree tree, SyntaxNode node, TextSpan span)
    {
        var parent = node.Parent;
        var place = Value(parent, node, span);
        return parent.Kind switch
        {
            SyntaxKind.Array => place.BehindComma(tree, parent) with
            {
                ElementIndex = CountBefore(parent, node.Span.Start),
                Suffix = CommaBehind(tree, parent, node, span.End),
            },
            SyntaxKind.Property => place with
            {
                AdditionalChanges = HasColon(tree, parent) ? [] : [new TextChange(new TextSpan(parent.NameSpan.End, 0), ":")],
                Suffix = CommaBehind(tree, parent.Parent, parent, span.End),
            },
            _ => place,
        };
    }

    private static CompletionPlace? AtProperty(SyntaxTree tree, SyntaxNode property, int offset)
    {
        if (property.NameSpan.Touches(offset) && !property.NameSpan.IsEmpty)
        {
            return Key(tree, property.Parent, property, offset);
        }

        // Behind the colon, or behind the name where the colon is missing too.
        return property.Value.Kind == SyntaxKind.Missing && (HasColon(tree, property) ? offset >= property.NameSpan.End : IsBlankBehindName(tree, property, offset))
            ? AtValue(tree, property.Value, new TextSpan(offset, 0))
            : null;
    }

    private static CompletionPlace? InObject(SyntaxTree tree, SyntaxNode node, int offset)
    {
        if (Before(node, offset) is { IsNone: false } previous
            && previous.Value.Kind == SyntaxKind.Missing
            && (HasColon(tree, previous) ? IsBlank(tree, previous.Span.End, offset) : IsBlankBehindName(tree, previous, offset)))
        {
            return AtValue(tree, previous.Value, new TextSpan(offset, 0));
        }

        return Key(tree, node, default, offset);
    }

    private static CompletionPlace Key(SyntaxTree tree, SyntaxNode container, SyntaxNode property, int offset)
    {
        var span = property.IsNone ? new TextSpan(offset, 0) : Editable(property.NameSpan, property, offset);
        var hasColon = !property.IsNone && HasColon(tree, property);
        var hasValue = !property.IsNone && property.Value.Kind != SyntaxKind.Missing;
        return new CompletionPlace
        {
            IsKey = true,
            Container = container,
            Existing = property,
            ReplaceSpan = span,
            NeedsValue = !hasColon && !hasValue,
            Suffix = hasColon ? "" : hasValue ? ":" : CommaBehind(tree, container, property, span.End),
        }.BehindComma(tree, container);
    }

    private static CompletionPlace InArray(SyntaxTree tree, SyntaxNode node, int offset)
    {
        // The gap between two commas holds a node already.
        foreach (var element in node.Children)
        {
            if (element.Kind == SyntaxKind.Missing && element.Span.Start <= offset && IsBlank(tree, element.Span.Start, offset))
            {
                return AtValue(tree, element, new TextSpan(offset, 0));
            }
        }

        return Value(node, default, new TextSpan(offset, 0)).BehindComma(tree, node) with
        {
            ElementIndex = CountBefore(node, offset),
            Suffix = CommaBehind(tree, node, default, offset),
        };
    }

    private static bool IsInside(SyntaxNode node, int offset) => offset > node.Span.Start && (offset < node.Span.End || node.IsUnterminated);

    private static bool IsInComment(SyntaxTree tree, int offset)
    {
        foreach (var comment in tree.Comments)
        {
            if (comment.Start >= offset)
            {
                return false;
            }

            // A line comment goes on at its end, a closed block comment does not.
            var isLine = tree.Text.Span[comment.Start + 1] == (byte)'/';
            if (offset < comment.End || (offset == comment.End && (isLine || !tree.Text.Span[..comment.End].EndsWith("*/"u8))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line of a marker is read as a whole, so that anything typed on it would make it something else.</summary>
    private static bool IsInConflictMarker(SyntaxTree tree, int offset)
    {
        var text = tree.Text.Span;
        var start = text[..offset].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return start < text.Length && text[start] is (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' && ConflictMarker.EndOf(text, start) >= offset;
    }

    /// <summary>An unterminated string runs to the end of its line; what was typed up to the caret is meant, and the word in which that stands.</summary>
    private static TextSpan Editable(TextSpan span, SyntaxNode node, int offset)
    {
        if (!node.IsUnterminated || span.IsEmpty)
        {
            return span;
        }

        var text = node.Tree.Text.Span;
        var end = Math.Clamp(offset, span.Start + 1, span.End);
        while (end < span.End && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'$' or >= 0x80))
        {
            end++;
        }

        return TextSpan.FromBounds(span.Start, end);
    }

    private static bool HasColon(SyntaxTree tree, SyntaxNode property)
    {
        var between = TextSpan.FromBounds(property.NameSpan.End, Math.Max(property.NameSpan.End, property.Value.Span.Start));
        return tree.Text.Span.Slice(between.Start, between.Length).Contains((byte)':');
    }

    /// <summary>A value goes on the line of its name; on another line a person begins a new key.</summary>
    private static bool IsBlankBehindName(SyntaxTree tree, SyntaxNode property, int offset) =>
        offset > property.NameSpan.End
        && !property.NameSpan.IsEmpty
        && tree.Text.Span[property.NameSpan.Start] is (byte)'"'
        && tree.Text.Span[property.NameSpan.End..offset].IndexOfAnyExcept(" \t"u8) < 0
        && NextByte(tree, offset) != (byte)':';

    private static byte NextByte(SyntaxTree tree, int offset)
    {
        var behind = tree.Text.Span[offset..].TrimStart(" \t\r\n"u8);
        return behind.IsEmpty ? default : behind[0];
    }

    private static bool IsBlank(SyntaxTree tree, int start, int end) => start <= end && tree.Text.Span[start..end].IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>The last child that ends at or before the caret.</summary>
    private static SyntaxNode Before(SyntaxNode container, int offset)
    {
        var before = default(SyntaxNode);
        foreach (var child in container.Children)
        {
            if (child.Span.End > offset || (child.Span.Start == offset && child.Span.IsEmpty))
            {
                break;
            }

            before = child;
        }

        return before;
    }

    private static int CountBefore(SyntaxNode array, int offset)
    {
        var count = 0;
        foreach (var element in array.Children)
        {
            if (element.Span.Start >= offset)
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <summary>This place with the comma that is missing before it. A string without an end would swallow one.</summary>
    private CompletionPlace BehindComma(SyntaxTree tree, SyntaxNode container)
    {
        var previous = Before(container, ReplaceSpan.Start);
        if (previous.IsNone || HasComma(tree, previous.Span.End, ReplaceSpan.Start) || EndsWithOpenString(previous))
        {
            return this;
        }

        return previous.Span.End == ReplaceSpan.Start
            ? this with { Prefix = ", " }
            : this with { AdditionalChanges = [new TextChange(new TextSpan(previous.Span.End, 0), ",")] };
    }

    private static bool EndsWithOpenString(SyntaxNode node) => node.Kind == SyntaxKind.Property
        ? node.Value.Kind == SyntaxKind.Missing ? node.IsUnterminated : node.Value.Kind == SyntaxKind.String && node.Value.IsUnterminated
        : node.Kind == SyntaxKind.String && node.IsUnterminated;

    private static string CommaBehind(SyntaxTree tree, SyntaxNode container, SyntaxNode existing, int offset)
    {
        foreach (var child in container.Children)
        {
            if (child.Span.Start >= offset && child != existing)
            {
                return HasComma(tree, offset, child.Span.Start) ? "" : ",";
            }
        }

        return "";
    }

    /// <summary>Whether a comma stands between two places, not counting those in comments.</summary>
    private static bool HasComma(SyntaxTree tree, int start, int end)
    {
        foreach (var comment in tree.Comments)
        {
            if (comment.Start >= start && comment.End <= end)
            {
                if (tree.Text.Span[start..comment.Start].Contains((byte)','))
                {
                    return true;
                }

                start = comment.End;
            }
        }

        return tree.Text.Span[start..end].Contains((byte)',');
    }
}
