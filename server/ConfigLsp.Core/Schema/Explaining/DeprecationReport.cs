using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Says that a key or value is deprecated.</summary>
internal static class DeprecationReport
{
    public static void Add(Explanation explanation, SchemaNode schema, SyntaxNode instance)
    {
        var message = schema.Annotations.DeprecationMessage;
        var keyword = message is null ? "deprecated" : "deprecationMessage";
        var site = new KeywordSite(schema, keyword, message is null ? schema.Annotations.Keyword("deprecated"u8) : schema.Annotations.Keyword("deprecationMessage"u8));
        var property = explanation.Path.Property;
        explanation.Report(
            site,
            DiagnosticCatalog.DeprecatedKey,
            instance,
            message is null ? $"{explanation.Name} is deprecated." : $"{explanation.Name} is deprecated: {message}",
            !property.IsNone && property.Value == instance && !property.NameSpan.IsEmpty ? property.NameSpan : null);
    }
}
