using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>
/// Changes a settings file as a careful person would: only the property or element asked for, in the style of its neighbours; comments, blanks,
/// number lexemes, byte order mark and line ends of everything else stay byte for byte. Every edit is verified before it is returned: the
/// new text is parsed and compared with the old one and with what was asked for. Pure, and linear in the size of the text.
/// </summary>
public static class SettingsEditor
{
    /// <summary>Makes one edit; costs one parse of the new text.</summary>
    public static EditResult Apply(SyntaxTree tree, SettingsEdit edit, EditOptions options)
    {
        var plan = EditPlanner.Plan(tree, edit, options);
        if (plan.Refusal is { } refusal)
        {
            return refusal;
        }

        if (plan.Changes.IsEmpty)
        {
            return new EditResult.Applied([], tree.Text, tree, IsNoChange: true);
        }

        if (tree.Text.Length + plan.Changes.Sum(static change => (long)change.NewText.Length - change.Span.Length) > SourceText.MaxLength)
        {
            return new EditResult.Refused(EditRefusal.TooLarge, $"The text would exceed {SourceText.MaxLength} bytes.", null);
        }

        var text = tree.Text.WithChanges(plan.Changes.AsSpan());
        var after = JsonParser.Parse(text);
        return EditVerification.Holds(tree, after, edit, plan.Wanted, plan.Changes)
            ? new EditResult.Applied(plan.Changes, text, after, IsNoChange: false)
            : new EditResult.Refused(
                EditRefusal.NotVerified,
                "The text around this place is broken in a way that changes what an edit would mean; mend its syntax errors first.",
                plan.Changes[0].Span);
    }

    /// <summary>
    /// Makes several edits, each on the result of those before; if one is refused, none is made. The changes are those of the original text, and
    /// there are none where the edits undo each other. Costs one parse for each edit that changes something.
    /// </summary>
    public static EditResult ApplyAll(SyntaxTree tree, ImmutableArray<SettingsEdit> edits, EditOptions options)
    {
        if (edits.Length > 1)
        {
            var style = new DocumentStyle(tree, options);
            options = options with { OriginalUnit = style.Unit(tree.Document), OriginalEndOfLine = style.EndOfLine(0) };
        }

        var composition = new ChangeComposition(tree.Text);
        var current = tree;
        for (var i = 0; i < edits.Length; i++)
        {
            switch (Apply(current, edits[i], options))
            {
                case EditResult.Applied applied:
                    composition.Add(applied.Changes);
                    current = applied.Tree;
                    break;
                case EditResult.Refused refused:
                    return refused with { EditIndex = i, Where = refused.Where is { } where ? composition.ToOriginal(where) : null };
            }
        }

        var changes = composition.ToChanges();
        return changes.IsEmpty
            ? new EditResult.Applied([], tree.Text, tree, IsNoChange: true)
            : new EditResult.Applied(changes, current.Text, current, IsNoChange: false);
    }
}
