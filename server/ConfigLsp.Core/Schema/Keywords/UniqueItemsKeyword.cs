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

        var seen = new HashSet<SyntaxNode>(instance.ChildCount, SyntaxEquality.Instance);
        foreach (var item in instance.Children)
        {
            if (item.IsValue && !seen.Add(item))
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
        var name = explanation.Name;
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
            explanation.Path.EnterItem(item, ordinal);
            explanation.Report(
                Site,
                DiagnosticCatalog.DuplicateItem,
                item,
                $"{name} must not repeat items, but items {first} and {ordinal} are both {explanation.Actual(item)}. Remove one.",
                related: new RelatedInformation(Uri: null, firstItem.Span, "The same item stands here first."));
            explanation.Path.Leave();
        }
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
