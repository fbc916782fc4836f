using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>A change that a person may choose to have made.</summary>
/// <param name="Title">What will happen, in a few words; never the value of a secret.</param>
/// <param name="Kind">What sort of change it is.</param>
/// <param name="Edit">How it is made.</param>
public sealed record CodeAction(string Title, CodeActionKind Kind, ActionEdit Edit)
{
    /// <summary>The finding that it mends, or null.</summary>
    public Diagnostic? Diagnostic { get; init; }

    /// <summary>Whether it is the one obvious thing to do.</summary>
    public bool IsPreferred { get; init; }

    /// <summary>Whether it leaves what the document says as it is, so that it may be made without asking, together with all others of its kind.</summary>
    public bool IsSafe { get; init; }
}

/// <summary>The sorts of code actions (LSP 3.16, <c>CodeActionKind</c>).</summary>
public enum CodeActionKind
{
    /// <summary>Mends one finding.</summary>
    QuickFix,

    /// <summary>Rewrites a part of the document.</summary>
    Rewrite,
}

/// <summary>How a code action changes the text. Made into changes only when it is asked for, see <see cref="CodeActionFeature.Resolve"/>.</summary>
public abstract record ActionEdit
{
    private ActionEdit()
    {
    }

    /// <summary>Changes of the text.</summary>
    public sealed record Direct(ImmutableArray<TextChange> Changes) : ActionEdit;

    /// <summary>Edits of values, which keep comments and layout and are verified.</summary>
    public sealed record Structural(ImmutableArray<SettingsEdit> Edits) : ActionEdit;

    /// <summary>Removes properties or items of one container, each by itself even where its name is duplicated.</summary>
    public sealed record ItemRemoval(ImmutableArray<SyntaxNode> Items) : ActionEdit;

    /// <summary>Moves a property to a free place, with its comments.</summary>
    public sealed record Move(SyntaxNode Property, ImmutableArray<PathSegment> Place) : ActionEdit;
}
