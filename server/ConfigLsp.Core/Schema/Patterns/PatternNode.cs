namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>A parsed regular expression of ECMA-262 (section 22.2, with the flag <c>u</c>).</summary>
internal abstract record PatternNode
{
    /// <summary>One code point of a set.</summary>
    internal sealed record Set(CodePointSet CodePoints) : PatternNode;

    /// <summary>One after the other; empty matches the empty text.</summary>
    internal sealed record Sequence(IReadOnlyList<PatternNode> Items) : PatternNode;

    /// <summary>One of several.</summary>
    internal sealed record Choice(IReadOnlyList<PatternNode> Items) : PatternNode;

    /// <summary>Repetition; <paramref name="Max"/> is -1 without a limit.</summary>
    internal sealed record Repeat(PatternNode Item, int Min, int Max, bool IsLazy) : PatternNode;

    /// <summary>A capturing group.</summary>
    internal sealed record Group(PatternNode Item, int Number) : PatternNode;

    internal sealed record Anchor(AnchorKind Kind) : PatternNode;

    internal sealed record Look(PatternNode Item, bool IsBehind, bool IsNegative) : PatternNode;

    internal sealed record BackReference(int Number) : PatternNode;
}

/// <summary>Places that a pattern can demand.</summary>
internal enum AnchorKind
{
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
}
