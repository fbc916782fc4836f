using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>Finds everything wrong with a document. The editor, the command line and the service all ask here.</summary>
public static class DocumentValidation
{
    /// <summary>The findings about the text and about its values, by place and limited as the options say.</summary>
    public static DiagnosticSet Validate(DocumentSnapshot snapshot, ValidationOptions options, CancellationToken cancellationToken)
    {
        // A silenced rule must not use up the places of the others.
        var limit = options.Severities.ContainsValue(DiagnosticSeverity.Off) ? (int)Math.Min(options.MaxProblems * 10L, TreeBuilder.MaxErrors) : options.MaxProblems;

        // One more than wanted tells whether there are more.
        var syntax = SyntaxRules.Check(snapshot.Tree, snapshot.Dialect, limit + 1, cancellationToken);
        var evaluated = snapshot.Schema is { } schema && !snapshot.Tree.Root.IsNone
            ? SchemaEvaluator.Evaluate(snapshot.Tree, schema, new EvaluationOptions { Formats = options.Formats, MaxProblems = limit }, cancellationToken)
            : null;

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
        var hasMore = merged.Length > options.MaxProblems || snapshot.Tree.HasMoreErrors || evaluated is { HasMore: true };
        if (!hasMore)
        {
            return merged.IsEmpty ? DiagnosticSet.Empty : new DiagnosticSet(merged, HasMore: false) { SecretSpans = secrets };
        }

        var shown = merged.Length > options.MaxProblems ? merged[..options.MaxProblems] : merged;
        var place = shown.IsEmpty ? default : new TextSpan(shown[^1].Span.Start, 0);
        var note = new Diagnostic(DiagnosticCatalog.TooManyProblems, place, $"Only the first {shown.Length} problems are shown; there are more.");
        return new DiagnosticSet(shown.Add(note), HasMore: true) { SecretSpans = secrets };
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
