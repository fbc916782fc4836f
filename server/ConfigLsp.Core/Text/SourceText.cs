using System.Text;

namespace ConfigLsp.Core.Text;

/// <summary>
/// An immutable text in UTF-8, one contiguous block of bytes. Bytes that are not valid UTF-8 are kept as they are (so that a file
/// round-trips) and count as U+FFFD, one for each maximal ill-formed subsequence (Unicode 15, section 3.9), wherever characters are counted.
/// </summary>
public sealed class SourceText
{
    /// <summary>The largest supported text: 256 MiB.</summary>
    public const int MaxLength = 256 * 1024 * 1024;

    /// <summary>The text without a character.</summary>
    public static readonly SourceText Empty = new(ReadOnlyMemory<byte>.Empty, lines: null);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly ReadOnlyMemory<byte> _bytes;
    private LineMap? _lines;

    private SourceText(ReadOnlyMemory<byte> bytes, LineMap? lines)
    {
        if (bytes.Length > MaxLength)
        {
            throw new ArgumentException($"A text must be at most {MaxLength} bytes, but has {bytes.Length}.", nameof(bytes));
        }

        _bytes = bytes;
        _lines = lines;
    }

    /// <summary>Number of bytes, a byte order mark included.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>Whether the text starts with a UTF-8 byte order mark.</summary>
    public bool HasByteOrderMark => Span.StartsWith(ByteOrderMark);

    /// <summary>The whole text as a span.</summary>
    public TextSpan FullSpan => new(0, Length);

    /// <summary>Lines and positions of this text, computed when first asked for.</summary>
    public LineMap Lines => _lines ??= LineMap.Create(_bytes);

    /// <summary>Takes the bytes without copying them; the caller must not change them afterwards.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxLength"/> bytes.</exception>
    public static SourceText FromUtf8(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? Empty : new(bytes, lines: null);

    /// <summary>Encodes a string; lone surrogates become U+FFFD.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxLength"/> bytes.</exception>
    public static SourceText From(string text) => FromUtf8(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Applies changes that all refer to this text and do not overlap, in any order. Insertions at one offset keep their given order.
    /// </summary>
    /// <exception cref="ArgumentException">Changes overlap or reach past the end.</exception>
    public SourceText WithChanges(params ReadOnlySpan<TextChange> changes)
    {
        if (changes.Length == 0)
        {
            return this;
        }

        if (changes.Length == 1)
        {
            return Apply(changes);
        }

        var sorted = changes.ToArray();
        var keys = new (int Start, int Index)[sorted.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = (sorted[i].Span.Start, i);
        }

        Array.Sort(keys, sorted);
        return Apply(sorted);
    }

    /// <summary>The text of a span; ill-formed bytes become U+FFFD.</summary>
    public string ToString(TextSpan span) => Encoding.UTF8.GetString(Span.Slice(span.Start, span.Length));

    /// <summary>The whole text, without a byte order mark's special meaning: the mark stays as U+FEFF.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    private SourceText Apply(ReadOnlySpan<TextChange> sorted)
    {
        long length = Length;
        var end = 0;
        foreach (var change in sorted)
        {
            if (change.Span.Start < end || change.Span.End > Length)
            {
                throw new ArgumentException($"The change {change.Span} overlaps another one or reaches past the end ({Length}).", nameof(sorted));
            }

            end = change.Span.End;
            length += change.NewText.Length - change.Span.Length;
        }

        if (length > MaxLength)
        {
            throw new ArgumentException($"A text must be at most {MaxLength} bytes, but would have {length}.", nameof(sorted));
        }

        var target = GC.AllocateUninitializedArray<byte>((int)length);
        var read = 0;
        var written = 0;
        var source = Span;
        foreach (var change in sorted)
        {
            var kept = source[read..change.Span.Start];
            kept.CopyTo(target.AsSpan(written));
            written += kept.Length;
            change.NewText.Span.CopyTo(target.AsSpan(written));
            written += change.NewText.Length;
            read = change.Span.End;
        }

        source[read..].CopyTo(target.AsSpan(written));

        // One edit in a text whose lines are known moves the known lines, so that a keystroke need not scan the whole text again.
        var lines = sorted.Length == 1 && _lines is { } known ? known.WithChange(target, sorted[0]) : null;
        return new SourceText(target, lines);
    }
}
