using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Colors;

/// <summary>Finds the colours that the schema announces with the format <c>color-hex</c> (or <c>color</c>), and writes colours.</summary>
public static class ColorFeature
{
    /// <summary>The colours of the document, by place, at most <paramref name="limit"/>.</summary>
    public static ImmutableArray<DocumentColor> Find(DocumentSnapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        // A document without such a text is answered without going through its schema.
        if (snapshot.Schema is not { } schema || limit <= 0 || snapshot.Text.Span.IndexOf("\"#"u8) < 0)
        {
            return [];
        }

        var colors = ImmutableArray.CreateBuilder<DocumentColor>();
        SchemaEvaluator.Walk(
            snapshot.Tree,
            schema,
            snapshot.Text.FullSpan,
            place =>
            {
                if (place.Value is { Kind: SyntaxKind.String } value && IsColor(place.Schemas) && Parse(value.GetString()) is { } color)
                {
                    colors.Add(new DocumentColor(value.Span, color));
                }

                return colors.Count < limit;
            },
            cancellationToken);
        return colors.DrainToImmutable();
    }

    /// <summary>The text of a colour as a JSON string: six hexadecimal digits, or eight where it is not opaque.</summary>
    public static string ToJson(Color color) => $"\"{ToText(color)}\"";

    /// <summary>The text of a colour.</summary>
    public static string ToText(Color color)
    {
        var text = new StringBuilder("#");
        Append(color.Red);
        Append(color.Green);
        Append(color.Blue);
        if (color.Alpha < 1)
        {
            Append(color.Alpha);
        }

        return text.ToString();

        void Append(double part) => text.Append(((int)Math.Round(Math.Clamp(part, 0, 1) * 255, MidpointRounding.AwayFromZero)).ToString("x2", CultureInfo.InvariantCulture));
    }

    /// <summary>Reads <c>#rgb</c>, <c>#rgba</c>, <c>#rrggbb</c> or <c>#rrggbbaa</c>; null for anything else.</summary>
    public static Color? Parse(string text)
    {
        if (text.Length is not (4 or 5 or 7 or 9) || text[0] != '#' || !text.AsSpan(1).ContainsOnlyHexDigits())
        {
            return null;
        }

        var isShort = text.Length < 6;
        return new Color(Part(0), Part(1), Part(2), text.Length is 5 or 9 ? Part(3) : 1);

        double Part(int number) => isShort
            ? int.Parse(text.AsSpan(1 + number, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * 17 / 255.0
            : int.Parse(text.AsSpan(1 + (number * 2), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
    }

    private static bool ContainsOnlyHexDigits(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsColor(IReadOnlyList<ApplicableSchema> schemas)
    {
        for (var i = 0; i < schemas.Count; i++)
        {
            if (schemas[i].Schema.Format is "color-hex" or "color")
            {
                return true;
            }
        }

        return false;
    }
}
