using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>What came of an edit: the new text, or a reason why there is none.</summary>
public abstract record EditResult
{
    private EditResult()
    {
    }

    /// <summary>The edit is done and verified.</summary>
    /// <param name="Changes">What changes in the original text, by offset, without overlaps.</param>
    /// <param name="Text">The new text; the original one where nothing changes.</param>
    /// <param name="Tree">The tree of <paramref name="Text"/>.</param>
    /// <param name="IsNoChange">Whether the document already says what was asked for; then <paramref name="Changes"/> is empty.</param>
    public sealed record Applied(ImmutableArray<TextChange> Changes, SourceText Text, SyntaxTree Tree, bool IsNoChange) : EditResult;

    /// <summary>Nothing is changed.</summary>
    /// <param name="Kind">The reason.</param>
    /// <param name="Message">What is wrong and what to do. It names keys, never values.</param>
    /// <param name="Where">The place in the original text, where there is one.</param>
    public sealed record Refused(EditRefusal Kind, string Message, TextSpan? Where) : EditResult
    {
        /// <summary>Which of several edits was refused, counted from 0.</summary>
        public int EditIndex { get; init; }
    }
}

/// <summary>Why an edit is refused.</summary>
public enum EditRefusal
{
    /// <summary>The new value is not exactly one value of strict JSON, or nested too deeply.</summary>
    InvalidValue,

    /// <summary>The path is too long, or empty where it must name something.</summary>
    InvalidPath,

    /// <summary>Something that is not an object stands where the path has a key.</summary>
    NotAnObject,

    /// <summary>Something that is not an array stands where the path has an index, or where an element was to be inserted.</summary>
    NotAnArray,

    /// <summary>There is no such element, or no such array.</summary>
    NotFound,

    /// <summary>The document is broken at the very place of the edit. Errors elsewhere do not matter.</summary>
    SyntaxError,

    /// <summary>The new text would exceed <see cref="SourceText.MaxLength"/>.</summary>
    TooLarge,

    /// <summary>
    /// The new text would not say exactly what was asked for. Broken text around the place causes it; nothing is written on a guess.
    /// </summary>
    NotVerified,
}
