using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>Tolerant reading of configuration from a tree: what is not of the expected type is as if it were not there.</summary>
internal static class SyntaxReading
{
    /// <summary>The value of a property, or no node.</summary>
    public static SyntaxNode Property(this SyntaxNode node, ReadOnlySpan<byte> name) => node.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The first elements of an array; none for anything else.</summary>
    public static IEnumerable<SyntaxNode> Elements(this SyntaxNode node, int max) =>
        node.Kind == SyntaxKind.Array ? node.Children.ToArray().Take(max) : [];

    public static string? Text(this SyntaxNode node) => node.Kind == SyntaxKind.String ? node.GetString() : null;

    /// <summary>The strings of an array, or the one string that stands in its place.</summary>
    public static IEnumerable<string> Texts(this SyntaxNode node) =>
        node.Text() is { } single ? [single] : node.Elements(int.MaxValue).Select(static e => e.Text()).OfType<string>();

    public static bool? Flag(this SyntaxNode node) => node.Kind switch
    {
        SyntaxKind.True => true,
        SyntaxKind.False => false,
        _ => null,
    };

    /// <summary>A whole number within bounds, however it is written (<c>1e3</c>).</summary>
    public static int? Integer(this SyntaxNode node, int min, int max) =>
        node.Number(min, max) is { } value && Math.Floor(value) == value ? (int)value : null;

    /// <summary>A number within bounds.</summary>
    public static double? Number(this SyntaxNode node, double min, double max) =>
        node.Kind == SyntaxKind.Number && double.TryParse(node.RawText, out var value) && value >= min && value <= max ? value : null;
}
