using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that an instance fits what <c>not</c> excludes, and marks the key where keys are what is excluded.</summary>
internal static class NotReport
{
    public static void Add(Explanation explanation, KeywordSite site, SchemaNode excluded, SyntaxNode instance)
    {
        if (excluded.IsTrivial)
        {
            explanation.ReportForbidden(site, instance);
        }
        else if (instance.Kind == SyntaxKind.Object && KeysOf(excluded, instance) is { Count: > 0 } keys)
        {
            AddKeys(explanation, site, instance, keys);
        }
        else if (instance.Kind == SyntaxKind.Property)
        {
            explanation.Report(site, DiagnosticCatalog.ForbiddenValue, instance, $"{explanation.Name} is not allowed here. Rename it.", hideActual: true);
        }
        else
        {
            var phrase = excluded.Keywords.Length == 0 ? ValueText.Types(excluded.Types) : SchemaPhrase.Of(excluded) ?? VariantName.Of(excluded);
            var shown = explanation.Show(instance);
            explanation.Report(
                site,
                DiagnosticCatalog.ForbiddenValue,
                instance,
                phrase == shown || (phrase is not null && excluded.Keywords.Length == 0)
                    ? $"{explanation.Name} must not be {phrase}."
                    : phrase is not null
                        ? $"{explanation.Name} must not be {phrase}{explanation.ButIs(instance)}."
                        : $"{explanation.Name} must not be {shown}: such a value is excluded.",
                instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null);
        }
    }

    private static void AddKeys(Explanation explanation, KeywordSite site, SyntaxNode instance, List<(SyntaxNode Property, bool WithValue)> keys)
    {
        var shown = keys.ConvertAll(k => k.WithValue
            ? $"{ValueText.Key(k.Property.GetString())} set to {explanation.Show(k.Property.Value)}"
            : ValueText.Key(k.Property.GetString()));

        // The key that comes last is the one to remove; the others are shown beside it.
        var last = keys[^1];
        explanation.Report(
            site,
            DiagnosticCatalog.ForbiddenValue,
            instance,
            shown.Count == 1
                ? $"{explanation.Name} must not have {(last.WithValue ? string.Empty : "the key ")}{shown[0]}.{(last.WithValue ? string.Empty : " Remove it.")}"
                : $"{explanation.Name} must not have {ValueText.JoinSome(shown, "and")} at the same time. Remove one of them.",
            last.WithValue ? last.Property.Value.Span : last.Property.NameSpan,
            related: shown.Count == 1 ? null : new RelatedInformation(Uri: null, keys[0].Property.NameSpan, "The other key is here."),
            hideActual: true);
    }

    /// <summary>The members that the instance must not have together, if the schema excludes no more than such.</summary>
    private static List<(SyntaxNode Property, bool WithValue)>? KeysOf(SchemaNode excluded, SyntaxNode instance)
    {
        if (excluded.Keywords is [VariantsKeyword { ExactlyOne: false } variants] && KeyChoice.Of(variants.Facts) is not null)
        {
            var names = variants.Facts.Select(static f => f.OnlyRequiredKey).ToHashSet(StringComparer.Ordinal);
            return [.. PropertiesOf(instance, names.Contains).Take(1).Select(static p => (p, false))];
        }

        if (SchemaPhrase.Members(excluded) is not { } members)
        {
            return null;
        }

        var byKey = members.ToDictionary(static m => m.Key, static m => m.Values is not null, StringComparer.Ordinal);
        return [.. PropertiesOf(instance, byKey.ContainsKey).Select(p => (p, byKey[p.GetString()]))];
    }

    private static List<SyntaxNode> PropertiesOf(SyntaxNode instance, Func<string, bool> isMeant)
    {
        var found = new List<SyntaxNode>();
        foreach (var property in instance.Children)
        {
            if (isMeant(property.GetString()))
            {
                found.Add(property);
            }
        }

        return found;
    }
}
