using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key is not known, and which one may be meant.</summary>
internal static class UnknownKeyReport
{
    private const int ShownKeys = 12;

    public static void Add(Explanation explanation, KeywordSite site, SyntaxNode instance, SyntaxNode property)
    {
        // While its value is missing the key is being written; behind the limit nothing is reported any more.
        if (!property.Value.IsValue || explanation.HasMore)
        {
            return;
        }

        var known = explanation.KnownKeysOf(site.Owner, instance);
        var name = property.GetString();
        var suggestions = explanation.Evaluation.TrySpend(NameSuggestions.CostOf(known.Free.Count + known.Set.Count)) ? NameSuggestions.Rank(name, known.Free) : [];
        explanation.Path.EnterProperty(property);
        explanation.Report(
            site,
            DiagnosticCatalog.UnknownKey,
            property.Value,
            $"`{ValueText.Shorten(name)}` is not a known key here. {WhatToDo(name, suggestions, known)}",
            property.NameSpan,
            suggestions: suggestions,
            hideActual: true);
        explanation.Path.Leave();
    }

    private static string WhatToDo(string name, ImmutableArray<string> suggestions, KnownKeys known)
    {
        if (!suggestions.IsEmpty)
        {
            return $"Did you mean {List(suggestions)}?";
        }

        if (NameSuggestions.Rank(name, known.Set) is [var set, ..])
        {
            return $"Remove it: `{set}` is set already.";
        }

        return known.Free.Count is > 0 and <= ShownKeys ? $"Remove it, or use {List(known.Free)}." : "Remove it.";
    }

    private static string List(IEnumerable<string> keys) => ValueText.Join([.. keys.Select(static key => $"`{key}`")], "or");
}
