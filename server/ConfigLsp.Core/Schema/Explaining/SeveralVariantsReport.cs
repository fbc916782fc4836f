using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that an instance fits more than one branch of <c>oneOf</c>, and which keys to remove where keys are what tells them apart.</summary>
internal static class SeveralVariantsReport
{
    /// <summary>Keys compared with branches; where there are more, nothing is said about single keys.</summary>
    private const int MaxCompared = 10_000;

    public static void Add(Explanation explanation, VariantsKeyword keyword, SyntaxNode instance, List<int> fitting)
    {
        var choice = KeyChoice.Of(keyword.Facts);
        var names = fitting.Select(n => choice?[n] ?? keyword.Facts[n].Name).Distinct(StringComparer.Ordinal).ToArray();
        var keys = DecidingKeys(keyword, instance, fitting);
        var advice = keys.Count > 1 ? $" Remove {ValueText.JoinSome([.. keys.Select(static k => ValueText.Key(k.GetString()))], "or")}." : string.Empty;
        var message = choice is not null
            ? $"{explanation.Name} must have exactly one of the keys {ValueText.JoinSome(choice, "or")}, but has {ValueText.JoinSome(names, "and")}. Remove {(names.Length == 2 ? "one of them" : "all but one")}."
            : names.Length == fitting.Count
                ? $"{explanation.Name} must fit exactly one of {keyword.Branches.Length} variants, but fits {ValueText.JoinSome(names, "and")}.{advice}"
                : $"{explanation.Name} must fit exactly one of {keyword.Branches.Length} variants, but fits {fitting.Count}.{advice}";
        explanation.Report(
            keyword.Site,
            DiagnosticCatalog.SeveralVariantsMatch,
            instance,
            message,
            keys.Count > 1 ? keys[^1].NameSpan : instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.JoinSome(names, "or"),
            related: keys.Count > 1 ? new RelatedInformation(Uri: null, keys[0].NameSpan, "The other key is here.") : null,
            hideActual: instance.Kind is SyntaxKind.Object or SyntaxKind.Array);
    }

    /// <summary>The keys of the instance that one of the fitting branches demands and not all of them, one for each branch; else none.</summary>
    private static List<SyntaxNode> DecidingKeys(VariantsKeyword keyword, SyntaxNode instance, List<int> fitting)
    {
        var keys = new List<SyntaxNode>();
        if (instance.Kind != SyntaxKind.Object)
        {
            return keys;
        }

        if ((long)fitting.Count * instance.ChildCount > MaxCompared)
        {
            return keys;
        }

        foreach (var property in instance.Children)
        {
            var name = property.GetString();
            var demanding = fitting.Count(n => keyword.Facts[n].Required.Contains(name));
            if (demanding == 1)
            {
                keys.Add(property);
            }
        }

        return fitting.TrueForAll(n => keys.Exists(k => keyword.Facts[n].Required.Contains(k.GetString()))) && keys.Count == fitting.Count ? keys : [];
    }
}
