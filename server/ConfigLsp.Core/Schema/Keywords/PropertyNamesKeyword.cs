using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>propertyNames</c> (2020-12 Core, section 10.3.2.4). The property itself stands for its name as an instance.</summary>
internal sealed class PropertyNamesKeyword(KeywordSite site, SchemaNode schema) : Keyword(site, InstanceTypes.Object)
{
    /// <inheritdoc />
    public override int Cost => 8;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges => [new(schema, InPlace: false)];

    public static void Compile(SchemaBuilder builder)
    {
        if (builder.TryGet("propertyNames", out var value))
        {
            builder.Node.PropertyNames = builder.Subschema(value);
            builder.Add(new PropertyNamesKeyword(builder.Site("propertyNames", value), builder.Node.PropertyNames));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        foreach (var property in instance.Children)
        {
            if (!property.NameSpan.IsEmpty && !evaluation.IsValid(schema, property))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        foreach (var property in instance.Children)
        {
            if (explanation.HasMore)
            {
                return;
            }

            if (property.NameSpan.IsEmpty || explanation.Evaluation.IsValid(schema, property))
            {
                continue;
            }

            explanation.Path.EnterName(property);
            var found = explanation.Try(schema, property, limit: 1);
            explanation.Report(
                Site,
                DiagnosticCatalog.InvalidKeyName,
                property,
                found.Count > 0 && schema.Always is null ? found[0].Message : $"{explanation.Name} is not allowed here: no keys are. Remove it.",
                property.NameSpan,
                expected: found.Count > 0 ? found[0].Data!.Expected : null,
                suggestions: found.Count > 0 ? found[0].Data!.Suggestions : [],
                hideActual: true);
            explanation.Path.Leave();
        }
    }
}
