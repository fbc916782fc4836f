using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key is not known, and which one may be meant.</summary>
internal static class UnknownKeyReport
{
    private const int ShownKeys = 12;

    /// <summary>Allowed in every settings file, and never what a mistyped setting means.</summary>
    private const string SchemaKey = "$schema";

    public static void Add(Explanation explanation, KeywordSite site, SyntaxNode instance, SyntaxNode property)
    {
        // While its value is missing the key is being written.
        if (!property.Value.IsValue)
        {
            return;
        }

        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in instance.Children)
        {
            present.Add(other.GetString());
        }

        var candidates = new List<string>();
        var taken = new List<string>();
        foreach (var (key, schema) in new BranchFacts(site.Owner, 0).Keys)
        {
            if (!schema.Annotations.DoNotSuggest && key != SchemaKey)
            {
                (present.Contains(key) ? taken : candidates).Add(key);
            }
        }

        var name = property.GetString();
        var suggestions = NameSuggestions.Rank(name, candidates);
        var hint = !suggestions.IsEmpty
            ? $" Did you mean {ValueText.Join([.. suggestions.Select(static s => $"`{s}`")], "or")}?"
            : NameSuggestions.Rank(name, taken) is [var set, ..]
            ? $" Remove it: `{set}` is set already."
            : candidates.Count is > 0 and <= ShownKeys
                ? $" Remove it, or use {ValueText.Join([.. candidates.Select(static s => $"`{s}`")], "or")}."
                : " Remove it.";
        explanation.Path.EnterProperty(property);
        explanation.Report(
            site,
            DiagnosticCatalog.UnknownKey,
            property.Value,
            $"`{ValueText.Shorten(name)}` is not a known key here.{hint}",
            property.NameSpan,
            suggestions: suggestions,
            hideActual: true);
        explanation.Path.Leave();
    }
}
