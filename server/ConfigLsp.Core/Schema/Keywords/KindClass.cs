using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>Numbers the six kinds of JSON values, to index <see cref="SchemaNode.KeywordsByKind"/>.</summary>
internal static class KindClass
{
    public const int Count = 6;

    public static readonly Keyword[][] NoKeywords = [[], [], [], [], [], []];

    /// <summary>The index of a kind of value, or -1 for a gap.</summary>
    public static int Of(SyntaxKind kind) => kind switch
    {
        SyntaxKind.Null => 0,
        SyntaxKind.True or SyntaxKind.False => 1,
        SyntaxKind.Object => 2,
        SyntaxKind.Array => 3,
        SyntaxKind.Number => 4,
        SyntaxKind.String => 5,

        // A property stands for its name where propertyNames is evaluated; nowhere else is it an instance.
        SyntaxKind.Property => 5,
        _ => -1,
    };

    /// <summary>The bytes of a string, or of the name that a property stands for.</summary>
    public static int LengthOf(SyntaxNode instance) => instance.Kind == SyntaxKind.Property ? instance.NameSpan.Length : instance.Span.Length;

    /// <summary>The type with the index <paramref name="kindClass"/>.</summary>
    public static InstanceTypes TypeOf(int kindClass) => (InstanceTypes)(1 << kindClass);
}
