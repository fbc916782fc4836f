using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a value has a wrong type, and how to write it if only its notation is wrong.</summary>
internal static class TypeReport
{
    public static void Add(Explanation explanation, SchemaNode schema, SyntaxNode instance)
    {
        var coerced = IsHidden(explanation, schema, instance) ? null : Coercion.Find(explanation, schema, schema.Types, instance);
        foreach (var keyword in schema.Keywords)
        {
            // Where the values are listed, naming the type does not help, unless a listed value is what was meant.
            if (keyword is AllowedValuesKeyword listed && (coerced is null || !listed.Values.Any(v => ValueText.Json(v) == coerced)))
            {
                AllowedValuesKeyword.Report(explanation, listed.Site, listed.Values, instance);
                return;
            }
        }

        Report(explanation, new KeywordSite(schema, "type", schema.Annotations.Keyword("type"u8)), schema.Types, instance, coerced);
    }

    public static void Add(Explanation explanation, KeywordSite site, InstanceTypes types, SyntaxNode instance) =>
        Report(explanation, site, types, instance, IsHidden(explanation, site.Owner, instance) ? null : Coercion.Find(explanation, schema: null, types, instance));

    /// <summary>A value in the place of an object or array that holds secrets may well be one of them.</summary>
    private static bool IsHidden(Explanation explanation, SchemaNode schema, SyntaxNode instance) => schema.MayHoldSecret || explanation.IsSecret(instance);

    private static void Report(Explanation explanation, KeywordSite site, InstanceTypes types, SyntaxNode instance, string? coerced)
    {
        // Draft-04 does not take 1.0 for an integer, so it must not be called one.
        var type = instance.Kind == SyntaxKind.Number && (types & InstanceTypes.Integer) != 0 ? "a number with a fraction" : ValueText.TypeOf(instance);
        var actual = instance.Kind is SyntaxKind.Object or SyntaxKind.Array || IsHidden(explanation, site.Owner, instance)
            ? type
            : instance.Kind == SyntaxKind.Null ? "null" : $"{type} ({ValueText.Show(instance)})";
        var advice = coerced is null ? string.Empty : $" Write {ValueText.Shorten(coerced)}.";
        explanation.Report(
            site,
            DiagnosticCatalog.TypeMismatch,
            instance,
            $"{explanation.Name} must be {ValueText.Types(types)}, but is {actual}.{advice}",
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null,
            expected: ValueText.Types(types),
            suggestions: coerced is null ? [] : [coerced]);
    }
}
