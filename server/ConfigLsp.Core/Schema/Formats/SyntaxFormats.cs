using System.Text;
using ConfigLsp.Core.Schema.Patterns;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Small notations: pointers, identifiers, patterns, colours.</summary>
internal static class SyntaxFormats
{
    /// <summary>A JSON Pointer (RFC 6901).</summary>
    public static bool IsJsonPointer(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] != (byte)'/')
        {
            return false;
        }

        for (; text.IndexOf((byte)'~') is >= 0 and var tilde; text = text[(tilde + 1)..])
        {
            if (tilde + 1 >= text.Length || text[tilde + 1] is not ((byte)'0' or (byte)'1'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A relative JSON Pointer (draft-bhutton-relative-json-pointer-00).</summary>
    public static bool IsRelativeJsonPointer(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        if (digits == 0 || (digits > 1 && text[0] == (byte)'0'))
        {
            return false;
        }

        text = text[digits..];
        return text.SequenceEqual("#"u8) || IsJsonPointer(text);
    }

    /// <summary>A UUID (RFC 4122).</summary>
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != (byte)'-' : !char.IsAsciiHexDigit((char)text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A regular expression (ECMA-262).</summary>
    public static bool IsRegex(ReadOnlySpan<byte> text) => !text.StartsWith("(?i)"u8) && IsSchemaPattern(text);

    /// <summary>A regular expression as schemas may use it, also with the prefix <c>(?i)</c>.</summary>
    public static bool IsSchemaPattern(ReadOnlySpan<byte> text) =>
        text.Length > SchemaPattern.MaxLength || SchemaPattern.Create(Encoding.UTF8.GetString(text)).Error is null;

    /// <summary>A colour as in VS Code: <c>#</c> with 3, 4, 6 or 8 hexadecimal digits.</summary>
    public static bool IsHexColor(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (4 or 5 or 7 or 9) || text[0] != (byte)'#')
        {
            return false;
        }

        foreach (var b in text[1..])
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }
        }

        return true;
    }
}
