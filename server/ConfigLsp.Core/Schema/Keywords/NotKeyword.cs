using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>not</c> (2020-12 Core, section 10.2.1.4).</summary>
internal sealed class NotKeyword(KeywordSite site, SchemaNode schema) : Keyword(site, InstanceTypes.All)
{
    /// <inheritdoc />
    public override int Cost => 20;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => [new(schema, InPlace: true)];

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.TryGet("not", out var value))
        {
            builder.Node.Not = builder.Subschema(value);
            builder.Add(new NotKeyword(builder.Site("not", value), builder.Node.Not));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        var unknowns = evaluation.Unknowns;
        return !evaluation.IsValid(schema, instance) || evaluation.Unknowns != unknowns;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (IsValid(explanation.Evaluation, instance))
        {
            return;
        }

        var forbiddenKeys = schema.Properties.Where(static p => p.IsRequired).Select(static p => $"`{p.Name}`").ToArray();
        var message = forbiddenKeys.Length > 0 && schema.Properties.All(static p => p.Schema is null or { IsTrivial: true })
            ? $"{explanation.Name} must not have {(forbiddenKeys.Length == 1 ? "the key " : "at the same time the keys ")}{ValueText.Join(forbiddenKeys, "and")}."
            : schema.Types != InstanceTypes.All && schema.Keywords.Length == 0
                ? $"{explanation.Name} must not be {ValueText.Types(schema.Types)}."
                : $"{explanation.Name} must not be {VariantName.Of(schema) ?? "such a value"}, but is {explanation.Actual(instance)}.";
        explanation.Report(
            Site,
            DiagnosticCatalog.ForbiddenValue,
            instance,
            message,
            instance.Kind is SyntaxKind.Object or SyntaxKind.Array ? explanation.OpeningOf(instance) : null);
    }
}
