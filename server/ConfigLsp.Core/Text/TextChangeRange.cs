namespace ConfigLsp.Core.Text;

/// <summary>Where two texts differ: outside of <paramref name="Span"/> and of what has come in its place they are equal.</summary>
/// <param name="Span">The bytes of the old text that were replaced.</param>
/// <param name="NewLength">The number of bytes that stand in their place in the new text.</param>
public readonly record struct TextChangeRange(TextSpan Span, int NewLength)
{
    /// <summary>By how much the bytes behind the change have moved.</summary>
    public int Delta => NewLength - Span.Length;

    /// <summary>Offset in the new text behind what was replaced.</summary>
    public int NewEnd => Span.Start + NewLength;

    /// <summary>The range of two changes that follow one another.</summary>
    /// <param name="next">The later change; its span is one of the text that this change has made.</param>
    public TextChangeRange Then(TextChangeRange next)
    {
        var start = Math.Min(Span.Start, next.Span.Start);

        // What lies behind this change has moved by its delta; the end of the later one is taken back to the old text.
        var oldEnd = Math.Max(Span.End, next.Span.End - Delta);
        return new TextChangeRange(TextSpan.FromBounds(start, oldEnd), oldEnd - start + Delta + next.Delta);
    }

    /// <summary>The smallest range that holds changes of one text, all given in its offsets.</summary>
    public static TextChangeRange Of(params ReadOnlySpan<TextChange> changes)
    {
        if (changes.IsEmpty)
        {
            return default;
        }

        var (start, end, delta) = (int.MaxValue, 0, 0);
        foreach (var change in changes)
        {
            start = Math.Min(start, change.Span.Start);
            end = Math.Max(end, change.Span.End);
            delta += change.NewText.Length - change.Span.Length;
        }

        return new TextChangeRange(TextSpan.FromBounds(start, end), end - start + delta);
    }
}
