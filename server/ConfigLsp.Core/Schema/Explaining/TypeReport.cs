using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a value has a wrong type, and how to write it if it only stands in quotes, or lacks them.</summary>
internal static class TypeReport
{
    public static void Add(Explanation explanation, SchemaNode schema, SyntaxNode instance) =>
        Add(explanation, new KeywordSite(schema, "type", schema.Annotations.Keyword("type"u8)), schema.Types, instance);

    public static void Add(Explanation explanation, KeywordSite site, InstanceTypes types, SyntaxNode instance)
    {
        // Draft-04 does not take 1.0 for an integer, so it must not be called one.
        var type = instance.Kind == SyntaxKind.Number && (types & InstanceTypes.Integer) != 0 ? "a number with a fraction" : ValueText.TypeOf(instance);
        var actual = instance.Kind is SyntaxKind.Object or SyntaxKind.Array || explanation.IsSecret(instance)
            ? type
            : instance.Kind == SyntaxKind.Null ? "null" : $"{type} ({ValueText.Show(instance)})";
        var coerced = explanation.IsSecret(instance) ? null : Coerce(instance, types);
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

    /// <summary>The same value in an allowed type, as JSON, or null if there is none.</summary>
    private static string? Coerce(SyntaxNode instance, InstanceTypes types)
    {
        if (instance.Kind is SyntaxKind.Number or SyntaxKind.True or SyntaxKind.False && (types & InstanceTypes.String) != 0)
        {
            return $"\"{ValueText.Json(instance)}\"";
        }

        if (instance.Kind != SyntaxKind.String)
        {
            return null;
        }

        var text = instance.GetString().Trim();
        if ((types & InstanceTypes.Boolean) != 0 && text.ToLowerInvariant() is "true" or "false")
        {
            return text.ToLowerInvariant();
        }

        if (text == "null" && (types & InstanceTypes.Null) != 0)
        {
            return text;
        }

        var lexeme = System.Text.Encoding.UTF8.GetBytes(text);
        if ((types & (InstanceTypes.Number | InstanceTypes.Integer)) == 0 || !NumberText.IsNumber(lexeme))
        {
            return null;
        }

        return (types & InstanceTypes.Number) != 0 || NumberText.IsInteger(lexeme, allowZeroFraction: true) ? text : null;
    }
}
