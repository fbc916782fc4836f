using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax.Json;

/// <summary>How the parser goes on where the text departs from the grammar, and what it says about it.</summary>
public ref partial struct JsonParser
{
    /// <summary>A token that cannot stand here: a bracket of an outer container ends the current one, anything else is skipped.</summary>
    private void Stray(byte c)
    {
        if ((c == (byte)'}' && _openObjects > 0) || (c == (byte)']' && _openArrays > 0))
        {
            if (_expectation is Expectation.Colon or Expectation.PropertyValue)
            {
                MissingValue(_lastEnd - 1, _lastEnd);
                ValueDone();
                return;
            }

            ReportUnterminated(_lastEnd, 1);
            CountClosed();
            _builder.Close(_lastEnd, NodeFlags.Unterminated);
            ValueDone();
            return;
        }

        Skip();
    }

    private void Skip()
    {
        var end = TokenEnd();
        if (!_sawEnd)
        {
            _builder.AddError(DiagnosticCatalog.UnexpectedToken, _at, end, $"`{JsonScanner.Shorten(_text[_at..end])}` is not expected here; remove it.");
        }

        // A colon behind a value announces another value (`"a": "b": 1`); reading on would blame that one for a missing comma and name.
        if (_text[_at] == (byte)':' && _expectation == Expectation.PropertyEnd)
        {
            var stop = _text[end..].IndexOfAny(ValueEnds);
            end = stop < 0 ? _text.Length : end + stop;
            _lastBroken = true;
            _at = end;
            return;
        }

        Token(end, _lastBroken);
    }

    private void MissingValue(int start, int end)
    {
        _builder.AddError(DiagnosticCatalog.ExpectedValue, start, end, "A value is missing here.");
        AddMissing(_lastEnd);
    }

    private void AddMissing(int offset) => _builder.AddLeaf(SyntaxKind.Missing, offset, offset, NodeFlags.None);

    private void ReportMissingComma()
    {
        if (!_lastBroken && !_sawConflict)
        {
            _builder.AddError(DiagnosticCatalog.ExpectedComma, _lastEnd, _lastEnd, "A comma is missing behind this value.");
        }
    }

    /// <summary>Whether a name with its colon stands here, so that this cannot be the value that the property before it lacks.</summary>
    private readonly bool StartsProperty(byte c)
    {
        int end;
        if (c is (byte)'"' or (byte)'\'')
        {
            var rest = _text[(_at + 1)..];
            var stop = rest.IndexOfAny(c, (byte)'\n', (byte)'\r');
            if (stop < 0 || rest[stop] != c)
            {
                return false;
            }

            end = _at + 1 + stop + 1;
        }
        else if (JsonScanner.IsWord(c))
        {
            end = _scanner.ScanWord(_at);
        }
        else
        {
            return false;
        }

        var behind = _text[end..];
        var next = behind.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return next >= 0 && behind[next] == (byte)':';
    }

    private readonly bool LineBreakBefore() => _text[_lastEnd.._at].ContainsAny((byte)'\n', (byte)'\r');

    private void ReportUnterminated(int at, int count)
    {
        var isObject = _builder.CurrentKind == SyntaxKind.Object;
        var (descriptor, bracket, name) = isObject ? (DiagnosticCatalog.UnterminatedObject, '}', "object") : (DiagnosticCatalog.UnterminatedArray, ']', "array");
        var opening = new RelatedInformation(null, new TextSpan(_builder.CurrentStart, 1), $"The {name} starts here.");
        var others = count > 1 ? $" {count - 1} more around it are not closed either." : "";
        _builder.AddError(descriptor, Math.Max(_builder.CurrentStart, at - 1), at, $"The {name} is not closed; insert `{bracket}`.{others}", opening);
    }

    /// <summary>Closes everything at the end of the text; one error names the innermost open container.</summary>
    private void Finish()
    {
        if (_expectation == Expectation.Colon)
        {
            if (!_lastBroken)
            {
                _builder.AddError(DiagnosticCatalog.ExpectedColon, _lastEnd, _lastEnd, "A colon and a value must follow the name.");
            }

            AddMissing(_lastEnd);
            ValueDone();
        }
        else if (_expectation == Expectation.PropertyValue)
        {
            MissingValue(_lastEnd - 1, _lastEnd);
            ValueDone();
        }

        if (_openObjects + _openArrays > 0)
        {
            ReportUnterminated(_lastEnd, _openObjects + _openArrays);
        }

        while (_builder.Current != 0)
        {
            _builder.Close(_lastEnd, _builder.CurrentKind == SyntaxKind.Property ? NodeFlags.None : NodeFlags.Unterminated);
        }
    }

    private readonly void ReportInvalidEncoding()
    {
        if (Utf8.IsValid(_text))
        {
            return;
        }

        var at = 0;
        while (at < _text.Length && Rune.DecodeFromUtf8(_text[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        var end = Math.Min(_text.Length, at + 1);
        _builder.AddError(DiagnosticCatalog.InvalidEncoding, at, end, "The file is not UTF-8 at this place; save it with the encoding UTF-8.");
    }
}
