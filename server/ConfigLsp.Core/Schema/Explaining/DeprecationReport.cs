using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key or a value is deprecated: the value where the schema is about certain values only.</summary>
internal static class DeprecationReport
{
    public static void Add(Explanation explanation, SchemaNode schema, SyntaxNode instance)
    {
        var message = schema.Annotations.DeprecationMessage;
        var keyword = message is null ? "deprecated" : "deprecationMessage";
        var site = new KeywordSite(schema, keyword, message is null ? schema.Annotations.Keyword("deprecated"u8) : schema.Annotations.Keyword("deprecationMessage"u8));
        var property = explanation.Path.Property;
        var isValue = BranchFacts.ListedValues(schema) is not null && instance.Kind is not (SyntaxKind.Object or SyntaxKind.Array);
        var subject = isValue && !explanation.IsSecret(instance) ? $"The value {ValueText.Show(instance)} of {explanation.Name}" : explanation.Name;
        explanation.Report(
            site,
            DiagnosticCatalog.DeprecatedKey,
            instance,
            message is null ? $"{subject} is deprecated." : $"{subject} is deprecated: {ValueText.Sentence(message)}",
            !isValue && !property.IsNone && property.Value == instance && !property.NameSpan.IsEmpty ? property.NameSpan : null);
    }
}
