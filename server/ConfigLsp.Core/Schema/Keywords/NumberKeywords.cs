using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms (2020-12 Validation, section 6.2), compared exactly.</summary>
internal sealed class LimitKeyword : Keyword
{
    private readonly ExactNumber _limit;
    private readonly long _smallLimit;
    private readonly bool _hasSmallLimit;
    private readonly bool _isUpper;
    private readonly bool _isExclusive;
    private readonly string _shown;

    private LimitKeyword(KeywordSite site, SyntaxNode limit, bool isUpper, bool isExclusive)
        : base(site, InstanceTypes.Number)
    {
        _limit = ExactNumber.Parse(limit.RawText);
        _hasSmallLimit = NumberText.TryGetInt64(limit.RawText, out _smallLimit);
        _shown = ValueText.Show(limit);
        _isUpper = isUpper;
        _isExclusive = isExclusive;
    }

    /// <inheritdoc />
    public override string Qualifier => (_isExclusive ? string.Empty : "of ") + Demand;

    private string Demand => (_isUpper, _isExclusive) switch
    {
        (true, false) => "at most",
        (true, true) => "less than",
        (false, false) => "at least",
        (false, true) => "greater than",
    } + " " + _shown;

    public static void Compile(SchemaBuilder builder)
    {
        Compile(builder, "minimum", "exclusiveMinimum", isUpper: false);
        Compile(builder, "maximum", "exclusiveMaximum", isUpper: true);
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend((instance.Span.Length + _limit.Digits) >> 6))
        {
            return true;
        }

        var order = _hasSmallLimit && NumberText.TryGetInt64(instance.RawText, out var small)
            ? small.CompareTo(_smallLimit)
            : ExactNumber.Parse(instance.RawText).CompareTo(_limit);
        return (_isUpper ? -order : order) switch { > 0 => true, 0 => !_isExclusive, _ => false };
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        // Where both kinds of limit are broken, the stricter one says all.
        if (IsValid(explanation.Evaluation, instance) || Array.Exists(Site.Owner.Keywords, k => k is LimitKeyword other && other.IsStricterThan(this)))
        {
            return;
        }

        explanation.Report(
            Site,
            _isUpper ? DiagnosticCatalog.NumberTooLarge : DiagnosticCatalog.NumberTooSmall,
            instance,
            $"{explanation.Name} must be {Demand}{explanation.ButIs(instance)}.",
            expected: Demand,
            suggestions: _isExclusive ? [] : [_shown]);
    }

    private bool IsStricterThan(LimitKeyword other)
    {
        if (ReferenceEquals(this, other) || _isUpper != other._isUpper)
        {
            return false;
        }

        var order = _limit.CompareTo(other._limit) * (_isUpper ? -1 : 1);
        return order > 0 || (order == 0 && _isExclusive);
    }

    private static void Compile(SchemaBuilder builder, string inclusive, string exclusive, bool isUpper)
    {
        var isExclusiveFlag = false;
        if (builder.TryGet(exclusive, out var bound))
        {
            if (builder.Resource.Dialect.Draft == DraftVersion.Draft04)
            {
                isExclusiveFlag = bound.Kind == SyntaxKind.True;
            }
            else if (bound.Kind == SyntaxKind.Number)
            {
                builder.Add(new LimitKeyword(builder.Site(exclusive, bound), bound, isUpper, isExclusive: true));
            }
            else
            {
                builder.Malformed(exclusive, bound, "a number");
            }
        }

        if (!builder.TryGet(inclusive, out bound))
        {
            return;
        }

        if (bound.Kind == SyntaxKind.Number)
        {
            builder.Add(new LimitKeyword(builder.Site(inclusive, bound), bound, isUpper, isExclusiveFlag));
        }
        else
        {
            builder.Malformed(inclusive, bound, "a number");
        }
    }
}

/// <summary><c>multipleOf</c> (2020-12 Validation, section 6.2.1), divided exactly.</summary>
internal sealed class MultipleOfKeyword : Keyword
{
    /// <summary>Division by more digits takes long; nobody means it.</summary>
    private const int MaxDigits = 1000;

    private readonly ExactNumber _step;
    private readonly long _smallStep;
    private readonly bool _hasSmallStep;

    private MultipleOfKeyword(KeywordSite site)
        : base(site, InstanceTypes.Number)
    {
        _step = ExactNumber.Parse(site.Value.RawText);
        _hasSmallStep = NumberText.TryGetInt64(site.Value.RawText, out _smallStep);
    }

    /// <inheritdoc />
    public override string Qualifier => $"that is a multiple of {ValueText.Show(Site.Value)}";

    public static void Compile(SchemaBuilder builder)
    {
        if (!builder.TryGet("multipleOf", out var step))
        {
            return;
        }

        if (step.Kind == SyntaxKind.Number && ExactNumber.Parse(step.RawText) is var divisor && divisor > default(ExactNumber))
        {
            if (divisor.Digits > MaxDigits)
            {
                builder.Malformed("multipleOf", step, $"a number of at most {MaxDigits} digits");
                return;
            }

            builder.Add(new MultipleOfKeyword(builder.Site("multipleOf", step)));
        }
        else
        {
            builder.Malformed("multipleOf", step, "a number greater than 0");
        }
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance) =>
        !evaluation.TrySpend((instance.Span.Length >> 3) + (_step.Digits >> 3)) || (_hasSmallStep && NumberText.TryGetInt64(instance.RawText, out var small)
            ? small % _smallStep == 0
            : ExactNumber.Parse(instance.RawText).IsMultipleOf(_step));

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (!IsValid(explanation.Evaluation, instance))
        {
            var step = ValueText.Show(Site.Value);
            var nearest = explanation.IsSecret(instance) ? [] : Nearest(instance);
            explanation.Report(
                Site,
                DiagnosticCatalog.NotMultiple,
                instance,
                $"{explanation.Name} must be a multiple of {step}{explanation.ButIs(instance)}.{(nearest.IsEmpty ? string.Empty : $" Write {ValueText.Join(nearest, "or")}.")}",
                expected: $"a multiple of {step}",
                suggestions: nearest);
        }
    }

    /// <summary>The multiples below and above, nearest first, if the numbers are of a size to calculate with exactly.</summary>
    private ImmutableArray<string> Nearest(SyntaxNode instance)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        const decimal Largest = 1_000_000_000_000;
        if (!decimal.TryParse(Encoding.UTF8.GetString(instance.RawText), Style, CultureInfo.InvariantCulture, out var value)
            || !decimal.TryParse(Encoding.UTF8.GetString(Site.Value.RawText), Style, CultureInfo.InvariantCulture, out var step)
            || Math.Abs(value) > Largest || step > Largest || step < 1 / Largest || Math.Abs(value) / step > Largest)
        {
            return [];
        }

        var below = Math.Floor(value / step) * step;
        var above = below + step;
        decimal[] nearest = value - below <= above - value ? [below, above] : [above, below];
        return [.. nearest.Select(static n => n.ToString("0.############################", CultureInfo.InvariantCulture))];
    }
}
