using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
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

            explanation.Path.EnterProperty(property);
            var found = explanation.Try(schema, property, limit: 1);
            var reason = schema.Always is false ? " No keys are allowed." : found.Count > 0 ? " " + found[0].Message : string.Empty;
            explanation.Report(
                Site,
                DiagnosticCatalog.InvalidKeyName,
                property,
                $"The key `{ValueText.Shorten(property.GetString())}` is not allowed here.{reason}",
                property.NameSpan,
                suggestions: found.Count > 0 ? found[0].Data!.Suggestions : []);
            explanation.Path.Leave();
        }
    }
}
