namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Addresses of hosts.</summary>
internal static class NetworkFormats
{
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
}
