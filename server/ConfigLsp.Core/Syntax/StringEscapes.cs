using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>Resolves the escapes of strings (RFC 8259 section 7). Malformed escapes stand for themselves; the parser has reported them.</summary>
internal static class StringEscapes
{
    public static string ToText(ReadOnlySpan<byte> raw, bool hasEscapes)
    {
        if (!hasEscapes)
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? raw.Length : plain;
                text.Append(Encoding.UTF8.GetString(raw[..run]));
                raw = raw[run..];
                continue;
            }

            var (unit, length) = ReadEscape(raw);
            text.Append((char)unit);
            raw = raw[length..];
        }

        return text.ToString();
    }

    public static byte[] ToUtf8(ReadOnlySpan<byte> raw)
    {
        var bytes = new byte[raw.Length];
        Array.Resize(ref bytes, Decode(raw, bytes));
        return bytes;
    }

    /// <summary>Writes the value in UTF-8, which is never longer than <paramref name="raw"/>; returns its length.</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? raw.Length : plain;
                raw[..run].CopyTo(destination[written..]);
                written += run;
                raw = raw[run..];
                continue;
            }

            var (unit, length) = ReadEscape(raw);
            raw = raw[length..];
            var point = (int)unit;
            if (char.IsHighSurrogate((char)unit) && raw.StartsWith("\\u"u8))
            {
                var (low, lowLength) = ReadEscape(raw);
                if (char.IsLowSurrogate((char)low))
                {
                    point = char.ConvertToUtf32((char)unit, (char)low);
                    raw = raw[lowLength..];
                }
            }

            written += Encode(point, destination[written..]);
        }

        return written;
    }

    /// <summary>Length of the escape that starts <paramref name="raw"/> with a backslash, or 0 if it is malformed.</summary>
    public static int ValidLength(ReadOnlySpan<byte> raw)
    {
        if (raw.Length < 2)
        {
            return 0;
        }

        if ("\"\\/bfnrt"u8.Contains(raw[1]))
        {
            return 2;
        }

        return raw[1] == (byte)'u' && raw.Length >= 6 && !raw[2..6].ContainsAnyExcept(HexDigits) ? 6 : 0;
    }

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static (ushort Unit, int Length) ReadEscape(ReadOnlySpan<byte> raw)
    {
        switch (ValidLength(raw))
        {
            case 6:
                return (ushort.Parse(raw[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 6);
            case 2:
                return (raw[1] switch
                {
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    var other => other,
                }, 2);
            default:
                return ('\\', 1);
        }
    }

    private static int Encode(int point, Span<byte> destination)
    {
        switch (point)
        {
            case < 0x80:
                destination[0] = (byte)point;
                return 1;
            case < 0x800:
                destination[0] = (byte)(0xC0 | (point >> 6));
                destination[1] = Continuation(point);
                return 2;
            case < 0x10000:
                destination[0] = (byte)(0xE0 | (point >> 12));
                destination[1] = Continuation(point >> 6);
                destination[2] = Continuation(point);
                return 3;
            default:
                destination[0] = (byte)(0xF0 | (point >> 18));
                destination[1] = Continuation(point >> 12);
                destination[2] = Continuation(point >> 6);
                destination[3] = Continuation(point);
                return 4;
        }
    }

    private static byte Continuation(int bits) => (byte)(0x80 | (bits & 0x3F));
}
