using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.SemanticTokens;

/// <summary>A key with what the schema knows about it.</summary>
/// <param name="Span">The key with its quotes.</param>
/// <param name="Facts">What is to be shown.</param>
public readonly record struct SemanticToken(TextSpan Span, KeyFacts Facts);

/// <summary>What a schema says about a key.</summary>
[Flags]
public enum KeyFacts
{
    /// <summary>The key is known.</summary>
    None = 0,

    /// <summary>The key should no longer be used.</summary>
    Deprecated = 1,

    /// <summary>The schema names keys, and not this one.</summary>
    Unknown = 2,
}
