using System.Text;

namespace ConfigLsp.Core.Text;

/// <summary>Replaces the bytes of <paramref name="Span"/> by <paramref name="NewText"/> (UTF-8).</summary>
public readonly record struct TextChange(TextSpan Span, ReadOnlyMemory<byte> NewText)
{
    /// <summary>A change with its new text given as a string; lone surrogates become U+FFFD.</summary>
    public TextChange(TextSpan span, string newText)
        : this(span, Encoding.UTF8.GetBytes(newText))
    {
    }

    /// <summary>The new text as a string.</summary>
    public string NewTextString => Encoding.UTF8.GetString(NewText.Span);

    /// <inheritdoc />
    public override string ToString() => $"{Span} -> \"{NewTextString}\"";
}
