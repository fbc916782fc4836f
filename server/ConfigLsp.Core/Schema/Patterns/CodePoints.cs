using System.Buffers;
using System.Text;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>Reads code points from the generalised UTF-8 of JSON strings, in which lone surrogates are encoded like any other code point.</summary>
internal static class CodePoints
{
    /// <summary>The first code point; U+FFFD for a malformed byte.</summary>
    public static int Decode(ReadOnlySpan<byte> utf8, out int length)
    {
        if (utf8[0] < 0x80)
        {
            length = 1;
            return utf8[0];
        }

        if (Rune.DecodeFromUtf8(utf8, out var rune, out length) == OperationStatus.Done)
        {
            return rune.Value;
        }

        if (utf8.Length >= 3 && utf8[0] == 0xED && utf8[1] is >= 0xA0 and <= 0xBF && (utf8[2] & 0xC0) == 0x80)
        {
            length = 3;
            return 0xD000 | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F);
        }

        length = 1;
        return 0xFFFD;
    }

    /// <summary>What stands behind the end.</summary>
    public static int None(out int length)
    {
        length = 0;
        return -1;
    }
}
