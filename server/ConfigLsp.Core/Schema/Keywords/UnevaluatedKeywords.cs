using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> (2020-12 Core, section 11). Runs last; what the neighbours looked at is
/// collected only here, so that schemas without these keywords pay nothing.
/// </summary>
internal sealed class UnevaluatedKeyword(KeywordSite site, SchemaNode schema, InstanceTypes type) : Keyword(site, type)
{
    /// <inheritdoc />
    public override bool OnlyApplies => true;

    /// <inheritdoc />
    public override int Cost => 100;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => [new(schema, InPlace: false)];

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.TryGet("unevaluatedProperties", out var properties))
        {
            builder.Node.UnevaluatedProperties = builder.Subschema(properties);
            builder.Add(new UnevaluatedKeyword(
                builder.Site("unevaluatedProperties", properties), builder.Node.UnevaluatedProperties, InstanceTypes.Object));
        }

        if (builder.TryGet("unevaluatedItems", out var items))
        {
            builder.Node.UnevaluatedItems = builder.Subschema(items);
            builder.Add(new UnevaluatedKeyword(builder.Site("unevaluatedItems", items), builder.Node.UnevaluatedItems, InstanceTypes.Array));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount))
        {
            return true;
        }

        // What a neighbour has looked at is not known where it was not checked to the end.
        var unknowns = evaluation.Unknowns;
        var evaluated = evaluation.RentSet();
        evaluation.CollectEvaluated(Site.Owner, instance, evaluated, except: this);
        var isKnown = evaluation.Unknowns == unknowns;
        var valid = true;
        var ordinal = 0;
        foreach (var child in instance.Children)
        {
            if (isKnown && !evaluated.Contains(ordinal++) && !evaluation.IsValid(schema, ValueOf(child)))
            {
                valid = false;
                break;
            }
        }

        evaluation.Return(evaluated);
        return valid;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        // While a neighbour fails, what it would have looked at is unknown; its own findings come first.
        var evaluation = explanation.Evaluation;
        foreach (var neighbour in Site.Owner.KeywordsByKind[KindClass.Of(instance.Kind)])
        {
            if (!ReferenceEquals(neighbour, this) && !neighbour.IsValid(evaluation, instance))
            {
                return;
            }
        }

        var unknowns = evaluation.Unknowns;
        var evaluated = evaluation.RentSet();
        evaluation.CollectEvaluated(Site.Owner, instance, evaluated, except: this);
        var isKnown = evaluation.Unknowns == unknowns;
        var ordinal = -1;
        foreach (var child in instance.Children)
        {
            ordinal++;
            if (!isKnown || evaluated.Contains(ordinal))
            {
                continue;
            }

            if (LooksAt == InstanceTypes.Array)
            {
                ExplainItem(explanation, child, ordinal);
            }
            else if (schema.Always is false)
            {
                UnknownKeyReport.Add(explanation, Site, instance, child);
            }
            else
            {
                explanation.ExplainProperty(schema, child);
            }
        }

        evaluation.Return(evaluated);
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated) =>
        evaluated.AddRange(instance.ChildCount);

    /// <inheritdoc />
    public override void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        var evaluated = evaluation.RentSet();
        evaluation.CollectEvaluated(Site.Owner, instance, evaluated, except: this);
        var ordinal = 0;
        foreach (var child in instance.Children)
        {
            if (!evaluated.Contains(ordinal++))
            {
                visit(schema, ValueOf(child));
            }
        }

        evaluation.Return(evaluated);
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var child in instance.Children)
        {
            visit(schema, ValueOf(child));
        }
    }

    private static SyntaxNode ValueOf(SyntaxNode child) => child.Kind == SyntaxKind.Property ? child.Value : child;

    private void ExplainItem(Explanation explanation, SyntaxNode item, int ordinal)
    {
        if (schema.Always is false)
        {
            UnexpectedItemReport.Add(explanation, Site, item, ordinal);
        }
        else
        {
            explanation.ExplainItem(schema, item, ordinal);
        }
    }
}
