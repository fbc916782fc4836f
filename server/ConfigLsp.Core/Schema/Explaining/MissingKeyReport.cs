using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key is missing. The finding's <see cref="DiagnosticData.Expected"/> is the key.</summary>
internal static class MissingKeyReport
{
    /// <param name="explanation">The walk.</param>
    /// <param name="site">The keyword that demands the key.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="instance">The object.</param>
    /// <param name="key">The missing key.</param>
    /// <param name="because">The key that brings the demand, or null.</param>
    public static void Add(Explanation explanation, KeywordSite site, DiagnosticDescriptor rule, SyntaxNode instance, string key, string? because)
    {
        var owner = explanation.Name is "The document" ? "The document" : explanation.Name;
        var shown = ValueText.Shorten(key);
        var reason = because is null ? string.Empty : $", which `{ValueText.Shorten(because)}` needs";
        explanation.Report(
            site,
            rule,
            instance,
            $"{owner} lacks the required key `{shown}`{reason}. Add it.",
            explanation.OpeningOf(instance),
            expected: key,
            hideActual: true);
    }
}
