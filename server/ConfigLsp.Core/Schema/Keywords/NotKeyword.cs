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

        NotReport.Add(explanation, Site, schema, instance);
    }
}
