using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>prefixItems</c> and <c>items</c> (2020-12 Core, section 10.3.1), or <c>items</c> and <c>additionalItems</c> in the older drafts.
/// </summary>
internal sealed class ItemsKeyword : Keyword
{
    private const int MaxPosition = 9_999;

    private readonly ImmutableArray<SchemaNode> _prefix;
    private readonly SchemaNode? _rest;

    private ItemsKeyword(KeywordSite site, ImmutableArray<SchemaNode> prefix, SchemaNode? rest)
        : base(site, InstanceTypes.Array)
    {
        _prefix = prefix;
        _rest = rest;
    }

    /// <inheritdoc />
    public override bool OnlyApplies => true;

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

    /// <summary>The demand that the item at a position fits a schema; null if the name is no position. Becomes what the node says of its items.</summary>
    public static ItemsKeyword? TryCreateAt(SchemaNode node, string name, SchemaNode schema)
    {
        // RFC 6901 section 4: a position has no leading zero.
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position > MaxPosition || (name.Length > 1 && name[0] == '0'))
        {
            return null;
        }

        node.PrefixItems = [.. Enumerable.Repeat(JsonSchema.Anything.Root, position), schema];
        return new ItemsKeyword(new KeywordSite(node, "prefixItems", default), node.PrefixItems, rest: null);
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount))
        {
            return true;
        }

        if (_prefix.IsEmpty && _rest is not null)
        {
            return evaluation.AllFit(_rest, instance);
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
                // The first item too many stands for all; a gap is none.
                if (item.IsValue)
                {
                    UnexpectedItemReport.AddBehind(explanation, Site, item, ordinal, _prefix.Length, instance.ChildCount);
                    return;
                }
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
