using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>uniqueItems</c> (2020-12 Validation, section 6.4.3), by hashing.</summary>
internal sealed class UniqueItemsKeyword(KeywordSite site) : Keyword(site, InstanceTypes.Array)
{
    private const int PairwiseUpTo = 8;

    /// <inheritdoc />
    public override int Cost => 5;

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.TryGet("uniqueItems", out var value) && value.Kind == SyntaxKind.True)
        {
            builder.Add(new UniqueItemsKeyword(builder.Site("uniqueItems", value)));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (instance.ChildCount < 2 || !evaluation.TrySpend(instance.EndIndex - instance.Index + (instance.Span.Length >> 6)))
        {
            return true;
        }

        if (instance.ChildCount <= PairwiseUpTo)
        {
            return AreDifferent(instance);
        }

        using var seen = new NodeHashTable(instance.ChildCount);
        foreach (var item in instance.Children)
        {
            if (item.IsValue && !TryAdd(seen, item))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        var seen = new Dictionary<SyntaxNode, (int Ordinal, SyntaxNode Item)>(SyntaxEquality.Instance);
        var ordinal = -1;
        foreach (var item in instance.Children)
        {
            ordinal++;
            if (explanation.HasMore)
            {
                return;
            }

            if (!item.IsValue || seen.TryAdd(item, (ordinal, item)))
            {
                continue;
            }

            var (first, firstItem) = seen[item];
            explanation.Path.EnterItem(firstItem, first);
            var firstName = explanation.Name;
            explanation.Path.Leave();
            explanation.Path.EnterItem(item, ordinal);
            var value = explanation.IsSecret(item) ? string.Empty : $" ({explanation.Show(item)})";
            explanation.Report(
                Site,
                DiagnosticCatalog.DuplicateItem,
                item,
                $"{explanation.Name} repeats {firstName}{value}. Remove one of them.",
                related: new RelatedInformation(Uri: null, firstItem.Span, "The same item stands here first."));
            explanation.Path.Leave();
        }
    }

    private static bool TryAdd(NodeHashTable seen, SyntaxNode item)
    {
        var hash = SyntaxEquality.Instance.GetHashCode(item);
        var slot = seen.Begin(hash);
        for (; seen.Next(hash, ref slot) is not 0 and var index; slot = seen.After(slot))
        {
            if (SyntaxEquality.Instance.Equals(new SyntaxNode(item.Tree, index), item))
            {
                return false;
            }
        }

        seen.Set(slot, hash, item.Index);
        return true;
    }

    private static bool AreDifferent(SyntaxNode array)
    {
        foreach (var left in array.Children)
        {
            foreach (var right in array.Children)
            {
                if (right.Index > left.Index && left.IsValue && SyntaxEquality.Instance.Equals(left, right))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
