using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Patterns;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>pattern</c> (2020-12 Validation, section 6.3.3).</summary>
internal sealed class PatternKeyword(KeywordSite site, SchemaPattern pattern) : Keyword(site, InstanceTypes.String)
{
    /// <inheritdoc />
    public override int Cost => 3;

    /// <inheritdoc />
    public override string Qualifier => $"matching `{ValueText.Shorten(pattern.Text)}`";

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("pattern", out var value))
        {
            return;
        }

        if (value.Kind != SyntaxKind.String)
        {
            builder.Malformed("pattern", value, "a regular expression in a string");
        }
        else if (builder.Pattern(value.GetString(), value) is { } pattern)
        {
            builder.Add(new PatternKeyword(builder.Site("pattern", value), pattern));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        using var text = new BorrowedUtf8(instance);
        return pattern.IsMatch(text.Span, evaluation, instance);
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (!IsValid(explanation.Evaluation, instance))
        {
            explanation.Report(
                Site,
                DiagnosticCatalog.PatternMismatch,
                instance,
                $"{explanation.Name} must match the pattern `{ValueText.Shorten(pattern.Text)}`{explanation.ForInstance(Site.Owner)}{explanation.ButIs(instance)}.",
                expected: pattern.Text);
        }
    }
}
