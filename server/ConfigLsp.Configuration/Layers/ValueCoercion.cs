using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Layers;

/// <summary>
/// The plain meanings of a value that the schema refuses: text without the blanks around it, the number that a text spells, the integer below a
/// fraction; and the empty path for an unsafe one. The schema decides which of them serves.
/// </summary>
internal static class ValueCoercion
{
    // Longer texts spell no number that a setting could mean, and would take long to work out.
    private const int MaxDigits = 400;

    /// <summary>What may be read instead of a value, best first.</summary>
    /// <param name="value">The value as it is written.</param>
    /// <param name="fault">What the schema has against it.</param>
    public static IEnumerable<SyntaxTree> Candidates(SyntaxNode value, Diagnostic fault)
    {
        switch (value.Kind)
        {
            case SyntaxKind.String:
                var text = value.GetString();
                var trimmed = text.Trim();
                if (trimmed.Length != text.Length)
                {
                    yield return String(trimmed);
                }

                if (ParseNumber(trimmed) is { } number)
                {
                    yield return number;
                    if (Floor(number.Root) is { } whole)
                    {
                        yield return whole;
                    }
                }

                if (fault.Descriptor == DiagnosticCatalog.UnsafePath)
                {
                    // Refusing it as a whole would let a weaker layer's path take its place, which is not what was meant either.
                    yield return String(string.Empty);
                }

                break;
            case SyntaxKind.Number when Floor(value) is { } floor:
                yield return floor;
                break;
        }
    }

    private static SyntaxTree String(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonRendering.WriteText(text, output);
        return JsonParser.Parse(SourceText.FromUtf8(output.WrittenMemory));
    }

    private static SyntaxTree? ParseNumber(string text)
    {
        if (text.Length is 0 or > MaxDigits)
        {
            return null;
        }

        var tree = JsonParser.Parse(SourceText.From(text));
        return tree.Root.Kind == SyntaxKind.Number && tree.Errors.IsEmpty && tree.Comments.IsEmpty ? tree : null;
    }

    /// <summary>The largest integer that is not above a number with a fraction; null for an integer, and for a number with an exponent.</summary>
    private static SyntaxTree? Floor(SyntaxNode number)
    {
        var lexeme = number.RawText;
        var point = lexeme.IndexOf((byte)'.');
        if (point < 0 || lexeme.Length > MaxDigits || lexeme.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            return null;
        }

        var whole = BigInteger.Parse(Encoding.ASCII.GetString(lexeme[..point]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (lexeme[0] == '-' && lexeme[(point + 1)..].ContainsAnyExcept((byte)'0'))
        {
            whole--;
        }

        return JsonParser.Parse(SourceText.From(whole.ToString(CultureInfo.InvariantCulture)));
    }
}
