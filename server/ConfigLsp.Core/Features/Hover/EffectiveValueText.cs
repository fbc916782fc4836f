using System.Text;

namespace ConfigLsp.Core.Features.Hover;

/// <summary>Says in a sentence or two which value is effective, and where it comes from.</summary>
public static class EffectiveValueText
{
    /// <summary>The text as untrusted Markdown (CommonMark).</summary>
    public static string Render(EffectiveValue value)
    {
        var markdown = new StringBuilder("Effective: ").Append(Describe(value));
        var isOwn = value.Use is EffectiveUse.Effective or EffectiveUse.Coerced;
        if ((!isOwn || value.IsObject) && !value.Origins.IsEmpty)
        {
            markdown.Append(", from ").AppendJoin(", ", value.Origins.Select(Name));
        }

        markdown.Append(". ").Append(Explain(value));
        if (isOwn && value.Hidden is { } hidden)
        {
            markdown.Append(" It overrides ").Append(hidden.Json is { } json && !value.IsSecret ? SchemaDocumentation.Code(json) + " of " : "the value of ").Append(Name(hidden)).Append('.');
        }

        return markdown.ToString().TrimEnd();
    }

    private static string Describe(EffectiveValue value) => value switch
    {
        { Origins.IsEmpty: true } => "no value",
        { IsSecret: true } => "a secret value",
        { IsObject: true } => value.Origins.Length > 1 ? "put together" : "all of it",
        { Json: { } json } => SchemaDocumentation.Code(json),
        _ => "a value",
    };

    private static string Explain(EffectiveValue value) => value.Use switch
    {
        EffectiveUse.Effective => value.IsObject ? string.Empty : "This value is effective.",
        EffectiveUse.Coerced => "It is read from this value." + Because(value),
        EffectiveUse.Overridden => "This value is overridden.",
        EffectiveUse.Skipped => "This value is passed over." + Because(value),
        _ => "What stands here is not saved yet.",
    };

    private static string Because(EffectiveValue value) => value.Problem is { } problem ? " " + SchemaDocumentation.EscapeMarkdown(problem) : string.Empty;

    private static string Name(EffectiveOrigin origin)
    {
        var name = SchemaDocumentation.EscapeMarkdown(origin.Source);
        var linked = origin.Address is { } address ? $"[{name}](<{address.Replace(">", "%3E", StringComparison.Ordinal)}>)" : name;
        return origin.Variable is { } variable ? $"{linked} ({SchemaDocumentation.Code(variable)})" : linked;
    }
}
