using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>if</c>, <c>then</c>, <c>else</c> (2020-12 Core, section 10.2.2).</summary>
internal sealed class ConditionalKeyword(KeywordSite site, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise)
    : Keyword(site, InstanceTypes.All)
{
    /// <inheritdoc />
    public override bool OnlyApplies => true;

    /// <inheritdoc />
    public override int Cost => 22;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges
    {
        get
        {
            yield return new SchemaEdge(condition, InPlace: true);
            if (then is not null)
            {
                yield return new SchemaEdge(then, InPlace: true);
            }

            if (otherwise is not null)
            {
                yield return new SchemaEdge(otherwise, InPlace: true);
            }
        }
    }

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("if", out var condition))
        {
            return;
        }

        var node = builder.Node;
        node.If = builder.Subschema(condition);
        node.Then = builder.TryGet("then", out var then) ? builder.Subschema(then) : null;
        node.Else = builder.TryGet("else", out var otherwise) ? builder.Subschema(otherwise) : null;
        builder.Add(new ConditionalKeyword(builder.Site("if", condition), node.If, node.Then, node.Else));
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (then is null && otherwise is null)
        {
            return true;
        }

        return Decide(evaluation, instance, out _) is not { } branch || evaluation.IsValid(branch, instance);
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        // The condition itself is never explained: it demands nothing, and what it calls deprecated is only looked at.
        if (Decide(explanation.Evaluation, instance, out var holds) is { } branch)
        {
            explanation.ExplainBecause(ConditionText.Of(explanation, condition, instance, holds), branch, instance);
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        var holds = evaluation.IsValid(condition, instance);
        if (holds)
        {
            evaluation.CollectEvaluated(condition, instance, evaluated);
        }

        var branch = holds ? then : otherwise;
        if (branch is not null && evaluation.IsValid(branch, instance))
        {
            evaluation.CollectEvaluated(branch, instance, evaluated);
        }
    }

    /// <inheritdoc />
    public override void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        var holds = evaluation.IsValid(condition, instance);
        if (holds)
        {
            visit(condition, instance);
        }

        if ((holds ? then : otherwise) is { } branch)
        {
            visit(branch, instance);
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var edge in Edges)
        {
            visit(edge.Target, instance);
        }
    }

    /// <summary>The branch that the instance must fit; none if the condition could not be checked.</summary>
    private SchemaNode? Decide(Evaluation evaluation, SyntaxNode instance, out bool holds)
    {
        var unknowns = evaluation.Unknowns;
        holds = evaluation.IsValid(condition, instance);
        return !holds ? otherwise : evaluation.Unknowns == unknowns ? then : null;
    }
}
