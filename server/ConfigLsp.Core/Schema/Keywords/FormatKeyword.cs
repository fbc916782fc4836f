using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Formats;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>format</c> (2020-12 Validation, section 7). Unknown formats accept everything.</summary>
internal sealed class FormatKeyword : Keyword
{
    private readonly StringFormat _format;
    private readonly bool _always;

    private FormatKeyword(KeywordSite site, StringFormat format, bool always)
        : base(site, InstanceTypes.String)
    {
        _format = format;
        _always = always;
    }

    /// <inheritdoc />
    public override int Cost => 2;

    /// <inheritdoc />
    public override string Qualifier => _format.Description;

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("format", out var value))
        {
            return;
        }

        if (value.Kind != SyntaxKind.String)
        {
            builder.Malformed("format", value, "a string");
            return;
        }

        builder.Node.Format = value.GetString();
        if (StringFormat.Find(builder.Node.Format) is { } format)
        {
            // What the meta-schemas call a regular expression is what "pattern" takes here, the prefix (?i) of VS Code included.
            format = format.Name == "regex" && MetaSchemas.Contains(builder.Resource.DocumentUri) ? StringFormat.SchemaPattern : format;
            builder.Add(new FormatKeyword(builder.Site("format", value), format, format.IsOwn || builder.Resource.Dialect.AssertsFormat));
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if ((!_always && !evaluation.AssertsEveryFormat) || !evaluation.TrySpend(KindClass.LengthOf(instance) >> 3))
        {
            return true;
        }

        using var text = new BorrowedUtf8(instance);
        return _format.Check(text.Span);
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (IsValid(explanation.Evaluation, instance))
        {
            return;
        }

        if (_format.Name == SafePathFormat.Name)
        {
            explanation.Report(
                Site,
                DiagnosticCatalog.UnsafePath,
                instance,
                $"{explanation.Name} is not a safe path: it {SafePathFormat.Explain(instance.GetUtf8())}.",
                expected: _format.Example,
                suggestions: explanation.IsSecret(instance) ? [] : SafePathFormat.Suggest(instance.GetString()));
            return;
        }

        var repaired = explanation.IsSecret(instance) || instance.Kind != SyntaxKind.String ? null : FormatRepair.Find(_format, instance.GetString());
        var advice = repaired is null ? explanation.ForInstance(Site.Owner, _format.Example) : string.Empty;
        explanation.Report(
            Site,
            DiagnosticCatalog.FormatMismatch,
            instance,
            $"{explanation.Name} must be {_format.Description}{advice}{explanation.ButIs(instance)}.{(repaired is null ? string.Empty : $" Write {repaired}.")}",
            expected: _format.Name,
            suggestions: repaired is null ? [] : [repaired]);
    }
}
