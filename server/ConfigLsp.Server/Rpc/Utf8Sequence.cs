using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ConfigLsp.Server.Rpc;

/// <summary>Checks text that lies in several segments.</summary>
internal static class Utf8Sequence
{
    /// <summary>Whether the bytes are well-formed UTF-8 (Unicode 16, table 3-7). The JSON reader looks only at strings that somebody reads.</summary>
    public static bool IsValid(in ReadOnlySequence<byte> text)
    {
        if (text.IsSingleSegment)
            return Utf8.IsValid(text.FirstSpan);

        Span<byte> split = stackalloc byte[4];
        int carried = 0;
        foreach (ReadOnlyMemory<byte> segment in text)
        {
            ReadOnlySpan<byte> span = segment.Span;
            // A character that began in the segment before is completed byte by byte.
            while (carried > 0 && !span.IsEmpty)
            {
                split[carried++] = span[0];
                span = span[1..];
                OperationStatus status = Rune.DecodeFromUtf8(split[..carried], out _, out _);
                if (status == OperationStatus.Done)
                    carried = 0;
                else if (status != OperationStatus.NeedMoreData)
                    return false;
            }

            int tail = IncompleteTail(span);
            if (!Utf8.IsValid(span[..^tail]))
                return false;
            if (tail > 0)
            {
                span[^tail..].CopyTo(split);
                carried = tail;
            }
        }

        return carried == 0;
    }

    /// <summary>Length of a character at the end that needs more bytes; 0 when there is none.</summary>
    private static int IncompleteTail(ReadOnlySpan<byte> span)
    {
        for (int length = 1; length <= 3 && length <= span.Length; length++)
        {
            byte lead = span[^length];
            if ((lead & 0xC0) == 0x80)
                continue;
            return Rune.DecodeFromUtf8(span[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        }

        return 0;
    }
}
