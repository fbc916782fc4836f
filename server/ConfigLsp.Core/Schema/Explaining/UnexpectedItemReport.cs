using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that an item stands where the schema allows none.</summary>
internal static class UnexpectedItemReport
{
    /// <summary>An item that no part of the schema describes.</summary>
    public static void Add(Explanation explanation, KeywordSite site, SyntaxNode item, int ordinal)
    {
        if (item.IsValue)
        {
            Report(explanation, site, item, ordinal, message: null);
        }
    }

    /// <summary>The first of the items behind those that are allowed.</summary>
    public static void AddBehind(Explanation explanation, KeywordSite site, SyntaxNode item, int ordinal, int allowed, int count)
    {
        if (item.IsValue)
        {
            var has = $"but has {ValueText.Count(count, "item")}";
            var message = allowed == 0
                ? $"{explanation.Name} must be empty, {has}."
                : $"{explanation.Name} must have at most {ValueText.Count(allowed, "item")}, but has {count}. Remove {(count - allowed == 1 ? "this one" : $"the last {count - allowed}")}.";
            Report(explanation, site, item, ordinal, message);
        }
    }

    private static void Report(Explanation explanation, KeywordSite site, SyntaxNode item, int ordinal, string? message)
    {
        explanation.Path.EnterItem(item, ordinal);
        explanation.Report(site, DiagnosticCatalog.UnexpectedItem, item, message ?? $"{explanation.Name} is not expected here. Remove it.", hideActual: true);
        explanation.Path.Leave();
    }
}
