using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that an item stands where the schema allows none.</summary>
internal static class UnexpectedItemReport
{
    public static void Add(Explanation explanation, KeywordSite site, SyntaxNode item, int ordinal, int allowed)
    {
        if (!item.IsValue)
        {
            return;
        }

        var name = explanation.Name;
        explanation.Path.EnterItem(item, ordinal);
        explanation.Report(
            site,
            DiagnosticCatalog.UnexpectedItem,
            item,
            allowed == 0 ? $"{name} must have no such item. Remove it." : $"{name} must have at most {ValueText.Count(allowed, "item")}. Remove this one.",
            hideActual: true);
        explanation.Path.Leave();
    }
}
