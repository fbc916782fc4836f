using System.Collections.Immutable;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>prefixItems</c> and <c>items</c> (2020-12 Core, section 10.3.1), or <c>items</c> and <c>additionalItems</c> in the older drafts.
/// </summary>
internal sealed class ItemsKeyword : Keyword
{
    private readonly ImmutableArray<SchemaNode> _prefix;
    private readonly SchemaNode? _rest;

    private ItemsKeyword(KeywordSite site, ImmutableArray<SchemaNode> prefix, SchemaNode? rest)
        : base(site, InstanceTypes.Array)
    {
        _prefix = prefix;
        _rest = rest;
    }

    /// <inheritdoc />
    public override int Cost => 10;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges
    {
        get
        {
            foreach (var schema in _prefix)
            {
                yield return new SchemaEdge(schema, InPlace: false);
            }

            if (_rest is not null)
            {
                yield return new SchemaEdge(_rest, InPlace: false);
            }
        }
    }

    public static void Compile(SchemaBuilder builder)
    {
        var (prefix, rest) = builder.TryGet("items", out var items) && items.Kind == SyntaxKind.Array && builder.HasItemsArray
            ? (items, builder.TryGet("additionalItems", out var additional) ? additional : default)
            : (builder.TryGet("prefixItems", out var first) ? first : default, items);
        if (prefix.IsNone && rest.IsNone)
        {
            return;
        }

        if (!prefix.IsNone && prefix.Kind != SyntaxKind.Array)
        {
            builder.Malformed("prefixItems", prefix, "an array of schemas");
            prefix = default;
            if (rest.IsNone)
            {
                return;
            }
        }

        var node = builder.Node;
        node.PrefixItems = prefix.IsNone ? [] : [.. prefix.Children.ToArray().Select(builder.Subschema)];
        node.Items = rest.IsNone ? null : builder.Subschema(rest);
        var name = rest.IsNone ? prefix.Parent.GetString() : rest.Parent.GetString();
        builder.Add(new ItemsKeyword(builder.Site(name, rest.IsNone ? prefix : rest), node.PrefixItems, node.Items));
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount))
        {
            return true;
        }

        var ordinal = 0;
        foreach (var item in instance.Children)
        {
            var schema = ordinal < _prefix.Length ? _prefix[ordinal] : _rest;
            if (schema is null)
            {
                return true;
            }

            if (!evaluation.IsValid(schema, item))
            {
                return false;
            }

            ordinal++;
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        var ordinal = 0;
        foreach (var item in instance.Children)
        {
            if (ordinal < _prefix.Length)
            {
                explanation.ExplainItem(_prefix[ordinal], item, ordinal);
            }
            else if (_rest is null)
            {
                return;
            }
            else if (_rest.Always is false)
            {
                UnexpectedItemReport.Add(explanation, Site, item, ordinal, _prefix.Length);
            }
            else
            {
                explanation.ExplainItem(_rest, item, ordinal);
            }

            ordinal++;
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated) =>
        evaluated.AddRange(_rest is null ? Math.Min(_prefix.Length, instance.ChildCount) : instance.ChildCount);

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        var ordinal = 0;
        foreach (var item in instance.Children)
        {
            if ((ordinal < _prefix.Length ? _prefix[ordinal] : _rest) is { } schema)
            {
                visit(schema, item);
            }

            ordinal++;
        }
    }
}
