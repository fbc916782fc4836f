using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>
/// (2020-12 Validation, sections 6.3 to 6.5). A repeated key counts once, as its last value is the only one.
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

    /// <inheritdoc />
    public override string Qualifier => "with " + Demand;

    private string Noun => LooksAt switch { InstanceTypes.String => "character", InstanceTypes.Array => "item", _ => "key" };

    private string Demand => $"{(_isUpper ? "at most" : "at least")} {ValueText.Count(_limit, Noun)}";

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
        if (_isUpper ? count <= _limit : count < _limit)
        {
            // Repeated keys can only make an object smaller than it looks.
            return _isUpper;
        }

        if (instance.Kind != SyntaxKind.Object)
        {
            return !_isUpper;
        }

        return _isUpper ? DuplicateKeys.CountDistinct(instance, _limit + 1) <= _limit : DuplicateKeys.CountDistinct(instance, _limit) == _limit;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (IsValid(explanation.Evaluation, instance))
        {
            return;
        }

        var rule = LooksAt switch
        {
            InstanceTypes.String => _isUpper ? DiagnosticCatalog.StringTooLong : DiagnosticCatalog.StringTooShort,
            InstanceTypes.Array => _isUpper ? DiagnosticCatalog.TooManyItems : DiagnosticCatalog.TooFewItems,
            _ => _isUpper ? DiagnosticCatalog.TooManyKeys : DiagnosticCatalog.TooFewKeys,
        };
        explanation.Report(
            Site, rule, instance, $"{explanation.Name} {Complain(explanation, instance)}", Underlined(explanation, instance), expected: Demand, hideActual: LooksAt != InstanceTypes.String);
    }

    private string Complain(Explanation explanation, SyntaxNode instance)
    {
        var count = instance.Kind == SyntaxKind.Object ? DuplicateKeys.CountDistinct(instance, int.MaxValue) : CountOf(instance);
        if (explanation.IsSecret(instance))
        {
            return $"must have {Demand}.";
        }

        if (_isUpper && _limit == 0)
        {
            return $"must be empty, but has {ValueText.Count(count, Noun)}.";
        }

        if (!_isUpper && count == 0)
        {
            return $"must not be empty: it must have {Demand}.";
        }

        // How much of a text to remove is seen from its length; of items and keys the number says what to do.
        var advice = LooksAt == InstanceTypes.String ? string.Empty : _isUpper ? $" Remove {count - _limit}." : $" Add {_limit - count} more.";
        return $"must have {Demand}, but has {count}.{advice}";
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
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var child in instance.Children)
            {
                if (child.Kind == SyntaxKind.Property && !names.Add(child.GetString()))
                {
                    continue;
                }

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
        _ => CodePoints(instance),
    };

    /// <summary>Characters are Unicode code points (RFC 8259): every byte that does not continue one begins one.</summary>
    private static int CodePoints(SyntaxNode instance)
    {
        using var text = new BorrowedUtf8(instance);
        var count = 0;
        foreach (var b in text.Span)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
