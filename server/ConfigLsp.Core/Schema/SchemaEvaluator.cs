using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Output;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Evaluates documents against schemas, for diagnostics, hover, completion and checks on write alike. Gaps in a broken document never give a
/// finding, and a key whose value is still missing counts as present.
/// </summary>
public static class SchemaEvaluator
{
    /// <summary>Checks a document: first whether it fits, without explaining; then, only if it does not or may deserve a warning, why.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EvaluationResult Evaluate(SyntaxTree instance, JsonSchema schema, EvaluationOptions options, CancellationToken cancellation = default) =>
        Evaluate(instance, schema, options, memory: null, cancellation);

    /// <summary>The same, without what an earlier version of the document has shown already.</summary>
    internal static EvaluationResult Evaluate(SyntaxTree instance, JsonSchema schema, EvaluationOptions options, EvaluationMemory? memory, CancellationToken cancellation)
    {
        var root = instance.Root;
        if (root.IsNone)
        {
            return EvaluationResult.Valid;
        }

        using var evaluation = new Evaluation(instance, schema, options, cancellation) { Memory = memory };
        var isValid = evaluation.IsValid(schema.Root, root);
        if (isValid && !schema.Root.MayWarn && !evaluation.WasLimited)
        {
            return EvaluationResult.Valid;
        }

        var explanation = new Explanation(evaluation, schema, root, options.MaxProblems, isValid && !evaluation.WasLimited);
        explanation.Explain(schema.Root, root);
        var found = FindingSelection.Decisive(explanation.Diagnostics);
        AddLimits(evaluation, root, found);
        if (!isValid && !found.Exists(static d => d.Severity == DiagnosticSeverity.Error) && !explanation.HasMore)
        {
            // Where a limit cut the explanation short the verdict is still said.
            found.Add(new Diagnostic(DiagnosticCatalog.NoVariantMatches, new TextSpan(root.Span.Start, 1), "The document does not fit its schema."));
        }

        var ordered = found.OrderBy(static d => d.Span.Start).ThenBy(static d => d.Span.Length).ToArray();
        return new EvaluationResult(isValid, [.. ordered.Take(options.MaxProblems)], explanation.HasMore || ordered.Length > options.MaxProblems);
    }

    /// <summary>Whether a document fits, without diagnostics.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static bool IsValid(SyntaxTree instance, JsonSchema schema, EvaluationOptions options, CancellationToken cancellation = default)
    {
        using var evaluation = new Evaluation(instance, schema, options, cancellation);
        return instance.Root.IsNone || evaluation.IsValid(schema.Root, instance.Root);
    }

    /// <summary>
    /// The schemas that apply at one node, outer ones first: through references, <c>allOf</c>, the fitting or else the likeliest branches of
    /// <c>anyOf</c> and <c>oneOf</c>, conditions decided by the document, and the keywords for members and items. Only what lies on the way to
    /// the node is evaluated. For a property its value's schemas are given, for a place to insert a property those of the object around.
    /// </summary>
    /// <param name="instance">The document, however broken.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="target">A value, a gap, or a property.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableArray<ApplicableSchema> FindApplicable(
        SyntaxTree instance,
        JsonSchema schema,
        SyntaxNode target,
        CancellationToken cancellation = default)
    {
        using var evaluation = new Evaluation(instance, schema, EvaluationOptions.Default, cancellation);
        return new ApplicableSchemaFinder(evaluation).Find(schema, target);
    }

    /// <summary>The same for a value that is about to be replaced: it decides between no branches.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableArray<ApplicableSchema> FindApplicableToReplacement(
        SyntaxTree instance,
        JsonSchema schema,
        SyntaxNode target,
        CancellationToken cancellation = default)
    {
        using var evaluation = new Evaluation(instance, schema, EvaluationOptions.Default, cancellation);
        return new ApplicableSchemaFinder(evaluation) { Undecided = target }.Find(schema, target);
    }

    /// <summary>
    /// Goes through the values of a part of a document, in document order, with the schemas that <see cref="FindApplicable"/> finds for each.
    /// </summary>
    /// <param name="instance">The document, however broken.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="within">What a value must touch.</param>
    /// <param name="visit">Called for each value with a schema and each unknown key; ends the walk by returning false.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Walk(SyntaxTree instance, JsonSchema schema, TextSpan within, Func<SchemaPlace, bool> visit, CancellationToken cancellation = default) =>
        new ApplicableSchemaWalk(instance, schema, within, cancellation).Run(visit);

    /// <summary>The places of the values that the schema marks as secret (<c>writeOnly</c>, <c>x-secret</c>): by place, none within another.</summary>
    /// <param name="instance">The document, however broken.</param>
    /// <param name="schema">Its schema.</param>
    public static ImmutableArray<TextSpan> FindSecrets(SyntaxTree instance, JsonSchema schema) =>
        schema.Root.MayHoldSecret && !instance.Root.IsNone ? [.. new SecretMap(schema, instance.Root).FindSpans(instance)] : [];

    /// <summary>
    /// What the evaluation found at every place, in the form that the output of JSON Schema is made of: the failed keywords of a document that
    /// does not fit, or the annotations of one that does (2020-12 Core, sections 7.7 and 12). Annotations of a schema that fails are dropped.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SchemaOutput CollectOutput(SyntaxTree instance, JsonSchema schema, EvaluationOptions options, CancellationToken cancellation = default)
    {
        if (instance.Root.IsNone)
        {
            return new SchemaOutput(IsValid: true, [], IsComplete: true);
        }

        using var evaluation = new Evaluation(instance, schema, options, cancellation);
        var isValid = evaluation.IsValid(schema.Root, instance.Root);
        var explained = isValid ? EvaluationResult.Valid : Evaluate(instance, schema, options, cancellation);
        var collector = new OutputCollector(evaluation, explained.Diagnostics);
        collector.Collect(schema.Root, instance.Root);
        return new SchemaOutput(isValid, [.. collector.Units], !evaluation.WasLimited && !collector.IsFull);
    }

    private static void AddLimits(Evaluation evaluation, SyntaxNode root, List<Diagnostic> found)
    {
        if (!evaluation.TooDeep.IsNone)
        {
            var place = evaluation.TooDeep.Span;
            found.Add(new Diagnostic(
                DiagnosticCatalog.NestedTooDeeply,
                new TextSpan(place.Start, Math.Min(1, place.Length)),
                "The values are nested too deeply here to be checked against the schema. What lies deeper is not checked."));
        }

        if (evaluation.IsExhausted)
        {
            found.Add(new Diagnostic(
                DiagnosticCatalog.ValidationIncomplete,
                new TextSpan(root.Span.Start, Math.Min(1, root.Span.Length)),
                "The schema needs too many steps for this document, so that not all of it was checked. Simplify the schema's nested alternatives."));
        }

        foreach (var (pattern, instance) in evaluation.SlowPatterns)
        {
            found.Add(new Diagnostic(
                DiagnosticCatalog.PatternTooSlow,
                instance.Kind == SyntaxKind.Property ? instance.NameSpan : instance.Span,
                $"Matching the schema's pattern `{ValueText.Shorten(pattern.Text)}` takes too many steps, so it is not checked in this document. Simplify the pattern."));
        }
    }
}
