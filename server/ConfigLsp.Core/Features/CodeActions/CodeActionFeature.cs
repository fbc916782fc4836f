using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>What can be done about findings, and at a place.</summary>
public static class CodeActionFeature
{
    /// <summary>Findings of one request that are looked at; a person chooses among few.</summary>
    private const int MaxFindings = 50;

    /// <summary>Bytes of a broken text up to which an edit is tried before it is offered.</summary>
    private const int MaxTried = 64 * 1024;

    /// <summary>The fixes of the findings that touch a span, in their order. Edits of them are not made yet.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="findings">All findings of it.</param>
    /// <param name="span">The place.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<CodeAction> QuickFixesAt(DocumentSnapshot snapshot, ImmutableArray<Diagnostic> findings, TextSpan span, CancellationToken cancellation) =>
        QuickFixesOf(snapshot, findings, findings.Where(f => f.Span.IntersectsWith(span)), cancellation);

    /// <summary>The fixes of some of a document's findings.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="findings">All findings of it.</param>
    /// <param name="chosen">Those that are to be mended.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<CodeAction> QuickFixesOf(
        DocumentSnapshot snapshot, ImmutableArray<Diagnostic> findings, IEnumerable<Diagnostic> chosen, CancellationToken cancellation)
    {
        var fix = new FixContext(snapshot, findings, safeOnly: false, cancellation);
        foreach (var finding in chosen.Take(MaxFindings))
        {
            QuickFixes.Add(fix, finding);
        }

        // Neighbouring findings may be mended by the same change, such as adding all missing keys.
        return [.. fix.Actions.DistinctBy(static action => (action.Title, Start(action.Edit), action.Diagnostic!.Data?.Path)).Where(action => CanBeMade(snapshot, action.Edit, cancellation))];
    }

    /// <summary>What can be done with the object around a caret.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="findings">All findings of it.</param>
    /// <param name="span">The place.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<CodeAction> RewritesAt(DocumentSnapshot snapshot, ImmutableArray<Diagnostic> findings, TextSpan span, CancellationToken cancellation)
    {
        var node = snapshot.Tree.FindNode(span.Start);
        while (node.Kind is not (SyntaxKind.Object or SyntaxKind.Document))
        {
            node = node.Parent;
        }

        if (node.Kind == SyntaxKind.Document)
        {
            return [];
        }

        var path = node.GetPointer();
        if (findings.FirstOrDefault(f => f.Descriptor == DiagnosticCatalog.MissingKey && f.Data?.Path == path) is not { } missing)
        {
            return [];
        }

        var fix = new FixContext(snapshot, findings, safeOnly: false, cancellation) { Current = missing };
        KeyFixes.AddAll(fix, node, path, CodeActionKind.Rewrite);
        return [.. fix.Actions.Where(action => CanBeMade(snapshot, action.Edit, cancellation))];
    }

    /// <summary>The changes that an action makes; none where the text around is too broken to make them without harm.</summary>
    public static ImmutableArray<TextChange> Resolve(DocumentSnapshot snapshot, ActionEdit edit) => edit switch
    {
        ActionEdit.Direct direct => direct.Changes,
        ActionEdit.Structural structural => SettingsEditor.ApplyAll(snapshot.Tree, structural.Edits, EditOptions.Default) is EditResult.Applied applied ? applied.Changes : [],
        ActionEdit.ItemRemoval removal => Remove(removal.Items),
        ActionEdit.Move move => PropertyMove.Changes(move.Property, NodePath.Of(move.Property), move.Place),
        _ => [],
    };

    /// <summary>Removes items of one container.</summary>
    internal static ImmutableArray<TextChange> Remove(ImmutableArray<SyntaxNode> items)
    {
        var wanted = items.Select(static item => item.Index).ToHashSet();
        var positions = ImmutableArray.CreateBuilder<int>();
        var siblings = new Siblings(items[0].Parent);
        for (var i = 0; i < siblings.Count; i++)
        {
            if (wanted.Contains(siblings[i].Index))
            {
                positions.Add(i);
            }
        }

        var plan = Soundness.CheckClosed(siblings.Container) is { } open ? open : Removal.Of(siblings, positions.DrainToImmutable());
        return plan.Refusal is null ? plan.Changes : [];
    }

    /// <summary>Whether making the edit would not be refused, as far as that is cheap to know: a broken text is parsed again for it.</summary>
    private static bool CanBeMade(DocumentSnapshot snapshot, ActionEdit edit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return edit is ActionEdit.Direct || snapshot.Tree.Errors.IsEmpty || snapshot.Text.Length > MaxTried || !Resolve(snapshot, edit).IsEmpty;
    }

    private static int Start(ActionEdit edit) => edit switch
    {
        ActionEdit.Direct direct => direct.Changes[0].Span.Start,
        ActionEdit.ItemRemoval removal => removal.Items[0].Index,
        _ => -1,
    };
}
