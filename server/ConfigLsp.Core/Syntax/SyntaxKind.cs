namespace ConfigLsp.Core.Syntax;

/// <summary>What a <see cref="SyntaxNode"/> is. The kinds are shared by all languages; none is specific to JSON.</summary>
public enum SyntaxKind : byte
{
    /// <summary>No node (the default of <see cref="SyntaxNode"/>).</summary>
    None,

    /// <summary>The whole text; its children are the top-level values, normally one.</summary>
    Document,
    Object,
    Array,

    /// <summary>A name with its value, which is its only child.</summary>
    Property,
    String,
    Number,
    True,
    False,
    Null,

    /// <summary>An empty place where the grammar demands a value.</summary>
    Missing,

    /// <summary>Text that stands where a value should, but is none (an unknown word, a malformed number).</summary>
    Invalid,
}
