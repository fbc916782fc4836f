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
        var bytes = new List<byte>(raw.Length);
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? raw.Length : plain;
                bytes.AddRange(raw[..run]);
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

            Encode(point, bytes);
        }

        return [.. bytes];
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

    private static void Encode(int point, List<byte> bytes)
    {
        if (point < 0x80)
        {
            bytes.Add((byte)point);
        }
        else if (point < 0x800)
        {
            bytes.AddRange([(byte)(0xC0 | (point >> 6)), Continuation(point)]);
        }
        else if (point < 0x10000)
        {
            bytes.AddRange([(byte)(0xE0 | (point >> 12)), Continuation(point >> 6), Continuation(point)]);
        }
        else
        {
            bytes.AddRange([(byte)(0xF0 | (point >> 18)), Continuation(point >> 12), Continuation(point >> 6), Continuation(point)]);
        }
    }

    private static byte Continuation(int bits) => (byte)(0x80 | (bits & 0x3F));
}
