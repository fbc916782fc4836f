using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>The changes that should do what an edit asks for, not yet verified, or why there are none.</summary>
/// <param name="Changes">By offset; empty if the document already says so.</param>
/// <param name="Wanted">The new value; no node where something is removed.</param>
/// <param name="Refusal">The reason, in place of changes.</param>
internal readonly record struct EditPlan(ImmutableArray<TextChange> Changes, SyntaxNode Wanted, EditResult.Refused? Refusal)
{
    public static readonly EditPlan NoChange = new([], default, null);

    public static implicit operator EditPlan(EditResult.Refused refusal) => new([], default, refusal);

    public static EditPlan Refuse(EditRefusal kind, string message, TextSpan? where) => new EditResult.Refused(kind, message, where);
}
