using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Shows values and types in messages. Values are shown as JSON, keys and patterns in back quotes.</summary>
internal static class ValueText
{
    private const int MaxLength = 60;

    private static readonly (InstanceTypes Type, string Name)[] TypeNames =
    [
        (InstanceTypes.String, "a string"),
        (InstanceTypes.Number, "a number"),
        (InstanceTypes.Integer, "an integer"),
        (InstanceTypes.Boolean, "a boolean"),
        (InstanceTypes.Array, "an array"),
        (InstanceTypes.Object, "an object"),
        (InstanceTypes.Null, "null"),
    ];

    /// <summary>A value as JSON, shortened to 60 characters; a container that is longer by its type.</summary>
    public static string Show(SyntaxNode value) => value.Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array => Compact(value) ?? (value.Kind == SyntaxKind.Object ? "an object" : "an array"),
        SyntaxKind.Property => $"\"{Shorten(value.GetString())}\"",
        SyntaxKind.String => Quoted(Encoding.UTF8.GetString(Head(value.RawText))),
        _ => Shorten(Encoding.UTF8.GetString(Head(value.RawText))),
    };

    /// <summary>A value as compact JSON for programs, or null if it is long.</summary>
    public static string? Json(SyntaxNode value) => value.Span.Length <= 200 ? Encoding.UTF8.GetString(value.RawText) : null;

    /// <summary>A key as messages show it.</summary>
    public static string Key(string key) => key.Length == 0 ? "`\"\"`" : $"`{Shorten(key)}`";

    /// <summary>The type of a value with its article.</summary>
    public static string TypeOf(SyntaxNode value) => value.Kind switch
    {
        SyntaxKind.Object => "an object",
        SyntaxKind.Array => "an array",
        SyntaxKind.Number => NumberText.IsInteger(value.RawText, allowZeroFraction: true) ? "an integer" : "a number with a fraction",
        SyntaxKind.Null => "null",
        SyntaxKind.True or SyntaxKind.False => "a boolean",
        _ => "a string",
    };

    /// <summary>Types as prose: <c>a string or a number</c>.</summary>
    public static string Types(InstanceTypes types)
    {
        var names = TypeList(types);
        return names.Count == 0 ? "nothing" : Join(names, "or");
    }

    /// <summary>Types by name, each with its article.</summary>
    public static List<string> TypeList(InstanceTypes types)
    {
        var names = new List<string>();
        foreach (var (type, name) in TypeNames)
        {
            if ((types & type) != 0 && (type != InstanceTypes.Integer || (types & InstanceTypes.Number) == 0))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>A list as prose: <c>a, b or c</c>.</summary>
    public static string Join(IReadOnlyList<string> parts, string conjunction) => parts.Count switch
    {
        0 => string.Empty,
        1 => parts[0],
        _ => string.Join(", ", parts.Take(parts.Count - 1)) + " " + conjunction + " " + parts[^1],
    };

    /// <summary>At most the first ten parts of a list as prose.</summary>
    public static string JoinSome(IReadOnlyList<string> parts, string conjunction) =>
        parts.Count <= 10 ? Join(parts, conjunction) : string.Join(", ", parts.Take(9)) + $" {conjunction} {parts.Count - 9} more";

    /// <summary>The text, cut to 60 characters with an ellipsis, and without characters that could disarrange the message around it.</summary>
    public static string Shorten(string text)
    {
        var clean = Clean(text);
        return clean.Length <= MaxLength ? clean : Cut(clean, MaxLength - 1) + "…";
    }

    /// <summary>Number with its noun: <c>1 item</c>, <c>2 items</c>.</summary>
    public static string Count(long count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";

    /// <summary>A sentence, closed by a full stop if nothing else closes it.</summary>
    public static string Sentence(string text) => text.TrimEnd() is [.., '.' or '!' or '?' or '…' or ':' or ')'] closed ? closed : text.TrimEnd() + ".";

    private static string Quoted(string raw)
    {
        var clean = Clean(raw);
        return clean.Length <= MaxLength ? clean : Cut(clean, MaxLength - 2) + "…\"";
    }

    /// <summary>The beginning of a text, at most this long and never ending within what is seen as one character.</summary>
    private static string Cut(string text, int length)
    {
        var end = 0;
        while (end < length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > length)
            {
                break;
            }

            end = next;
        }

        return text[..(end == 0 ? length : end)];
    }

    private static string? Compact(SyntaxNode value)
    {
        var raw = value.RawText;
        return raw.Length <= MaxLength && raw.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? Clean(Encoding.UTF8.GetString(raw)) : null;
    }

    private static string Clean(string text) => text.Any(Disarranges) ? string.Concat(text.Select(static c => Disarranges(c) ? '\ufffd' : c)) : text;

    /// <summary>Control characters, line ends, and what changes the direction of the text behind it.</summary>
    private static bool Disarranges(char c) => char.IsControl(c)
        || c is '\u2028' or '\u2029' or '\u200e' or '\u200f' or '\u061c' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, MaxLength * 4)];
}
