using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Suppression;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>Finds everything wrong with a document. The editor, the command line and the service all ask here.</summary>
public static class DocumentValidation
{
    /// <summary>The findings about the text and about its values, by place and limited as the options say.</summary>
    public static DiagnosticSet Validate(DocumentSnapshot snapshot, ValidationOptions options, CancellationToken cancellationToken) =>
        Validate(snapshot, options, earlier: null, cancellationToken);

    /// <summary>The same after an edit: what the edit has not touched is not looked at again.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="options">What to find.</param>
    /// <param name="earlier">What the validation of an earlier version has left; null where nothing is to be remembered for the next.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static DiagnosticSet Validate(DocumentSnapshot snapshot, ValidationOptions options, ValidationMemory? earlier, CancellationToken cancellationToken)
    {
        // What is silenced must not use up the places of what is not.
        var suppressions = options.HonorsSuppressions ? Suppressions.Read(snapshot.Tree, cancellationToken) : null;
        var limit = suppressions is not null || options.Severities.ContainsValue(DiagnosticSeverity.Off) ? (int)Math.Min(options.MaxProblems * 10L, TreeBuilder.MaxErrors) : options.MaxProblems;

        // One more than wanted tells whether there are more.
        var duplicates = (earlier ?? ValidationMemory.Empty).FindDuplicates(snapshot.Tree, limit + 1, cancellationToken);
        var syntax = SyntaxRules.Collect(snapshot.Tree, snapshot.Dialect, limit + 1, duplicates);
        var memory = earlier is not null && snapshot.Schema is { } known
            ? EvaluationMemory.For(earlier.Evaluation, snapshot.Tree, known, options.Formats)
            : null;
        var evaluated = snapshot.Schema is { } schema && !snapshot.Tree.Root.IsNone
            ? SchemaEvaluator.Evaluate(snapshot.Tree, schema, new EvaluationOptions { Formats = options.Formats, MaxProblems = limit }, memory, cancellationToken)
            : null;
        var next = earlier is null ? null : new ValidationMemory(snapshot.Tree, duplicates, memory);

        var values = evaluated?.Diagnostics ?? [];
        if (snapshot.Schema is { } doubtful)
        {
            values = SchemaDialectFindings.Add(values, doubtful, snapshot.Tree);
        }

        var secrets = snapshot.Schema is { } marking && (!syntax.IsEmpty || evaluated is { Diagnostics.IsEmpty: false })
            ? SchemaEvaluator.FindSecrets(snapshot.Tree, marking)
            : [];
        syntax = SecretText.Remove(syntax, secrets);

        var merged = Merge(syntax, values, options.Severities);
        if (suppressions is not null)
        {
            var isComplete = evaluated is not { HasMore: true } && syntax.Length <= limit && !merged.Any(static d => d.Descriptor == DiagnosticCatalog.ValidationIncomplete || d.Descriptor == DiagnosticCatalog.NestedTooDeeply);
            merged = suppressions.Apply(merged, options.Severities, rule =>
                isComplete
                && (evaluated is not null || !DiagnosticCatalog.IsOfSchema(rule))
                && options.Severities.GetValueOrDefault(rule.Id, rule.Severity) != DiagnosticSeverity.Off);
        }

        var hasMore = merged.Length > options.MaxProblems || snapshot.Tree.HasMoreErrors || evaluated is { HasMore: true };
        if (!hasMore)
        {
            return merged.IsEmpty && next is null ? DiagnosticSet.Empty : new DiagnosticSet(merged, HasMore: false) { SecretSpans = secrets, Memory = next };
        }

        var shown = merged.Length > options.MaxProblems ? merged[..options.MaxProblems] : merged;
        var place = shown.IsEmpty ? default : new TextSpan(shown[^1].Span.Start, 0);
        var note = new Diagnostic(DiagnosticCatalog.TooManyProblems, place, $"Only the first {shown.Length} problems are shown; there are more.");
        return new DiagnosticSet(shown.Add(note), HasMore: true) { SecretSpans = secrets, Memory = next };
    }

    private static ImmutableArray<Diagnostic> Merge(
        ImmutableArray<Diagnostic> syntax,
        ImmutableArray<Diagnostic> values,
        ImmutableDictionary<string, DiagnosticSeverity> severities)
    {
        if (values.IsEmpty && severities.IsEmpty)
        {
            return syntax;
        }

        var merged = ImmutableArray.CreateBuilder<Diagnostic>(syntax.Length + values.Length);
        var (left, right) = (0, 0);
        while (left < syntax.Length || right < values.Length)
        {
            var takeLeft = right == values.Length || (left < syntax.Length && syntax[left].Span.Start <= values[right].Span.Start);
            var next = takeLeft ? syntax[left++] : values[right++];
            if (severities.TryGetValue(next.Descriptor.Id, out var severity))
            {
                if (severity == DiagnosticSeverity.Off)
                {
                    continue;
                }

                next = next with { Severity = severity };
            }

            merged.Add(next);
        }

        return merged.DrainToImmutable();
    }
}
