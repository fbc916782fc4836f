using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.InlayHints;

/// <summary>Says numbers whose unit the schema gives (<c>x-unit</c>) in the units that people use.</summary>
public static class UnitHints
{
    private const int MaxDigits = 30;

    /// <summary>The hints of a part of the document, by place, at most <paramref name="limit"/>: behind <c>90000</c> in ms, <c>= 1 min 30 s</c>.</summary>
    public static ImmutableArray<InlayHint> Find(DocumentSnapshot snapshot, TextSpan within, int limit, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is not { } schema || limit <= 0)
        {
            return [];
        }

        var hints = ImmutableArray.CreateBuilder<InlayHint>();
        SchemaEvaluator.Walk(
            snapshot.Tree,
            schema,
            within,
            place =>
            {
                if (place.Value is { Kind: SyntaxKind.Number } value && UnitOf(place.Schemas) is { } unit && Describe(value, unit) is { } text)
                {
                    hints.Add(new InlayHint(value.Span.End, text));
                }

                return hints.Count < limit;
            },
            cancellationToken);
        return hints.DrainToImmutable();
    }

    private static string? Describe(SyntaxNode value, string unit) =>
        value.RawText.Length <= MaxDigits
        && decimal.TryParse(Encoding.UTF8.GetString(value.RawText), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && HumanUnits.Format(number, unit) is { } human
            ? "= " + human
            : null;

    /// <summary>The unit, unless some schema says that the number is a secret.</summary>
    private static string? UnitOf(IReadOnlyList<ApplicableSchema> schemas)
    {
        string? unit = null;
        for (var i = 0; i < schemas.Count; i++)
        {
            if (schemas[i].Schema.IsSecret)
            {
                return null;
            }

            unit ??= schemas[i].Schema.Annotations.Unit;
        }

        return unit;
    }
}
