namespace ConfigLsp.Core.Text;

/// <summary>A range of UTF-8 bytes in a <see cref="SourceText"/>: offset and length, both in bytes.</summary>
public readonly record struct TextSpan
{
    /// <summary>Creates a span of <paramref name="length"/> bytes at <paramref name="start"/>.</summary>
    public TextSpan(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Start = start;
        Length = length;
    }

    /// <summary>Offset of the first byte.</summary>
    public int Start { get; }

    /// <summary>Number of bytes.</summary>
    public int Length { get; }

    /// <summary>Offset behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>Whether the span holds no byte.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether <paramref name="offset"/> is a byte of the span.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether a caret at <paramref name="offset"/> touches the span, also right behind its last byte.</summary>
    public bool Touches(int offset) => offset >= Start && offset <= End;

    /// <summary>Whether all of <paramref name="other"/> lies in this span.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the two spans share a byte, or one is empty and touches the other.</summary>
    public bool IntersectsWith(TextSpan other) => other.Start <= End && other.End >= Start;

    /// <inheritdoc />
    public override string ToString() => $"[{Start}..{End})";
}
