using System.Buffers;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Formatting;

/// <summary>
/// Reads the tokens of any text, comments among them, from an offset that is not inside one. Not the parser's scanner, since that reports and
/// mends, while this one must give back every byte that is not blank just as it stands.
/// </summary>
internal ref struct FormattingScanner(ReadOnlySpan<byte> text, int start)
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n{}[],:\"'/"u8);
    private static readonly SearchValues<byte> DoubleQuotedStops = SearchValues.Create("\"\\\r\n"u8);
    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create("'\\\r\n"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;

    /// <summary>The next token; the same end again and again once it is reached.</summary>
    public FormattingToken Next()
    {
        var breaks = SkipBlanks();
        var from = _at;
        if (from == _text.Length)
        {
            return new FormattingToken(TokenKind.End, from, from, breaks);
        }

        var kind = _text[from] switch
        {
            (byte)'{' => Single(TokenKind.OpenBrace),
            (byte)'}' => Single(TokenKind.CloseBrace),
            (byte)'[' => Single(TokenKind.OpenBracket),
            (byte)']' => Single(TokenKind.CloseBracket),
            (byte)',' => Single(TokenKind.Comma),
            (byte)':' => Single(TokenKind.Colon),
            (byte)'"' or (byte)'\'' => Quoted(),
            (byte)'/' => Comment(),
            (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' when ConflictMarker.EndOf(_text, from) is var end and > 0 => Until(end, TokenKind.ConflictMarker),
            _ => Word(),
        };
        return new FormattingToken(kind, from, _at, breaks);
    }

    private int SkipBlanks()
    {
        var breaks = 0;
        for (; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case (byte)' ' or (byte)'\t':
                    break;
                case (byte)'\n':
                    breaks++;
                    break;
                case (byte)'\r':
                    breaks += _at + 1 < _text.Length && _text[_at + 1] == (byte)'\n' ? 0 : 1;
                    break;
                default:
                    return breaks;
            }
        }

        return breaks;
    }

    private TokenKind Single(TokenKind kind) => Until(_at + 1, kind);

    private TokenKind Until(int end, TokenKind kind)
    {
        _at = end;
        return kind;
    }

    /// <summary>A string ends at the end of its line at the latest, as the parser has it.</summary>
    private TokenKind Quoted()
    {
        var quote = _text[_at];
        var stops = quote == (byte)'"' ? DoubleQuotedStops : SingleQuotedStops;
        var at = _at + 1;
        while (true)
        {
            var next = _text[at..].IndexOfAny(stops);
            at = next < 0 ? _text.Length : at + next;
            if (at == _text.Length || _text[at] is (byte)'\n' or (byte)'\r')
            {
                return Until(at, TokenKind.Unknown);
            }

            if (_text[at++] == quote)
            {
                return Until(at, TokenKind.Word);
            }

            // Behind the backslash, except at the end of the line.
            if (_text[at - 1] == (byte)'\\' && at < _text.Length && _text[at] is not ((byte)'\n' or (byte)'\r'))
            {
                at++;
            }
        }
    }

    private TokenKind Comment()
    {
        var rest = _text[_at..];
        if (rest.StartsWith("//"u8))
        {
            var line = rest.IndexOfAny((byte)'\n', (byte)'\r');
            return Until(line < 0 ? _text.Length : _at + line, TokenKind.LineComment);
        }

        if (!rest.StartsWith("/*"u8))
        {
            return Word();
        }

        var end = rest[2..].IndexOf("*/"u8);
        return end < 0 ? Until(_text.Length, TokenKind.Unknown) : Until(_at + 2 + end + 2, TokenKind.BlockComment);
    }

    private TokenKind Word()
    {
        var from = _at;
        var length = _text[(from + 1)..].IndexOfAny(WordEnds);
        _at = length < 0 ? _text.Length : from + 1 + length;
        foreach (var c in _text[from.._at])
        {
            if (c < 0x80 && !char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'_' or (byte)'$' or (byte)'-' or (byte)'+' or (byte)'.'))
            {
                return TokenKind.Unknown;
            }
        }

        return TokenKind.Word;
    }
}
