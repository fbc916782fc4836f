namespace ConfigLsp.Core.Schema;

/// <summary>Questions about the lexeme of a number that need no arithmetic.</summary>
internal static class NumberText
{
    private const int SafeDigits = 18;

    /// <summary>The value, if the lexeme is a plain integer of at most 18 digits, as nearly all are.</summary>
    public static bool TryGetInt64(ReadOnlySpan<byte> lexeme, out long value)
    {
        value = 0;
        var negative = lexeme.Length > 0 && lexeme[0] == (byte)'-';
        var digits = negative ? lexeme[1..] : lexeme;
        if (digits.Length is 0 or > SafeDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        value = negative ? -value : value;
        return true;
    }

    /// <summary>Whether the text is a number as RFC 8259 section 6 writes it.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var rest = text.Length > 0 && text[0] == (byte)'-' ? text[1..] : text;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == (byte)'0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (!rest.IsEmpty && rest[0] == (byte)'.')
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(fraction + 1)..];
        }

        if (rest.IsEmpty || (rest[0] | 0x20) != 'e')
        {
            return rest.IsEmpty;
        }

        rest = rest.Length > 1 && rest[1] is (byte)'+' or (byte)'-' ? rest[2..] : rest[1..];
        return !rest.IsEmpty && Digits(rest) == rest.Length;
    }

    /// <summary>Whether the number has no fractional part; draft-04 asks that it has none in writing either.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> lexeme, bool allowZeroFraction)
    {
        if (lexeme.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            return true;
        }

        return allowZeroFraction && IsMathematicalInteger(lexeme);
    }

    private static int Digits(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;

    private static bool IsMathematicalInteger(ReadOnlySpan<byte> lexeme)
    {
        var mantissa = lexeme;
        long exponent = 0;
        if (lexeme.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var e)
        {
            mantissa = lexeme[..e];
            exponent = ReadExponent(lexeme[(e + 1)..]);
        }

        var dot = mantissa.IndexOf((byte)'.');
        var fraction = dot < 0 ? [] : mantissa[(dot + 1)..].TrimEnd((byte)'0');
        if (fraction.Length > 0)
        {
            return exponent >= fraction.Length;
        }

        // Without a fraction a negative exponent moves that many trailing zeros behind the point.
        var whole = (dot < 0 ? mantissa : mantissa[..dot]).TrimStart((byte)'-').TrimStart((byte)'0');
        return exponent >= 0 || whole.IsEmpty || whole.Length - whole.TrimEnd((byte)'0').Length >= -exponent;
    }

    /// <summary>The exponent, limited to plus or minus 10^15: no lexeme has that many digits.</summary>
    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        const long Limit = 1_000_000_000_000_000;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        long value = 0;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            value = Math.Min(Limit, (value * 10) + (digit - '0'));
        }

        return negative ? -value : value;
    }
}
