using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>allOf</c> (2020-12 Core, section 10.2.1.1).</summary>
internal sealed class AllOfKeyword(KeywordSite site, ImmutableArray<SchemaNode> parts) : Keyword(site, InstanceTypes.All)
{
    /// <inheritdoc />
    public override bool OnlyApplies => true;

    /// <inheritdoc />
    public override int Cost => 20;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => parts.Select(static p => new SchemaEdge(p, InPlace: true));

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.Branches("allOf", out var site) is { Length: > 0 } parts)
        {
            builder.Node.AllOf = parts;
            builder.Add(new AllOfKeyword(site, parts));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        foreach (var part in parts)
        {
            if (!evaluation.IsValid(part, instance))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        foreach (var part in parts)
        {
            explanation.Explain(part, instance);
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        foreach (var part in parts)
        {
            if (evaluation.IsValid(part, instance))
            {
                evaluation.CollectEvaluated(part, instance, evaluated);
            }
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var part in parts)
        {
            visit(part, instance);
        }
    }
}
