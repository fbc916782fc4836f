using System.Text;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Addresses of hosts and mailboxes.</summary>
internal static class NetworkFormats
{
    private const int MaxLocalPart = 64;

    /// <summary>Four decimal octets without leading zeros (RFC 2673 section 3.2).</summary>
    public static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        for (var octet = 0; octet < 4; octet++)
        {
            var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? text.Length : digits;
            if (digits is 0 or > 3 || (digits > 1 && text[0] == (byte)'0'))
            {
                return false;
            }

            var value = 0;
            foreach (var digit in text[..digits])
            {
                value = (value * 10) + digit - '0';
            }

            if (value > 255)
            {
                return false;
            }

            text = text[digits..];
            if (octet < 3)
            {
                if (text.IsEmpty || text[0] != (byte)'.')
                {
                    return false;
                }

                text = text[1..];
            }
        }

        return text.IsEmpty;
    }

    /// <summary>Eight groups, of which one run may be left out and the last two may be an IPv4 address (RFC 4291 section 2.2).</summary>
    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        var gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return CountGroups(text, mayEndInIPv4: true) == 8;
        }

        var left = text[..gap];
        var right = text[(gap + 2)..];
        var before = left.IsEmpty ? 0 : CountGroups(left, mayEndInIPv4: false);
        var after = right.IsEmpty ? 0 : CountGroups(right, mayEndInIPv4: true);
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /// <summary>Labels of letters, digits and hyphens (RFC 1123 section 2.1); A-labels must be valid (RFC 5891).</summary>
    public static bool IsHostname(ReadOnlySpan<byte> text) =>
        Ascii.IsValid(text) && InternationalHostname.IsValid(text, allowUnicode: false);

    /// <summary>Labels of any script (RFC 5890).</summary>
    public static bool IsIdnHostname(ReadOnlySpan<byte> text) => InternationalHostname.IsValid(text, allowUnicode: true);

    /// <summary>A mailbox (RFC 5321 section 4.1.2).</summary>
    public static bool IsEmail(ReadOnlySpan<byte> text) => Ascii.IsValid(text) && IsMailbox(text);

    /// <summary>A mailbox with characters of any script (RFC 6531).</summary>
    public static bool IsIdnEmail(ReadOnlySpan<byte> text) => IsMailbox(text);

    private static bool IsMailbox(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at is <= 0 or > MaxLocalPart || !(IsDotAtom(text[..at]) || IsQuoted(text[..at])))
        {
            return false;
        }

        var domain = text[(at + 1)..];
        if (domain.Length > 2 && domain[0] == (byte)'[' && domain[^1] == (byte)']')
        {
            var literal = domain[1..^1];
            return literal.StartsWith("IPv6:"u8) ? IsIPv6(literal[5..]) : IsIPv4(literal);
        }

        return Ascii.IsValid(domain) ? IsHostname(domain) : IsUnicodeDomain(domain);
    }

    /// <summary>Lenient: which characters of other scripts a registry admits is not for a mailbox to say.</summary>
    private static bool IsUnicodeDomain(ReadOnlySpan<byte> domain)
    {
        foreach (var range in domain.Split((byte)'.'))
        {
            var label = domain[range];
            if (label.IsEmpty || label[0] == (byte)'-' || label[^1] == (byte)'-')
            {
                return false;
            }

            foreach (var b in label)
            {
                if (b < 128 && !char.IsAsciiLetterOrDigit((char)b) && b != (byte)'-')
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsDotAtom(ReadOnlySpan<byte> text)
    {
        var previous = (byte)'.';
        foreach (var b in text)
        {
            if (b == (byte)'.' ? previous == (byte)'.' : b < 128 && !char.IsAsciiLetterOrDigit((char)b) && !"!#$%&'*+-/=?^_`{|}~"u8.Contains(b))
            {
                return false;
            }

            previous = b;
        }

        return previous != (byte)'.';
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != (byte)'"' || text[^1] != (byte)'"')
        {
            return false;
        }

        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == (byte)'\\')
            {
                i++;
            }
            else if (text[i] is < 32 or 127 or (byte)'"')
            {
                return false;
            }
        }

        return true;
    }

    private static int CountGroups(ReadOnlySpan<byte> text, bool mayEndInIPv4)
    {
        var count = 0;
        while (true)
        {
            var colon = text.IndexOf((byte)':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIPv4 && group.Contains((byte)'.'))
            {
                return IsIPv4(group) ? count + 2 : -1;
            }

            if (group.Length is 0 or > 4)
            {
                return -1;
            }

            foreach (var b in group)
            {
                if (!char.IsAsciiHexDigit((char)b))
                {
                    return -1;
                }
            }

            count++;
            if (colon < 0)
            {
                return count;
            }

            text = text[(colon + 1)..];
        }
    }
}
