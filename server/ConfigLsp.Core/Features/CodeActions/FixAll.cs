using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.CodeActions;

/// <summary>
/// Makes all safe fixes of a document: those that change how it says something, not what it says. In passes, since one mended place can show
/// the next, until nothing is left to do. No pass is kept after which there are more errors, or not fewer findings. Where a quotation mark is missing,
/// or two changes meet, nobody knows what the text says, so that nothing is done on that line, or at all.
/// </summary>
/// <param name="options">How the document is validated.</param>
/// <param name="parse">Parses a text of the document's language.</param>
public sealed class FixAll(ValidationOptions options, Func<SourceText, SyntaxTree> parse)
{
    private const int MaxPasses = 20;
    private const int MaxValidations = 60;

    private readonly ValidationOptions _options = options with { MaxProblems = Math.Max(options.MaxProblems, TreeBuilder.MaxErrors) };
    private int _validations;

    /// <summary>The changes of the document's text; empty where there is nothing to mend.</summary>
    public ImmutableArray<TextChange> Fix(DocumentSnapshot snapshot, CancellationToken cancellation)
    {
        _validations = 0;
        if (snapshot.Tree.Errors.Any(static error => error.Descriptor == DiagnosticCatalog.MergeConflict))
        {
            return [];
        }

        var composition = new ChangeComposition(snapshot.Text);
        var state = Check(snapshot, cancellation);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var edits = Find(state, cancellation);
            if (edits.Count == 0 || Apply(state, edits, composition, cancellation) is not { } next)
            {
                break;
            }

            state = next;
        }

        return composition.ToChanges();
    }

    private State Check(DocumentSnapshot snapshot, CancellationToken cancellation)
    {
        _validations++;
        var found = DocumentValidation.Validate(snapshot, _options, cancellation);
        return new State(snapshot, found.Diagnostics, found.Diagnostics.Count(static d => d.Severity == DiagnosticSeverity.Error), found.HasMore);
    }

    private static List<ActionEdit> Find(State state, CancellationToken cancellation)
    {
        var fix = new FixContext(state.Snapshot, state.Findings, safeOnly: true, cancellation);
        var edits = new List<ActionEdit>();
        var removals = new Dictionary<SyntaxNode, List<SyntaxNode>>();
        var unclear = LinesWithOpenStrings(state.Snapshot);
        foreach (var finding in state.Findings)
        {
            if (unclear.Count > 0 && unclear.Contains(state.Snapshot.Text.Lines.GetLine(finding.Span.Start)))
            {
                continue;
            }

            fix.Actions.Clear();
            QuickFixes.Add(fix, finding);
            if (fix.Actions.Count == 0)
            {
                continue;
            }

            if (fix.Actions[0].Edit is not ActionEdit.ItemRemoval removal)
            {
                edits.Add(fix.Actions[0].Edit);
                continue;
            }

            // The removals from one container are planned together, for they share commas.
            var container = removal.Items[0].Parent;
            if (!removals.TryGetValue(container, out var items))
            {
                removals.Add(container, items = []);
            }

            items.AddRange(removal.Items);
        }

        edits.AddRange(removals.Values.Select(static items => new ActionEdit.ItemRemoval([.. items.Distinct()])));
        return edits;
    }

    /// <summary>One quotation mark too many or too few turns the names and values of its line inside out.</summary>
    private static HashSet<int> LinesWithOpenStrings(DocumentSnapshot snapshot) =>
        [.. snapshot.Tree.Errors.Where(static error => error.Descriptor == DiagnosticCatalog.UnterminatedString).Select(error => snapshot.Text.Lines.GetLine(error.Span.Start))];

    /// <summary>Applies the edits, and where all together are no improvement, each half of them by itself; null if nothing improves the text.</summary>
    private State? Apply(State state, List<ActionEdit> edits, ChangeComposition composition, CancellationToken cancellation)
    {
        var changes = Combine(state.Snapshot, edits);
        if (changes.IsEmpty || _validations >= MaxValidations)
        {
            return null;
        }

        var old = state.Snapshot;
        var tree = parse(old.Text.WithChanges(changes.AsSpan()));
        var next = Check(new DocumentSnapshot(old.Uri, old.Version, tree, old.Schema, old.Dialect, schemaMayOverride: false), cancellation);
        if (next.Errors <= state.Errors && (next.Findings.Length < state.Findings.Length || state.HasMore))
        {
            composition.Add(changes);
            return next;
        }

        if (edits.Count < 2)
        {
            return null;
        }

        // Behind a change the other half's places would be wrong, so it waits for the next pass.
        return Apply(state, edits[..(edits.Count / 2)], composition, cancellation) ?? Apply(state, edits[(edits.Count / 2)..], composition, cancellation);
    }

    /// <summary>The changes of all edits, without those that touch one before them; these follow in the next pass.</summary>
    private static ImmutableArray<TextChange> Combine(DocumentSnapshot snapshot, List<ActionEdit> edits)
    {
        var groups = edits.Select(edit => CodeActionFeature.Resolve(snapshot, edit)).Where(static changes => !changes.IsEmpty).OrderBy(static changes => changes[0].Span.Start);
        var combined = ImmutableArray.CreateBuilder<TextChange>();
        var end = -1;
        foreach (var group in groups)
        {
            if (group[0].Span.Start > end)
            {
                combined.AddRange(group);
                end = group[^1].Span.End;
            }
        }

        return combined.DrainToImmutable();
    }

    private sealed record State(DocumentSnapshot Snapshot, ImmutableArray<Diagnostic> Findings, int Errors, bool HasMore);
}
