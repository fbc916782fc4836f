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
        SyntaxNode surplus = default;
        foreach (var item in instance.Children)
        {
            if (explanation.Evaluation.IsValid(_schema, item) && ++count == _most + 1L)
            {
                surplus = item;
            }
        }

        var kind = SchemaPhrase.Of(_schema) ?? VariantName.Of(_schema);
        var such = kind is null ? string.Empty : $" that {((count < _least ? _least : _most) == 1 ? "is" : "are each")} {kind}";
        if (count < _least)
        {
            var missing = _least == 1 ? "one" : $"{_least - count} more";
            explanation.Report(
                Site,
                DiagnosticCatalog.TooFewMatchingItems,
                instance,
                kind is null && _schema.IsTrivial
                    ? $"{explanation.Name} must have at least {ValueText.Count(_least, "item")}, but has {(count == 0 ? "none" : count)}. Add {missing}."
                    : $"{explanation.Name} must have at least {ValueText.Count(_least, "item")}{(kind is null ? " of the described kind" : such)}, but has {(count == 0 ? "none" : count)}. Add {missing}.",
                explanation.OpeningOf(instance),
                expected: kind,
                hideActual: true);
        }
        else if (count > _most)
        {
            explanation.Report(
                Site,
                DiagnosticCatalog.TooManyMatchingItems,
                instance,
                _most == 0
                    ? $"{explanation.Name} must have no item {(kind is null ? "of the described kind" : $"that is {kind}")}. Remove this one."
                    : $"{explanation.Name} must have at most {ValueText.Count(_most, "item")}{(kind is null ? " of the described kind" : such)}, but has {count}. Remove {count - _most}.",
                surplus.Span,
                expected: kind,
                hideActual: true);
        }
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
    public override void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        // An item that does not fit is no failure: it need not be the one that is looked for.
        foreach (var item in instance.Children)
        {
            if (evaluation.IsValid(_schema, item))
            {
                visit(_schema, item);
            }
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
