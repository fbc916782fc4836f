using System.Buffers;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Sorting;

/// <summary>Writes a sound document with the properties of each object in order. Blanks between properties become line breaks, to be formatted later.</summary>
/// <param name="tree">The document.</param>
/// <param name="endOfLine">Its line break.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class SortedWriter(SyntaxTree tree, byte[] endOfLine, CancellationToken cancellationToken)
{
    /// <summary>What lies deeper is written as it stands.</summary>
    public const int MaxDepth = 200;

    private readonly ArrayBufferWriter<byte> _written = new(tree.Text.Length + 1024);

    public SourceText Write()
    {
        var root = tree.Root;
        Copy(0, root.Span.Start);
        Value(root, depth: 0);
        Copy(root.Span.End, tree.Text.Length);
        return SourceText.FromUtf8(_written.WrittenMemory);
    }

    private void Value(SyntaxNode value, int depth)
    {
        if (depth > MaxDepth || value.ChildCount == 0)
        {
            Copy(value.Span.Start, value.Span.End);
        }
        else if (value.Kind == SyntaxKind.Object)
        {
            Object(value, depth);
        }
        else
        {
            var at = value.Span.Start;
            foreach (var item in value.Children)
            {
                Copy(at, item.Span.Start);
                Value(item, depth + 1);
                at = item.Span.End;
            }

            Copy(at, value.Span.End);
        }
    }

    private void Object(SyntaxNode value, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var members = Split(value, out var header, out var footer, out var hasTrailingComma);
        _written.Write("{"u8);
        Comments(header, " "u8);
        _written.Write(endOfLine);
        var order = members.Select(static (member, number) => (member, name: member.Property.GetString(), number)).ToArray();
        Array.Sort(order, static (left, right) =>
            KeyOrder.Instance.Compare(left.name, right.name) is not 0 and var byName ? byName : left.number.CompareTo(right.number));
        for (var i = 0; i < order.Length; i++)
        {
            var member = order[i].member;
            Comments(member.Above, endOfLine);
            _written.Write(endOfLine);
            Copy(member.Property.Span.Start, member.Property.Value.Span.Start);
            Value(member.Property.Value, depth + 1);
            if (i + 1 < order.Length || hasTrailingComma)
            {
                _written.Write(","u8);
            }

            Comments(member.Behind, " "u8);
            _written.Write(endOfLine);
        }

        Comments(footer, endOfLine);
        _written.Write(endOfLine);
        _written.Write("}"u8);
    }

    /// <summary>
    /// Tells which comments belong to which property: those behind it on its line, or before its comma, to the one before; those on lines of their
    /// own to the next one, and behind the last one to the object.
    /// </summary>
    private List<Member> Split(SyntaxNode value, out List<TextSpan> header, out List<TextSpan> footer, out bool hasTrailingComma)
    {
        var members = new List<Member>(value.ChildCount);
        hasTrailingComma = false;
        header = [];
        var above = new List<TextSpan>();
        var behind = header;
        var at = value.Span.Start + 1;
        foreach (var property in value.Children)
        {
            Gap(at, property.Span.Start, behind, above);
            var member = new Member(property, above, []);
            members.Add(member);
            behind = member.Behind;
            above = [];
            at = property.Span.End;
        }

        hasTrailingComma = Gap(at, value.Span.End - 1, behind, above);
        footer = above;
        return members;
    }

    /// <summary>Shares out the comments between two properties; says whether there is a comma among them.</summary>
    private bool Gap(int start, int end, List<TextSpan> behind, List<TextSpan> above)
    {
        var text = tree.Text.Span;
        var isSameLine = true;
        var hasComma = false;
        for (var at = start; at < end;)
        {
            switch (text[at])
            {
                case (byte)',':
                    // What stands before the comma belongs to what the comma ends.
                    behind.AddRange(above);
                    above.Clear();
                    hasComma = isSameLine = true;
                    at++;
                    break;
                case (byte)'/':
                    var comment = CommentAt(at);
                    (isSameLine ? behind : above).Add(comment);
                    at = comment.End;
                    break;
                default:
                    isSameLine &= text[at] is not ((byte)'\n' or (byte)'\r');
                    at++;
                    break;
            }
        }

        return hasComma;
    }

    private TextSpan CommentAt(int offset)
    {
        var (low, high) = (0, tree.Comments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = tree.Comments[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        return tree.Comments[low];
    }

    /// <summary>Writes comments, each behind a separator; one that ends with its line ends it.</summary>
    private void Comments(List<TextSpan> comments, ReadOnlySpan<byte> separator)
    {
        var needsLine = false;
        foreach (var comment in comments)
        {
            _written.Write(needsLine ? endOfLine : separator);
            Copy(comment.Start, comment.End);
            needsLine = tree.Text.Span[comment.Start + 1] == (byte)'/';
        }
    }

    private void Copy(int start, int end) => _written.Write(tree.Text.Span[start..end]);

    private sealed record Member(SyntaxNode Property, List<TextSpan> Above, List<TextSpan> Behind);
}
