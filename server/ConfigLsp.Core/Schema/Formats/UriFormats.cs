using System.Buffers;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>URIs (RFC 3986), IRIs (RFC 3987) and URI templates (RFC 6570).</summary>
internal static class UriFormats
{
    private static readonly SearchValues<byte> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%"u8);

    private static readonly SearchValues<byte> QueryCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%?"u8);

    private static readonly SearchValues<byte> UserCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:%"u8);

    private static readonly SearchValues<byte> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=%"u8);

    public static bool IsUri(ReadOnlySpan<byte> text) => IsReference(text, needsScheme: true, allowUnicode: false);

    public static bool IsUriReference(ReadOnlySpan<byte> text) => IsReference(text, needsScheme: false, allowUnicode: false);

    public static bool IsIri(ReadOnlySpan<byte> text) => IsReference(text, needsScheme: true, allowUnicode: true);

    public static bool IsIriReference(ReadOnlySpan<byte> text) => IsReference(text, needsScheme: false, allowUnicode: true);

    /// <summary>Literals and well-formed expressions in braces.</summary>
    public static bool IsTemplate(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] != (byte)'{')
            {
                if (text[0] <= 0x20 || text[0] == 0x7F || "\"<>\\^`|}"u8.Contains(text[0]) || (text[0] == (byte)'%' && !StartsWithEscape(text)))
                {
                    return false;
                }

                text = text[1..];
                continue;
            }

            var end = text.IndexOf((byte)'}');
            if (end < 0 || !IsExpression(text[1..end]))
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return true;
    }

    private static bool IsReference(ReadOnlySpan<byte> text, bool needsScheme, bool allowUnicode)
    {
        if (text.IndexOf((byte)'#') is >= 0 and var hash)
        {
            if (!Consists(text[(hash + 1)..], QueryCharacters, allowUnicode))
            {
                return false;
            }

            text = text[..hash];
        }

        if (text.IndexOf((byte)'?') is >= 0 and var mark)
        {
            if (!Consists(text[(mark + 1)..], QueryCharacters, allowUnicode))
            {
                return false;
            }

            text = text[..mark];
        }

        var colon = text.IndexOf((byte)':');
        var hasScheme = colon > 0 && IsScheme(text[..colon]);
        if (hasScheme)
        {
            text = text[(colon + 1)..];
        }
        else if (needsScheme || (colon >= 0 && !text[..colon].Contains((byte)'/')))
        {
            // The first segment of a relative path must not hold a colon.
            return false;
        }

        if (!text.StartsWith("//"u8))
        {
            return Consists(text, PathCharacters, allowUnicode);
        }

        text = text[2..];
        var slash = text.IndexOf((byte)'/');
        var authority = slash < 0 ? text : text[..slash];
        return IsAuthority(authority, allowUnicode) && (slash < 0 || Consists(text[slash..], PathCharacters, allowUnicode));
    }

    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter((char)text[0]);
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text, bool allowUnicode)
    {
        if (text.LastIndexOf((byte)'@') is >= 0 and var at)
        {
            if (!Consists(text[..at], UserCharacters, allowUnicode))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        ReadOnlySpan<byte> port;
        if (text.StartsWith("["u8))
        {
            var close = text.IndexOf((byte)']');
            if (close < 0 || !IsAddressLiteral(text[1..close]))
            {
                return false;
            }

            port = text[(close + 1)..];
            if (!port.IsEmpty && port[0] != (byte)':')
            {
                return false;
            }
        }
        else
        {
            var colon = text.IndexOf((byte)':');
            port = colon < 0 ? [] : text[colon..];
            if (!Consists(colon < 0 ? text : text[..colon], HostCharacters, allowUnicode))
            {
                return false;
            }
        }

        return port.IsEmpty || port[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool IsAddressLiteral(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || (text[0] | 0x20) != 'v')
        {
            return NetworkFormats.IsIPv6(text);
        }

        var dot = text.IndexOf((byte)'.');
        if (dot < 2 || dot == text.Length - 1 || !Consists(text[(dot + 1)..], UserCharacters, allowUnicode: false) || text.Contains((byte)'%'))
        {
            return false;
        }

        foreach (var b in text[1..dot])
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Consists(ReadOnlySpan<byte> text, SearchValues<byte> allowed, bool allowUnicode)
    {
        for (var rest = text; rest.IndexOfAnyExcept(allowed) is >= 0 and var bad; rest = rest[(bad + 1)..])
        {
            if (rest[bad] < 0x80 || !allowUnicode)
            {
                return false;
            }
        }

        for (var rest = text; rest.IndexOf((byte)'%') is >= 0 and var percent; rest = rest[(percent + 3)..])
        {
            if (!StartsWithEscape(rest[percent..]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool StartsWithEscape(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]);

    private static bool IsExpression(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        // Besides the operators in use RFC 6570 section 2.2 reserves five; a template with one is well-formed.
        if ("+#./;?&=,!@|"u8.Contains(text[0]))
        {
            if ("=,!@|"u8.Contains(text[0]))
            {
                return false;
            }

            text = text[1..];
        }

        foreach (var range in text.Split((byte)','))
        {
            if (!IsVariable(text[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVariable(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("*"u8))
        {
            text = text[..^1];
        }
        else if (text.IndexOf((byte)':') is >= 0 and var colon)
        {
            var length = text[(colon + 1)..];
            if (length.Length is 0 or > 4 || length[0] == (byte)'0' || length.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            {
                return false;
            }

            text = text[..colon];
        }

        var previous = (byte)'.';
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == (byte)'%')
            {
                if (!StartsWithEscape(text[i..]))
                {
                    return false;
                }

                i += 2;
            }
            else if (b == (byte)'.' ? previous == (byte)'.' : !char.IsAsciiLetterOrDigit((char)b) && b != (byte)'_')
            {
                return false;
            }

            previous = b;
        }

        return previous != (byte)'.';
    }
}
