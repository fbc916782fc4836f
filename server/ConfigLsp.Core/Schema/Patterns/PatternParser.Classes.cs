using System.Globalization;

namespace ConfigLsp.Core.Schema.Patterns;

/// <content>Character classes and escapes (ECMA-262 section 22.2.1, CharacterClass and CharacterEscape).</content>
internal sealed partial class PatternParser
{
    private CodePointSet ParseClass()
    {
        var isNegative = Current == '^';
        _at += isNegative ? 1 : 0;
        var parts = new List<CodePointSet>();
        while (Current != ']')
        {
            var first = Counted(ParseClassAtom(out var low));
            if (Current == '-' && _at + 1 < _text.Length && _text[_at + 1] != ']')
            {
                _at++;
                var second = ParseClassAtom(out var high);
                if (low < 0 || high < 0)
                {
                    // With a set on either side the hyphen stands for itself, as in ECMAScript without the flag u.
                    parts.AddRange([first, CodePointSet.Of(('-', '-')), second]);
                    continue;
                }

                parts.Add(high >= low ? CodePointSet.Of((low, high)) : throw new PatternSyntaxException("a range in a class is out of order."));
                continue;
            }

            parts.Add(first);
        }

        _at++;
        var set = CodePointSet.Union(parts);
        if (IgnoresCase)
        {
            set = set.IgnoringCase();
        }

        return isNegative ? set.Complement() : set;
    }

    private CodePointSet ParseClassAtom(out int single)
    {
        if (Current < 0)
        {
            throw new PatternSyntaxException("a `[` is not closed.");
        }

        var c = _text[_at++];
        if (c != '\\')
        {
            single = c;
            return CodePointSet.Of((c, c));
        }

        if (Current == 'b')
        {
            _at++;
            single = '\b';
            return CodePointSet.Of(('\b', '\b'));
        }

        var set = ParseCharacterEscape(inClass: true);
        var ranges = set.Ranges.ToArray();
        single = ranges is [var (first, last)] && first == last ? first : -1;
        return set;
    }

    private CodePointSet ParseCharacterEscape(bool inClass)
    {
        if (Current < 0)
        {
            throw new PatternSyntaxException("it ends with a backslash.");
        }

        var c = _text[_at++];
        switch (c)
        {
            case 'd':
                return CodePointSet.Digits;
            case 'D':
                return CodePointSet.Digits.Complement();
            case 'w':
                return CodePointSet.Word;
            case 'W':
                return CodePointSet.Word.Complement();
            case 's':
                return CodePointSet.Space;
            case 'S':
                return CodePointSet.Space.Complement();
            case 'p' or 'P':
                var property = ParseProperty();
                return c == 'p' ? property : property.Complement();
        }

        var point = c switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            '0' when Current is not (>= '0' and <= '9') => 0,
            'c' when Current is >= 'a' and <= 'z' or >= 'A' and <= 'Z' => _text[_at++] & 0x1F,
            'x' => ParseHex(2),
            'u' => ParseUnicode(),
            '-' => '-',
            < 128 when char.IsAsciiLetterOrDigit((char)c) => throw new PatternSyntaxException(
                $"ECMAScript has no escape `\\{(char)c}`{(inClass ? " in a class" : string.Empty)}."),
            _ => c,
        };
        return CodePointSet.Of((point, point));
    }

    private int ParseHex(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            var c = Current;
            if (c is < 0 or > 127 || !char.IsAsciiHexDigit((char)c))
            {
                throw new PatternSyntaxException($"an escape needs {digits} hexadecimal digits.");
            }

            value = (value << 4) | Convert.ToInt32(((char)c).ToString(), 16);
            _at++;
        }

        return value;
    }

    private int ParseUnicode()
    {
        if (Current == '{')
        {
            var end = Array.IndexOf(_text, '}', _at);
            var digits = end < 0 ? string.Empty : string.Concat(_text[(_at + 1)..end].Select(static c => c < 128 ? (char)c : '?'));
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > CodePointSet.MaxCodePoint)
            {
                throw new PatternSyntaxException("`\\u{...}` must hold a code point in hexadecimal.");
            }

            _at = end + 1;
            return value;
        }

        var high = ParseHex(4);
        if (high is >= 0xD800 and <= 0xDBFF && Current == '\\' && _at + 1 < _text.Length && _text[_at + 1] == 'u')
        {
            var saved = _at;
            _at += 2;
            if (Current != '{' && ParseHex(4) is >= 0xDC00 and <= 0xDFFF and var low)
            {
                return char.ConvertToUtf32((char)high, (char)low);
            }

            _at = saved;
        }

        return high;
    }

    private CodePointSet ParseProperty()
    {
        var end = Current == '{' ? Array.IndexOf(_text, '}', _at) : -1;
        if (end < 0)
        {
            throw new PatternSyntaxException("`\\p` must be followed by a property in braces.");
        }

        var name = string.Concat(_text[(_at + 1)..end].Select(static c => c < 128 ? (char)c : '?'));
        _at = end + 1;
        return UnicodeProperties.Find(name) ?? throw new PatternSyntaxException($"the Unicode property `{name}` is not known.");
    }
}
