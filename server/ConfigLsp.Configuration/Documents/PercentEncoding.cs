using System.Buffers;
using System.Text;

namespace ConfigLsp.Configuration.Documents;

/// <summary>Percent-encoding (RFC 3986 section 2.1) with the set of plain characters that VS Code keeps in a path.</summary>
internal static class PercentEncoding
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(Plain);

    /// <summary>Encodes a plain path.</summary>
    public static string Encode(string path) => path.AsSpan().ContainsAnyExcept(PlainCharacters) ? Encode(path, keepEscapes: false) : path;

    /// <summary>
    /// One spelling for all encodings of a path: escapes of plain characters are resolved, everything else is escaped with capital digits. An
    /// escaped slash stays escaped, for it does not separate.
    /// </summary>
    public static string Normalize(string path) => path.AsSpan().ContainsAnyExcept(PlainCharacters) ? Encode(path, keepEscapes: true) : path;

    /// <summary>Resolves all escapes; bytes that are not UTF-8 become U+FFFD. What is not an escape stays.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            // The result is never ahead of what is read, so it can be written over it.
            if (TryReadEscape(bytes, i, out var value))
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string Encode(string path, bool keepEscapes)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var text = new StringBuilder(bytes.Length + 16);
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            var isEscape = keepEscapes && TryReadEscape(bytes, i, out value);
            if (!isEscape)
            {
                value = bytes[i];
            }

            if (value < 0x80 && PlainCharacters.Contains((char)value) && !(isEscape && value == '/'))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('%').Append(value.ToString("X2"));
            }

            i += isEscape ? 2 : 0;
        }

        return text.ToString();
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> bytes, int at, out byte value)
    {
        value = 0;
        if (bytes[at] != '%' || at + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[at + 1]) || !char.IsAsciiHexDigit((char)bytes[at + 2]))
        {
            return false;
        }

        value = (byte)((Digit(bytes[at + 1]) << 4) | Digit(bytes[at + 2]));
        return true;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
