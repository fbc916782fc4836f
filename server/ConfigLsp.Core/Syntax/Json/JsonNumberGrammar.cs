namespace ConfigLsp.Core.Syntax.Json;

/// <summary>The grammar of numbers (RFC 8259 section 6).</summary>
internal static class JsonNumberGrammar
{
    public static bool IsNumber(ReadOnlySpan<byte> word)
    {
        var at = word[0] == (byte)'-' ? 1 : 0;
        var digits = Digits(word, at);
        if (digits == 0 || (digits > 1 && word[at] == (byte)'0'))
        {
            return false;
        }

        at += digits;
        if (at < word.Length && word[at] == (byte)'.')
        {
            digits = Digits(word, ++at);
            if (digits == 0)
            {
                return false;
            }

            at += digits;
        }

        if (at < word.Length && word[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < word.Length && word[at] is (byte)'+' or (byte)'-')
            {
                at++;
            }

            digits = Digits(word, at);
            if (digits == 0)
            {
                return false;
            }

            at += digits;
        }

        return at == word.Length;
    }

    /// <summary>What is wrong with a word that looks like a number, as the second half of a sentence.</summary>
    public static string Explain(ReadOnlySpan<byte> word)
    {
        var unsigned = word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        return unsigned switch
        {
            [] => "digits are missing",
            [(byte)'0', (byte)'x' or (byte)'X' or (byte)'b' or (byte)'B' or (byte)'o' or (byte)'O', ..] => "write it in decimal",
            [(byte)'0', >= (byte)'0' and <= (byte)'9', ..] => "remove the leading zeros",
            [(byte)'.', ..] => "write a digit before the point",
            [.., (byte)'.'] => "write a digit behind the point",
            _ when word[0] == (byte)'+' => "remove the plus sign",
            _ => "put text in double quotes",
        };
    }

    private static int Digits(ReadOnlySpan<byte> word, int at)
    {
        var start = at;
        while (at < word.Length && char.IsAsciiDigit((char)word[at]))
        {
            at++;
        }

        return at - start;
    }
}
