using System.Buffers;
using System.Text;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Syntax.Json;

/// <summary>Finds where tokens of JSON end and reports what is wrong inside them.</summary>
internal readonly ref struct JsonScanner
{
    private static readonly SearchValues<byte> DoubleQuotedStops = SearchValues.Create([(byte)'"', (byte)'\\', .. Controls()]);
    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create([(byte)'\'', (byte)'\\', .. Controls()]);
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" \t\r\n{}[],:\"'/"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly TreeBuilder _builder;

    public JsonScanner(ReadOnlySpan<byte> text, TreeBuilder builder)
    {
        _text = text;
        _builder = builder;
    }

    /// <summary>Whether a character can start or continue a bare word: a literal, a number, a key without quotes.</summary>
    public static bool IsWord(byte c) => c >= 0x80 || char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$' or (byte)'-' or (byte)'+' or (byte)'.';

    /// <summary>Offset of the next token, comments collected on the way.</summary>
    public int SkipTrivia(int at, ref bool sawConflict)
    {
        while (at < _text.Length)
        {
            switch (_text[at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    at++;
                    break;
                case (byte)'/' when at + 1 < _text.Length && _text[at + 1] is (byte)'/' or (byte)'*':
                    var end = ScanComment(at);
                    _builder.AddComment(at, end);
                    at = end;
                    break;
                case (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' when ConflictMarkerEnd(at) is var marker and > 0:
                    _builder.AddError(DiagnosticCatalog.MergeConflict, at, marker, "A merge conflict is left here; resolve it and remove the marker.");
                    sawConflict = true;
                    at = marker;
                    break;
                default:
                    return at;
            }
        }

        return at;
    }

    /// <summary>End of the string that starts at <paramref name="at"/> with a single or double quote. It ends at the line's end at the latest.</summary>
    public int ScanString(int at, out NodeFlags flags)
    {
        var start = at;
        var quote = _text[at++];
        var stops = quote == (byte)'"' ? DoubleQuotedStops : SingleQuotedStops;
        flags = quote == (byte)'"' ? NodeFlags.None : NodeFlags.SingleQuoted;
        while (true)
        {
            var next = _text[at..].IndexOfAny(stops);
            at = next < 0 ? _text.Length : at + next;
            if (at == _text.Length || _text[at] is (byte)'\n' or (byte)'\r')
            {
                flags |= NodeFlags.Unterminated;
                _builder.AddError(DiagnosticCatalog.UnterminatedString, start, at, $"The string is not closed; insert {(char)quote} before the end of the line.");
                return at;
            }

            var c = _text[at];
            if (c == quote)
            {
                at++;
                break;
            }

            at = c == (byte)'\\' ? ScanEscape(at, ref flags) : ScanControls(at);
        }

        if (quote == (byte)'\'')
        {
            _builder.AddError(DiagnosticCatalog.SingleQuotedString, start, at, "Strings stand in double quotes; replace the single quotes.");
        }

        return at;
    }

    /// <summary>End of the bare word that starts at <paramref name="at"/>.</summary>
    public int ScanWord(int at)
    {
        while (at < _text.Length && IsWord(_text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The kind of a bare word; what is neither literal nor number is reported.</summary>
    public SyntaxKind ClassifyWord(int start, int end)
    {
        var word = _text[start..end];
        switch (word)
        {
            case [(byte)'t', (byte)'r', (byte)'u', (byte)'e']:
                return SyntaxKind.True;
            case [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e']:
                return SyntaxKind.False;
            case [(byte)'n', (byte)'u', (byte)'l', (byte)'l']:
                return SyntaxKind.Null;
        }

        if (word[0] is (byte)'-' or (byte)'+' or (byte)'.' || char.IsAsciiDigit((char)word[0]))
        {
            if (JsonNumberGrammar.IsNumber(word))
            {
                return SyntaxKind.Number;
            }

            _builder.AddError(DiagnosticCatalog.InvalidNumber, start, end, $"`{Shorten(word)}` is not a number of JSON; {JsonNumberGrammar.Explain(word)}.");
            return SyntaxKind.Invalid;
        }

        var text = Shorten(word);
        var literal = text.ToUpperInvariant() switch { "TRUE" => "true", "FALSE" => "false", "NULL" or "NONE" or "NIL" or "UNDEFINED" => "null", _ => null };
        var hint = literal is null ? "put text in double quotes" : $"write `{literal}`";
        _builder.AddError(
            DiagnosticCatalog.InvalidLiteral,
            start,
            end,
            $"`{text}` is not a value; {hint}.",
            data: new DiagnosticData { Suggestions = literal is null ? [] : [literal] });
        return SyntaxKind.Invalid;
    }

    /// <summary>End of a run of characters that no token starts with.</summary>
    public int ScanGarbage(int at)
    {
        var length = _text[(at + 1)..].IndexOfAny(Delimiters);
        return length < 0 ? _text.Length : at + 1 + length;
    }

    public static string Shorten(ReadOnlySpan<byte> text) => text.Length <= 40 ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..36]) + "…";

    private static byte[] Controls()
    {
        var controls = new byte[0x20];
        for (var c = 0; c < controls.Length; c++)
        {
            controls[c] = (byte)c;
        }

        return controls;
    }

    private int ScanComment(int at)
    {
        if (_text[at + 1] == (byte)'/')
        {
            var line = _text[at..].IndexOfAny((byte)'\n', (byte)'\r');
            return line < 0 ? _text.Length : at + line;
        }

        var end = _text[(at + 2)..].IndexOf("*/"u8);
        if (end >= 0)
        {
            return at + 2 + end + 2;
        }

        _builder.AddError(DiagnosticCatalog.UnterminatedComment, at, at + 2, "The comment is not closed; insert `*/`.");
        return _text.Length;
    }

    /// <summary>End of the conflict marker line that starts here (git writes seven equal characters at the start of a line), or 0.</summary>
    private int ConflictMarkerEnd(int at)
    {
        const int Length = 7;
        if ((at > 0 && _text[at - 1] is not ((byte)'\n' or (byte)'\r')) || _text.Length - at < Length || _text.Slice(at, Length).ContainsAnyExcept(_text[at]))
        {
            return 0;
        }

        var rest = _text[(at + Length)..];
        if (!rest.IsEmpty && rest[0] is not ((byte)' ' or (byte)'\n' or (byte)'\r'))
        {
            return 0;
        }

        var line = rest.IndexOfAny((byte)'\n', (byte)'\r');
        return line < 0 ? _text.Length : at + Length + line;
    }

    private int ScanEscape(int at, ref NodeFlags flags)
    {
        flags |= NodeFlags.HasEscapes;
        var length = StringEscapes.ValidLength(_text[at..]);
        if (length > 0)
        {
            return at + length;
        }

        // The character behind the backslash is skipped too, unless it ends the line: `"C:\"` is then one unterminated string, as everywhere.
        var end = at + 1 < _text.Length && _text[at + 1] is not ((byte)'\n' or (byte)'\r') ? at + 2 : at + 1;
        while (end < _text.Length && (_text[end] & 0xC0) == 0x80)
        {
            end++;
        }

        _builder.AddError(DiagnosticCatalog.InvalidEscape, at, end, $"`{Shorten(_text[at..end])}` is not an escape of JSON; write `\\\\` for a backslash.");
        return end;
    }

    private int ScanControls(int at)
    {
        var start = at;
        while (at < _text.Length && _text[at] < 0x20 && _text[at] is not ((byte)'\n' or (byte)'\r'))
        {
            at++;
        }

        var escape = _text[start] == (byte)'\t' ? "\\t" : $"\\u{_text[start]:x4}";
        _builder.AddError(DiagnosticCatalog.ControlCharacter, start, at, $"A string cannot hold a raw control character; write `{escape}`.");
        return at;
    }
}
