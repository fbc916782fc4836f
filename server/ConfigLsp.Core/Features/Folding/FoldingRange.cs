namespace ConfigLsp.Core.Features.Folding;

/// <summary>Lines of which only the first is shown when they are folded.</summary>
/// <param name="StartLine">The first line, zero-based.</param>
/// <param name="EndLine">The last line that disappears.</param>
/// <param name="Kind">What is folded.</param>
public readonly record struct FoldingRange(int StartLine, int EndLine, FoldingKind Kind);

/// <summary>What is folded.</summary>
public enum FoldingKind
{
    Object,
    Array,

    /// <summary>A block comment, or comments on successive lines.</summary>
    Comment,

    /// <summary>From <c>#region</c> to <c>#endregion</c>.</summary>
    Region,
}
