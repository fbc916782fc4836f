using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Writes a value in the style of the document. Scalars keep their lexemes.</summary>
internal sealed class ValueWriter
{
    private readonly ArrayBufferWriter<byte> _target = new();
    private readonly ValueLayout _layout;

    private ValueWriter(ValueLayout layout)
    {
        _layout = layout;
    }

    /// <summary>
    /// The text of a new property or element: <paramref name="keys"/> are the names on the way to the value, of which the first one names the
    /// new property where it goes into an object. Null if it exceeds <see cref="SourceText.MaxLength"/>.
    /// </summary>
    public static byte[]? Write(ImmutableArray<string> keys, bool intoObject, SyntaxNode value, ValueLayout layout)
    {
        var writer = new ValueWriter(layout);
        if (intoObject)
        {
            writer.Name(JsonText.Quote(keys[0]));
            keys = keys.RemoveAt(0);
        }

        return writer.Nested(keys, value, layout.Indent) ? writer._target.WrittenSpan.ToArray() : null;
    }

    private bool Nested(ImmutableArray<string> keys, SyntaxNode value, string indent)
    {
        if (keys.IsEmpty)
        {
            return Value(value, indent);
        }

        var inner = indent + _layout.Unit;
        Open('{', inner);
        Name(JsonText.Quote(keys[0]));
        var fits = Nested(keys.RemoveAt(0), value, inner);
        Close('}', indent);
        return fits;
    }

    private bool Value(SyntaxNode node, string indent)
    {
        if (node.ChildCount == 0)
        {
            Add(node.Kind switch { SyntaxKind.Object => "{}"u8, SyntaxKind.Array => "[]"u8, _ => node.RawText });
            return _target.WrittenCount <= SourceText.MaxLength;
        }

        var isObject = node.Kind == SyntaxKind.Object;
        var inner = indent + _layout.Unit;
        var isFirst = true;
        foreach (var child in node.Children)
        {
            if (isFirst)
            {
                Open(isObject ? '{' : '[', inner);
                isFirst = false;
            }
            else
            {
                Add(_layout.IsSingleLine ? "," + _layout.Gap : "," + _layout.EndOfLine + inner);
            }

            var value = child;
            if (isObject)
            {
                Add(node.Tree.Text.Span.Slice(child.NameSpan.Start, child.NameSpan.Length));
                Add(_layout.Colon);
                value = child.Value;
            }

            if (!Value(value, inner))
            {
                return false;
            }
        }

        Close(isObject ? '}' : ']', indent);
        return true;
    }

    private void Open(char bracket, string inner)
    {
        Add(bracket.ToString());
        Add(!_layout.IsSingleLine ? _layout.EndOfLine + inner : bracket == '{' ? _layout.Padding : "");
    }

    private void Close(char bracket, string indent)
    {
        Add(!_layout.IsSingleLine ? _layout.EndOfLine + indent : bracket == '}' ? _layout.Padding : "");
        Add(bracket.ToString());
    }

    private void Name(string quoted)
    {
        Add(quoted);
        Add(_layout.Colon);
    }

    private void Add(string text) => Encoding.UTF8.GetBytes(text, _target);

    private void Add(ReadOnlySpan<byte> text) => _target.Write(text);
}
