using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c> (2020-12 Core, section 10.3.1.3).</summary>
internal sealed class ContainsKeyword : Keyword
{
    private readonly SchemaNode _schema;
    private readonly int _least;
    private readonly int _most;

    private ContainsKeyword(KeywordSite site, SchemaNode schema, int least, int most)
        : base(site, InstanceTypes.Array)
    {
        _schema = schema;
        _least = least;
        _most = most;
    }

    /// <inheritdoc />
    public override int Cost => 12;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => [new(_schema, InPlace: false)];

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("contains", out var value))
        {
            return;
        }

        var schema = builder.Subschema(value);
        var least = 1;
        var most = int.MaxValue;
        if (builder.TryGet("minContains", out var min))
        {
            least = CountKeyword.ReadLimit(min) ?? 1;
        }

        if (builder.TryGet("maxContains", out var max))
        {
            most = CountKeyword.ReadLimit(max) ?? int.MaxValue;
        }

        builder.Node.Contains = schema;
        builder.Add(new ContainsKeyword(builder.Site("contains", value), schema, least, most));
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount))
        {
            return true;
        }

        var unknowns = evaluation.Unknowns;
        var count = 0;
        foreach (var item in instance.Children)
        {
            if (evaluation.IsValid(_schema, item))
            {
                count++;
                if (count > _most && evaluation.Unknowns == unknowns)
                {
                    return false;
                }

                if (count >= _least && _most == int.MaxValue)
                {
                    return true;
                }
            }
        }

        return count >= _least;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (IsValid(explanation.Evaluation, instance))
        {
            return;
        }

        var count = 0;
        foreach (var item in instance.Children)
        {
            count += Fits(item) ? 1 : 0;
        }

        var kind = VariantName.Of(_schema) is { } name ? $" of this kind: {name}" : " as the schema's `contains` describes";
        if (count < _least)
        {
            explanation.Report(
                Site,
                DiagnosticCatalog.TooFewMatchingItems,
                instance,
                $"{explanation.Name} must have at least {ValueText.Count(_least, "item")}{kind} (now {(count == 0 ? "none" : count)}).",
                explanation.OpeningOf(instance),
                hideActual: true);
        }
        else if (count > _most)
        {
            explanation.Report(
                Site,
                DiagnosticCatalog.TooManyMatchingItems,
                instance,
                $"{explanation.Name} must have at most {ValueText.Count(_most, "item")}{kind} (now {count}).",
                explanation.OpeningOf(instance),
                hideActual: true);
        }

        bool Fits(SyntaxNode item) => explanation.Evaluation.IsValid(_schema, item);
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        // Only from 2020-12 on do the items that "contains" accepted count as evaluated.
        if (Site.Owner.Resource is not { Dialect.Draft: DraftVersion.Draft202012 })
        {
            return;
        }

        var ordinal = 0;
        foreach (var item in instance.Children)
        {
            if (evaluation.IsValid(_schema, item))
            {
                evaluated.Add(ordinal);
            }

            ordinal++;
        }
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var item in instance.Children)
        {
            visit(_schema, item);
        }
    }
}
