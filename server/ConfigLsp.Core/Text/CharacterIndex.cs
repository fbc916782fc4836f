using System.Text;

namespace ConfigLsp.Core.Text;

/// <summary>
/// Counts characters in UTF-8 text in time independent of the text's length: checkpoints every <see cref="BlockSize"/> bytes hold the count of
/// UTF-16 units and code points before them. A pure ASCII text needs none. A 10 MB file on a single line thus costs no more per position than
/// a short one.
/// </summary>
internal sealed class CharacterIndex
{
    private const int BlockSize = 1024;

    private static readonly CharacterIndex OfAscii = new(null);

    private readonly Checkpoint[]? _checkpoints;

    private CharacterIndex(Checkpoint[]? checkpoints) => _checkpoints = checkpoints;

    public bool IsAscii => _checkpoints is null;

    public static CharacterIndex Create(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return OfAscii;
        }

        var checkpoints = new Checkpoint[(text.Length / BlockSize) + 1];
        var at = default(Checkpoint);
        for (var block = 0; block < checkpoints.Length; block++)
        {
            checkpoints[block] = at = Walk(text, at, block * BlockSize, stopBefore: false);
        }

        return new CharacterIndex(checkpoints);
    }

    /// <summary>Number of code units between two offsets; an end inside a character counts as the character's start.</summary>
    public int Count(ReadOnlySpan<byte> text, int start, int end, PositionEncoding encoding)
    {
        if (_checkpoints is null)
        {
            return end - start;
        }

        var stop = Locate(text, end);
        return encoding == PositionEncoding.Utf8 ? stop.Offset - start : stop.Get(encoding) - Locate(text, start).Get(encoding);
    }

    /// <summary>The offset <paramref name="count"/> code units behind the start of a line, at most the line's end, never inside a character.</summary>
    public int Advance(ReadOnlySpan<byte> text, TextSpan line, int count, PositionEncoding encoding)
    {
        var limit = count > line.Length ? line.End : line.Start + count;
        if (_checkpoints is null)
        {
            return limit;
        }

        if (encoding == PositionEncoding.Utf8)
        {
            return Math.Max(line.Start, Locate(text, limit).Offset);
        }

        // A character has at least as many bytes as code units, so the target is not before `limit` units of pure ASCII: search the blocks.
        var target = Locate(text, line.Start).Get(encoding) + count;
        var (low, high) = (line.Start / BlockSize, line.End / BlockSize);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_checkpoints[middle].Get(encoding) <= target)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        var at = _checkpoints[low];
        if (at.Offset < line.Start)
        {
            at = Locate(text, line.Start);
        }

        while (at.Offset < line.End)
        {
            var next = at.Next(text);
            if (next.Get(encoding) > target)
            {
                break;
            }

            at = next;
        }

        return Math.Min(at.Offset, line.End);
    }

    private Checkpoint Locate(ReadOnlySpan<byte> text, int offset)
    {
        var block = offset / BlockSize;
        var from = _checkpoints![block];
        if (from.Offset > offset)
        {
            from = block == 0 ? default : _checkpoints[block - 1];
        }

        return Walk(text, from, offset, stopBefore: true);
    }

    private static Checkpoint Walk(ReadOnlySpan<byte> text, Checkpoint at, int offset, bool stopBefore)
    {
        while (at.Offset < offset)
        {
            var ascii = text[at.Offset..offset].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii != 0)
            {
                var run = ascii < 0 ? offset - at.Offset : ascii;
                at = new Checkpoint(at.Offset + run, at.Utf16 + run, at.Utf32 + run);
                continue;
            }

            var next = at.Next(text);
            if (stopBefore && next.Offset > offset)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    private readonly record struct Checkpoint(int Offset, int Utf16, int Utf32)
    {
        public int Get(PositionEncoding encoding) => encoding switch
        {
            PositionEncoding.Utf16 => Utf16,
            PositionEncoding.Utf32 => Utf32,
            _ => Offset,
        };

        public Checkpoint Next(ReadOnlySpan<byte> text)
        {
            Rune.DecodeFromUtf8(text[Offset..], out var rune, out var length);
            return new Checkpoint(Offset + length, Utf16 + rune.Utf16SequenceLength, Utf32 + 1);
        }
    }
}
