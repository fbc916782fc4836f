using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// Says that a key is not known, and which one may be meant or where it belongs. In the latter case the finding's
/// <see cref="DiagnosticData.Expected"/> is the JSON Pointer of that place.
/// </summary>
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
        var place = suggestions.IsEmpty && explanation.MaySearch() ? KeyPlace.Find(explanation, site.Owner, name) : null;
        explanation.Path.EnterProperty(property);
        explanation.Report(
            site,
            DiagnosticCatalog.UnknownKey,
            property.Value,
            $"{ValueText.Key(name)} is not a known key here. {place?.Advice ?? WhatToDo(site.Owner, name, suggestions, known)}",
            property.NameSpan,
            expected: place?.Pointer,
            suggestions: suggestions,
            hideActual: true);
        explanation.Path.Leave();
    }

    private static string WhatToDo(SchemaNode schema, string name, ImmutableArray<string> suggestions, KnownKeys known)
    {
        if (!suggestions.IsEmpty)
        {
            return $"Did you mean {List(suggestions)}?";
        }

        if (NameSuggestions.Rank(name, known.Set) is [var set, ..])
        {
            return $"Remove it: {ValueText.Key(set)} is set already.";
        }

        List<string> allowed = known.Free.Count <= ShownKeys ? [.. known.Free.Select(ValueText.Key)] : [];
        if (schema.PatternProperties is [var only])
        {
            allowed.Add($"a key that matches `{ValueText.Shorten(only.Pattern)}`");
        }

        return allowed.Count > 0 ? $"Remove it, or use {ValueText.Join(allowed, "or")}." : "Remove it.";
    }

    private static string List(IEnumerable<string> keys) => ValueText.Join([.. keys.Select(ValueText.Key)], "or");
}
