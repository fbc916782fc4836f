using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key is missing, and which key is likely a misspelling of it. The finding's <see cref="DiagnosticData.Expected"/> is the key.</summary>
internal static class MissingKeyReport
{
    /// <param name="explanation">The walk.</param>
    /// <param name="site">The keyword that demands the key.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="instance">The object.</param>
    /// <param name="key">The missing key.</param>
    /// <param name="because">The key that brings the demand, or null.</param>
    /// <param name="values">The values that the key may have, if they are listed.</param>
    public static void Add(
        Explanation explanation, KeywordSite site, DiagnosticDescriptor rule, SyntaxNode instance, string key, string? because, IReadOnlyList<SyntaxNode>? values = null)
    {
        var reason = because is null ? string.Empty : $", which {ValueText.Key(because)} needs";
        var choice = values is null ? string.Empty : $" ({ValueText.JoinSome(new ShownValues(values), "or")})";
        var advice = NameSuggestions.Rank(key, explanation.KnownKeysOf(site.Owner, instance).Unknown) is [var misspelt]
            ? $"Add it, or rename {ValueText.Key(misspelt)} if that is meant."
            : "Add it.";
        explanation.Report(
            site,
            rule,
            instance,
            $"{explanation.Name} lacks the required key {ValueText.Key(key)}{choice}{reason}. {advice}",
            because is null ? explanation.OpeningOf(instance) : NameOf(instance, because),
            expected: key,
            hideActual: true);
    }

    private static Text.TextSpan? NameOf(SyntaxNode instance, string key)
    {
        foreach (var property in instance.Children)
        {
            if (property.GetString() == key)
            {
                return property.NameSpan;
            }
        }

        return null;
    }
}
