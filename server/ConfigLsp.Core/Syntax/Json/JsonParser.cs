using System.Buffers;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax.Json;

/// <summary>
/// Parses JSON and JSON with comments (RFC 8259, plus comments and trailing commas, which <see cref="SyntaxRules"/> judges later). Never fails
/// and never throws: every text gives a tree, and what is wrong is in <see cref="SyntaxTree.Errors"/>. Iterative, in time linear in the text.
/// </summary>
public ref partial struct JsonParser
{
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(",{}[]\"\r\n"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly TreeBuilder _builder;
    private readonly JsonScanner _scanner;
    private readonly SourceText _source;

    private int _at;
    private Expectation _expectation;
    private int _openObjects;
    private int _openArrays;

    /// <summary>End of the last token, where a missing comma or colon belongs.</summary>
    private int _lastEnd;

    /// <summary>Offset of the comma before the current token, or -1.</summary>
    private int _comma = -1;

    /// <summary>The last token was cut off, so what seems to be missing behind it is probably inside it.</summary>
    private bool _lastBroken;

    private bool _sawConflict;
    private bool _sawEnd;

    private JsonParser(SourceText source, TreeBuilder builder)
    {
        _source = source;
        _text = source.Span;
        _builder = builder;
        _scanner = new JsonScanner(_text, _builder);
    }

    /// <summary>What the grammar has next.</summary>
    private enum Expectation
    {
        TopLevelValue,
        Element,
        ElementEnd,
        Name,
        Colon,
        PropertyValue,
        PropertyEnd,
    }

    /// <summary>Parses a text of any content.</summary>
    public static SyntaxTree Parse(SourceText text)
    {
        var parser = new JsonParser(text, new TreeBuilder(text));
        parser.Run();
        return parser._builder.Build();
    }

    private void Run()
    {
        ReportInvalidEncoding();
        _at = _source.HasByteOrderMark ? 3 : 0;
        while (ReadToken())
        {
        }

        Finish();
    }

    /// <summary>Goes on by a token; false at the end of the text.</summary>
    private bool ReadToken()
    {
        _sawConflict = false;
        _at = _scanner.SkipTrivia(_at, ref _sawConflict);
        if (_at >= _text.Length)
        {
            return false;
        }

        var c = _text[_at];
        switch (_expectation)
        {
            case Expectation.TopLevelValue:
                TopLevel(c);
                break;
            case Expectation.Element:
                Element(c);
                break;
            case Expectation.ElementEnd:
                ElementEnd(c);
                break;
            case Expectation.Name:
                Name(c);
                break;
            case Expectation.Colon:
                Colon(c);
                break;
            case Expectation.PropertyValue:
                PropertyValue(c);
                break;
            default:
                PropertyEnd(c);
                break;
        }

        return true;
    }

    private void TopLevel(byte c)
    {
        if (_builder.CurrentExtent > 0 && !_sawEnd && StartsValue(c))
        {
            _sawEnd = true;
            _builder.AddError(DiagnosticCatalog.ExpectedEndOfFile, _at, TokenEnd(), "The file holds one top-level value; remove what follows it.");
        }

        if (!Value(c))
        {
            Skip();
        }
    }

    private void Element(byte c)
    {
        switch (c)
        {
            case (byte)']':
                CloseContainer();
                break;
            case (byte)',':
                MissingValue(_at, _at + 1);
                _expectation = Expectation.ElementEnd;
                break;
            default:
                if (!Value(c))
                {
                    Stray(c);
                }

                break;
        }
    }

    private void ElementEnd(byte c)
    {
        switch (c)
        {
            case (byte)',':
                Comma(Expectation.Element);
                break;
            case (byte)']':
                CloseContainer();
                break;
            default:
                if (StartsValue(c))
                {
                    ReportMissingComma();
                    _comma = -1;
                    _expectation = Expectation.Element;
                }
                else
                {
                    Stray(c);
                }

                break;
        }
    }

    private void Name(byte c)
    {
        switch (c)
        {
            case (byte)'}':
                CloseContainer();
                break;
            case (byte)'"' or (byte)'\'':
                var end = _scanner.ScanString(_at, out var flags);
                OpenProperty(end, flags);
                break;
            case (byte)',':
                _builder.AddError(DiagnosticCatalog.ExpectedPropertyName, _at, _at + 1, "A property is missing before the comma; remove the comma or write a name and a value.");
                Token(_at + 1);
                break;
            case (byte)':' or (byte)'{' or (byte)'[':
                _builder.AddError(DiagnosticCatalog.ExpectedPropertyName, _at, _at + 1, "A value of an object needs a name in double quotes before it.");
                _builder.OpenProperty(_at, _at, NodeFlags.Unquoted);
                _expectation = Expectation.PropertyValue;
                if (c == (byte)':')
                {
                    Token(_at + 1);
                }

                break;
            default:
                if (!JsonScanner.IsWord(c))
                {
                    Stray(c);
                    break;
                }

                var wordEnd = _scanner.ScanWord(_at);
                _builder.AddError(DiagnosticCatalog.UnquotedKey, _at, wordEnd, $"Names stand in double quotes; write `\"{JsonScanner.Shorten(_text[_at..wordEnd])}\"`.");
                OpenProperty(wordEnd, NodeFlags.Unquoted);
                break;
        }
    }

    private void Colon(byte c)
    {
        if (c == (byte)':')
        {
            Token(_at + 1);
            _expectation = Expectation.PropertyValue;
            return;
        }

        if (!StartsValue(c) && c is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            Stray(c);
            return;
        }

        if (!_lastBroken)
        {
            _builder.AddError(DiagnosticCatalog.ExpectedColon, _lastEnd, _lastEnd, "A colon and a value must follow the name.");
        }

        _expectation = Expectation.PropertyValue;
        if (!StartsValue(c) || StartsProperty(c))
        {
            AddMissing(_lastEnd);
            _lastBroken = true;
            ValueDone();
        }
    }

    private void PropertyValue(byte c)
    {
        if (c is (byte)',' or (byte)'}' or (byte)']' || (StartsProperty(c) && LineBreakBefore()))
        {
            MissingValue(_lastEnd - 1, _lastEnd);
            _lastBroken = true;
            ValueDone();
        }
        else if (!Value(c))
        {
            Stray(c);
        }
    }

    private void PropertyEnd(byte c)
    {
        switch (c)
        {
            case (byte)',':
                Comma(Expectation.Name);
                break;
            case (byte)'}':
                CloseContainer();
                break;
            default:
                if (c is (byte)'"' or (byte)'\'' || JsonScanner.IsWord(c))
                {
                    ReportMissingComma();
                }

                if (c is (byte)'{' or (byte)'[' || StartsValue(c))
                {
                    _comma = -1;
                    _expectation = Expectation.Name;
                }
                else
                {
                    Stray(c);
                }

                break;
        }
    }

    /// <summary>Reads a scalar or opens a container; false if nothing of the kind starts here.</summary>
    private bool Value(byte c)
    {
        switch (c)
        {
            case (byte)'{':
                _builder.Open(SyntaxKind.Object, _at);
                _openObjects++;
                _expectation = Expectation.Name;
                Token(_at + 1);
                return true;
            case (byte)'[':
                _builder.Open(SyntaxKind.Array, _at);
                _openArrays++;
                _expectation = Expectation.Element;
                Token(_at + 1);
                return true;
            case (byte)'"' or (byte)'\'':
                var end = _scanner.ScanString(_at, out var flags);
                _builder.AddLeaf(SyntaxKind.String, _at, end, flags);
                Token(end, (flags & NodeFlags.Unterminated) != 0);
                break;
            default:
                if (!JsonScanner.IsWord(c))
                {
                    return false;
                }

                var wordEnd = _scanner.ScanWord(_at);
                _builder.AddLeaf(_scanner.ClassifyWord(_at, wordEnd), _at, wordEnd, NodeFlags.None);
                Token(wordEnd);
                break;
        }

        ValueDone();
        return true;
    }

    /// <summary>Goes on behind a finished value as its parent demands.</summary>
    private void ValueDone()
    {
        switch (_builder.CurrentKind)
        {
            case SyntaxKind.Property:
                _builder.Close(_lastEnd);
                _expectation = Expectation.PropertyEnd;
                break;
            case SyntaxKind.Array:
                _expectation = Expectation.ElementEnd;
                break;
            default:
                _expectation = Expectation.TopLevelValue;
                break;
        }
    }

    private void OpenProperty(int nameEnd, NodeFlags flags)
    {
        _builder.OpenProperty(_at, nameEnd, flags);
        _expectation = Expectation.Colon;
        Token(nameEnd, (flags & NodeFlags.Unterminated) != 0);
    }

    private void Comma(Expectation next)
    {
        var comma = _at;
        Token(_at + 1);
        _comma = comma;
        _expectation = next;
    }

    /// <summary>Closes the current container with the bracket at the current offset.</summary>
    private void CloseContainer()
    {
        if (_comma >= 0)
        {
            _builder.AddTrailingComma(_comma);
        }

        CountClosed();
        _builder.Close(_at + 1);
        Token(_at + 1);
        ValueDone();
    }

    private void CountClosed()
    {
        if (_builder.CurrentKind == SyntaxKind.Object)
        {
            _openObjects--;
        }
        else
        {
            _openArrays--;
        }
    }

    private int TokenEnd()
    {
        var c = _text[_at];
        return c is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':' or (byte)'"' or (byte)'\'' ? _at + 1
            : JsonScanner.IsWord(c) ? _scanner.ScanWord(_at)
            : _scanner.ScanGarbage(_at);
    }

    private void Token(int end, bool broken = false)
    {
        _at = end;
        _lastEnd = end;
        _lastBroken = broken;
        _comma = -1;
    }

    private static bool StartsValue(byte c) => c is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'\'' || JsonScanner.IsWord(c);
}
