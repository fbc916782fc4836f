using System.Globalization;
using System.Numerics;
using System.Text;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>How strings, numbers and words are written.</summary>
internal static class NotationFixes
{
    private const int MaxNumber = 64;

    private static readonly string[] Literals = ["true", "false", "null"];

    public static void UnterminatedString(FixContext fix)
    {
        var quote = fix.Text[fix.Span.Start] == (byte)'\'' ? "'" : "\"";
        var end = Lines.SkipBlanksBack(fix.Text, fix.Span.End);
        if (end > fix.Span.Start + 1 && fix.Text[end - 1] == (byte)',')
        {
            end--;
        }

        fix.Insert($"Insert `{quote}`", Math.Max(end, fix.Span.Start + 1), quote, preferred: true);
    }

    public static void SingleQuotes(FixContext fix)
    {
        var content = fix.Text[(fix.Span.Start + 1)..(fix.Span.End - 1)];
        var quoted = new List<byte>(content.Length + 2) { (byte)'"' };
        for (var i = 0; i < content.Length; i++)
        {
            switch (content[i])
            {
                case (byte)'\\' when i + 1 < content.Length:
                    if (content[++i] != (byte)'\'')
                    {
                        quoted.Add((byte)'\\');
                    }

                    quoted.Add(content[i]);
                    break;
                case (byte)'"':
                    quoted.AddRange("\\\""u8);
                    break;
                default:
                    quoted.Add(content[i]);
                    break;
            }
        }

        quoted.Add((byte)'"');
        fix.Add("Use double quotes", [new TextChange(fix.Span, quoted.ToArray())], preferred: true, safe: true);
    }

    public static void UnquotedKey(FixContext fix) => fix.Add("Put the name in double quotes", Quotes(fix.Span), preferred: true, safe: true);

    public static void Escape(FixContext fix)
    {
        var escape = fix.Text.Slice(fix.Span.Start, fix.Span.Length);
        var isQuote = escape is [_, (byte)'\''];
        fix.Insert("Write `\\\\` for the backslash", fix.Span.Start, "\\", preferred: !isQuote);
        fix.Replace("Remove the backslash", new TextSpan(fix.Span.Start, 1), string.Empty, preferred: isQuote);
    }

    public static void ControlCharacter(FixContext fix)
    {
        var escaped = new StringBuilder();
        foreach (var c in fix.Text.Slice(fix.Span.Start, fix.Span.Length))
        {
            escaped.Append(c switch { (byte)'\t' => "\\t", (byte)'\b' => "\\b", (byte)'\f' => "\\f", _ => $"\\u{c:x4}" });
        }

        fix.Replace("Write it as an escape", fix.Span, escaped.ToString(), preferred: true, safe: true);
    }

    public static void Number(FixContext fix)
    {
        var word = fix.Snapshot.Text.ToString(fix.Span);
        if (word.Length <= MaxNumber && Normalize(word) is { } number && NumberText.IsNumber(Encoding.ASCII.GetBytes(number)))
        {
            // Leading zeros once meant octal, so only a person knows which number this is.
            var isClear = !(word.TrimStart('-', '+') is ['0', >= '0' and <= '9', ..]);
            fix.Replace(fix.IsSecret(fix.Span) ? "Write the number as JSON does" : $"Change to {number}", fix.Span, number, preferred: true, safe: isClear);
        }

        fix.Add("Put it in double quotes", Quotes(fix.Span));
    }

    public static void Literal(FixContext fix)
    {
        var word = fix.Snapshot.Text.ToString(fix.Span);
        var suggestions = fix.Data is { Suggestions.IsEmpty: false } data ? data.Suggestions : NameSuggestions.Rank(word, Literals);
        foreach (var literal in suggestions)
        {
            fix.Replace(
                fix.IsSecret(fix.Span) ? "Write the literal as JSON does" : $"Change to {literal}", fix.Span, literal, preferred: suggestions.Length == 1, safe: literal.Equals(word, StringComparison.OrdinalIgnoreCase));
        }

        fix.Add("Put it in double quotes", Quotes(fix.Span), preferred: suggestions.IsEmpty);
    }

    private static System.Collections.Immutable.ImmutableArray<TextChange> Quotes(TextSpan span) =>
        [new TextChange(new TextSpan(span.Start, 0), "\""), new TextChange(new TextSpan(span.End, 0), "\"")];

    /// <summary>The same number as JSON writes it, or null.</summary>
    private static string? Normalize(string word)
    {
        var sign = word[0] == '-' ? "-" : string.Empty;
        var digits = word.TrimStart('-', '+').Replace("_", string.Empty, StringComparison.Ordinal);
        if (digits.Length > 2 && digits[0] == '0' && char.IsAsciiLetter(digits[1]))
        {
            return Integer(digits) is { } integer ? sign + integer.ToString(CultureInfo.InvariantCulture) : null;
        }

        var (mantissa, exponent) = digits.IndexOfAny(['e', 'E']) is > 0 and var e ? (digits[..e], digits[e..]) : (digits, string.Empty);
        var (whole, fraction) = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? (mantissa[..point], mantissa[(point + 1)..]) : (mantissa, null);
        whole = whole.TrimStart('0');
        return sign + (whole.Length == 0 ? "0" : whole) + (fraction is null ? string.Empty : "." + (fraction.Length == 0 ? "0" : fraction)) + exponent;
    }

    private static BigInteger? Integer(string digits)
    {
        var radix = digits[1] switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };
        var value = BigInteger.Zero;
        foreach (var c in digits.AsSpan(2))
        {
            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) is var digit && digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return radix == 0 ? null : value;
    }
}
