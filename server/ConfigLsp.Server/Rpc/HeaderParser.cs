using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ConfigLsp.Server.Rpc;

/// <summary>
/// Reads the header of one message: names in any case, lines ending in CRLF or, tolerated, LF; other fields than Content-Length are ignored.
/// It starts again from the top each time more bytes are there; limits on lines keep that bounded.
/// </summary>
internal readonly struct HeaderParser(RpcLimits limits)
{
    /// <returns>False when the header is not complete, or <paramref name="fault"/> says why it can never be.</returns>
    public bool TryParse(in ReadOnlySequence<byte> buffer, out SequencePosition bodyStart, out long length, out string? fault)
    {
        var reader = new SequenceReader<byte>(buffer);
        bodyStart = default;
        length = -1;
        fault = null;
        for (int lines = 0; lines <= limits.HeaderLines; lines++)
        {
            if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            {
                if (reader.Remaining > limits.HeaderLineBytes)
                    fault = LineTooLong();
                return false;
            }

            if (line.Length > limits.HeaderLineBytes)
            {
                fault = LineTooLong();
                return false;
            }

            if (reader.Consumed > 2 * limits.HeaderLineBytes)
            {
                fault = $"A header is longer than {2 * limits.HeaderLineBytes} bytes.";
                return false;
            }

            ReadOnlySpan<byte> text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
            if (text.EndsWith("\r"u8))
                text = text[..^1];
            if (text.IsEmpty)
            {
                bodyStart = reader.Position;
                fault = length < 0 ? "A header has no Content-Length." : null;
                return fault is null;
            }

            if (!TryReadField(text, ref length, out fault))
                return false;
        }

        fault = $"A header has more than {limits.HeaderLines} lines.";
        return false;
    }

    private static bool TryReadField(ReadOnlySpan<byte> line, ref long length, out string? fault)
    {
        fault = null;
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            fault = "A header line has no name.";
            return false;
        }

        if (!Ascii.EqualsIgnoreCase(line[..colon].Trim((byte)' '), "Content-Length"u8))
            return true;
        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        if (length >= 0)
            fault = "A header has two Content-Lengths.";
        else if (value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(value, out length, out int used) || used != value.Length)
            fault = "A Content-Length is not a number of bytes.";
        return fault is null;
    }

    private string LineTooLong() => $"A header line is longer than {limits.HeaderLineBytes} bytes.";
}
