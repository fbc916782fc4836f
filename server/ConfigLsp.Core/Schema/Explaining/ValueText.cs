using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Shows values and types in messages.</summary>
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

    /// <summary>A scalar as JSON, shortened to 60 characters; a container by its type.</summary>
    public static string Show(SyntaxNode value) => value.Kind switch
    {
        SyntaxKind.Object => value.ChildCount == 0 ? "{}" : "an object",
        SyntaxKind.Array => value.ChildCount == 0 ? "[]" : "an array",
        SyntaxKind.Property => $"\"{Shorten(value.GetString())}\"",
        _ => Shorten(Encoding.UTF8.GetString(Head(value.RawText))),
    };

    /// <summary>A value as compact JSON for programs, or null if it is long.</summary>
    public static string? Json(SyntaxNode value) => value.Span.Length <= 200 ? Encoding.UTF8.GetString(value.RawText) : null;

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
        var names = new List<string>();
        foreach (var (type, name) in TypeNames)
        {
            if ((types & type) != 0 && (type != InstanceTypes.Integer || (types & InstanceTypes.Number) == 0))
            {
                names.Add(name);
            }
        }

        return names.Count == 0 ? "nothing" : Join(names, "or");
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
        parts.Count <= 10 ? Join(parts, conjunction) : string.Join(", ", parts.Take(9)) + $" {conjunction} {parts.Count - 9} others";

    /// <summary>The text, cut to 60 characters with an ellipsis, control characters made visible.</summary>
    public static string Shorten(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            text = string.Concat(text.Select(static c => c < ' ' ? '\ufffd' : c));
        }

        if (text.Length <= MaxLength)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return text[..cut] + "…";
    }

    /// <summary>Number with its noun: <c>1 item</c>, <c>2 items</c>.</summary>
    public static string Count(long count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, MaxLength * 4)];
}
