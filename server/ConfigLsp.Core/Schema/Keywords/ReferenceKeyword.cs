using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>$ref</c> (2020-12 Core, section 8.2.3.1); with an anchor also <c>$dynamicRef</c> and <c>$recursiveRef</c>, whose target is the outermost
/// resource in the dynamic scope that carries the anchor.
/// </summary>
internal sealed class ReferenceKeyword(KeywordSite site, SchemaNode target, string? dynamicAnchor) : Keyword(site, InstanceTypes.All)
{
    /// <summary>Where a dynamic reference may lead, known at the end of the compilation.</summary>
    public SchemaNode? DynamicTargets { get; set; }

    /// <summary>The schema that is meant unless the dynamic scope says otherwise.</summary>
    public SchemaNode Target => target;

    /// <summary>Whether the dynamic scope decides between schemas.</summary>
    public bool HasSeveralTargets => dynamicAnchor is not null && DynamicTargets is { Keywords: [DynamicTargetsKeyword targets] } && !targets.LeadOnlyTo(target);

    /// <summary>The anchor that makes the reference dynamic, or null.</summary>
    public string? DynamicAnchor => dynamicAnchor;

    /// <inheritdoc />
    public override bool OnlyApplies => true;

    /// <inheritdoc />
    public override int Cost => 15;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges
    {
        get
        {
            yield return new SchemaEdge(target, InPlace: true);
            if (DynamicTargets is not null)
            {
                yield return new SchemaEdge(DynamicTargets, InPlace: true);
            }
        }
    }

    public static void Compile(SchemaBuilder builder)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["$ref", "$recursiveRef", "$dynamicRef"])
        {
            if (!builder.TryGet(keyword, out var value))
            {
                continue;
            }

            if (value.Kind != SyntaxKind.String)
            {
                builder.Malformed(keyword, value, "a URI reference in a string");
                continue;
            }

            var (target, anchor) = builder.Resolve(keyword, value);
            builder.Node.Reference ??= target;
            builder.Add(new ReferenceKeyword(builder.Site(keyword, value), target, anchor));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance) => evaluation.IsValid(TargetIn(evaluation), instance);

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance) => explanation.Explain(TargetIn(explanation.Evaluation), instance);

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        var reached = TargetIn(evaluation);
        if (evaluation.IsValid(reached, instance))
        {
            evaluation.CollectEvaluated(reached, instance, evaluated);
        }
    }

    /// <inheritdoc />
    public override void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit) => visit(TargetIn(evaluation), instance);

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var edge in Edges)
        {
            visit(edge.Target, instance);
        }
    }

    /// <summary>The schema that is meant in the current dynamic scope.</summary>
    public SchemaNode TargetIn(Evaluation evaluation) => dynamicAnchor is null ? target : evaluation.Scope.Find(dynamicAnchor) ?? target;
}
