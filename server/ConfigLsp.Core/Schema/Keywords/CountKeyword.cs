using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>
/// (2020-12 Validation, sections 6.3 to 6.5).
/// </summary>
internal sealed class CountKeyword : Keyword
{
    private readonly int _limit;
    private readonly bool _isUpper;

    private CountKeyword(KeywordSite site, InstanceTypes type, int limit, bool isUpper)
        : base(site, type)
    {
        _limit = limit;
        _isUpper = isUpper;
    }

    public static void Compile(SchemaBuilder builder)
    {
        Compile(builder, "minLength", InstanceTypes.String, isUpper: false);
        Compile(builder, "maxLength", InstanceTypes.String, isUpper: true);
        Compile(builder, "minItems", InstanceTypes.Array, isUpper: false);
        Compile(builder, "maxItems", InstanceTypes.Array, isUpper: true);
        Compile(builder, "minProperties", InstanceTypes.Object, isUpper: false);
        Compile(builder, "maxProperties", InstanceTypes.Object, isUpper: true);
    }

    /// <summary>The value of a keyword that counts, or null if it is not a non-negative integer. Limits beyond 2^31-1 are taken as that.</summary>
    public static int? ReadLimit(SyntaxNode value)
    {
        if (value.Kind != SyntaxKind.Number)
        {
            return null;
        }

        var number = ExactNumber.Parse(value.RawText);
        if (!number.IsInteger || number < default(ExactNumber))
        {
            return null;
        }

        return number.ToNonNegativeInt32() ?? int.MaxValue;
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (LooksAt == InstanceTypes.String && !evaluation.TrySpend(KindClass.LengthOf(instance) >> 6))
        {
            return true;
        }

        var count = CountOf(instance);
        return _isUpper ? count <= _limit : count >= _limit;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (IsValid(explanation.Evaluation, instance))
        {
            return;
        }

        var (rule, noun) = LooksAt switch
        {
            InstanceTypes.String => (_isUpper ? DiagnosticCatalog.StringTooLong : DiagnosticCatalog.StringTooShort, "character"),
            InstanceTypes.Array => (_isUpper ? DiagnosticCatalog.TooManyItems : DiagnosticCatalog.TooFewItems, "item"),
            _ => (_isUpper ? DiagnosticCatalog.TooManyKeys : DiagnosticCatalog.TooFewKeys, "key"),
        };
        var count = CountOf(instance);
        var demand = $"{(_isUpper ? "at most" : "at least")} {ValueText.Count(_limit, noun)}";
        var message = !_isUpper && count == 0
            ? $"{explanation.Name} must not be empty: it must have {demand}."
            : $"{explanation.Name} must have {demand}{(explanation.IsSecret(instance) ? "." : $", but has {count}.")}";
        explanation.Report(Site, rule, instance, message, Underlined(explanation, instance), expected: demand, hideActual: LooksAt != InstanceTypes.String);
    }

    private static void Compile(SchemaBuilder builder, string name, InstanceTypes type, bool isUpper)
    {
        if (!builder.TryGet(name, out var value))
        {
            return;
        }

        if (ReadLimit(value) is not { } limit)
        {
            builder.Malformed(name, value, "a non-negative integer");
        }
        else if (isUpper || limit > 0)
        {
            builder.Add(new CountKeyword(builder.Site(name, value), type, limit, isUpper));
        }
    }

    /// <summary>The first item or key too many; where something lacks, the opening.</summary>
    private TextSpan? Underlined(Explanation explanation, SyntaxNode instance)
    {
        if (LooksAt == InstanceTypes.String)
        {
            return null;
        }

        if (_isUpper)
        {
            var ordinal = 0;
            foreach (var child in instance.Children)
            {
                if (ordinal++ == _limit)
                {
                    return child.Kind == SyntaxKind.Property ? child.NameSpan : child.Span;
                }
            }
        }

        return explanation.OpeningOf(instance);
    }

    private static int CountOf(SyntaxNode instance) => instance.Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array => instance.ChildCount,
        _ => CodePoints(instance.GetUtf8()),
    };

    /// <summary>Characters are Unicode code points (RFC 8259): every byte that does not continue one begins one.</summary>
    private static int CodePoints(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
