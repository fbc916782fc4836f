using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>Writes a parsed pattern in the notation of .NET, for those patterns that need backtracking.</summary>
internal static class RegexEmitter
{
    private const string WordBoundary = "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))";
    private const string NotWordBoundary = "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))";

    public static string Emit(PatternNode root)
    {
        var text = new StringBuilder();
        Emit(root, text);
        return text.ToString();
    }

    private static void Emit(PatternNode node, StringBuilder text)
    {
        switch (node)
        {
            case PatternNode.Set set:
                EmitSet(set.CodePoints, text);
                break;
            case PatternNode.Anchor anchor:
                text.Append(anchor.Kind switch
                {
                    AnchorKind.Start => "\\A",
                    AnchorKind.End => "\\z",
                    AnchorKind.WordBoundary => WordBoundary,
                    _ => NotWordBoundary,
                });
                break;
            case PatternNode.Group group:
                text.Append(CultureInfo.InvariantCulture, $"(?<g{group.Number}>");
                Emit(group.Item, text);
                text.Append(')');
                break;
            case PatternNode.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Emit(item, text);
                }

                break;
            case PatternNode.Choice choice:
                EmitJoined(choice.Items, text);
                break;
            case PatternNode.Repeat repeat:
                text.Append("(?:");
                Emit(repeat.Item, text);
                text.Append(CultureInfo.InvariantCulture, $"){{{repeat.Min},{(repeat.Max < 0 ? string.Empty : repeat.Max.ToString(CultureInfo.InvariantCulture))}}}");
                text.Append(repeat.IsLazy ? "?" : string.Empty);
                break;
            case PatternNode.Look look:
                text.Append("(?").Append(look.IsBehind ? "<" : string.Empty).Append(look.IsNegative ? '!' : '=');
                Emit(look.Item, text);
                text.Append(')');
                break;
            case PatternNode.BackReference reference:
                // A group that took no part matches the empty text in ECMAScript.
                text.Append(CultureInfo.InvariantCulture, $"(?(g{reference.Number})\\k<g{reference.Number}>|)");
                break;
        }
    }

    private static void EmitJoined(IReadOnlyList<PatternNode> items, StringBuilder text)
    {
        text.Append("(?:");
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : "|");
            Emit(items[i], text);
        }

        text.Append(')');
    }

    /// <summary>Code points beyond U+FFFF are pairs of units in .NET.</summary>
    private static void EmitSet(CodePointSet set, StringBuilder text)
    {
        var units = new StringBuilder();
        var pairs = new StringBuilder();
        foreach (var (first, last) in set.Ranges)
        {
            AppendUnits(units, first, Math.Min(last, 0xFFFF), pairs.Length > 0 || last > 0xFFFF || first <= 0xD7FF && last >= 0xE000);
            if (last > 0xFFFF)
            {
                AppendPairs(pairs, Math.Max(first, 0x10000), last);
            }
        }

        var single = units.Length == 0 ? "[^\\s\\S]" : $"[{units}]";
        text.Append(pairs.Length == 0 ? single : $"(?:{single}{pairs})");
    }

    private static void AppendUnits(StringBuilder units, int first, int last, bool withoutSurrogates)
    {
        if (first > last)
        {
            return;
        }

        if (withoutSurrogates && first < 0xD800 && last > 0xDFFF)
        {
            AppendUnits(units, first, 0xD7FF, withoutSurrogates: false);
            AppendUnits(units, 0xE000, last, withoutSurrogates: false);
            return;
        }

        units.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
        if (last > first)
        {
            units.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
        }
    }

    private static void AppendPairs(StringBuilder pairs, int first, int last)
    {
        var (firstHigh, firstLow) = Split(first);
        var (lastHigh, lastLow) = Split(last);
        if (firstHigh == lastHigh)
        {
            AppendPair(pairs, firstHigh, firstHigh, firstLow, lastLow);
            return;
        }

        if (firstLow != 0xDC00)
        {
            AppendPair(pairs, firstHigh, firstHigh, firstLow, 0xDFFF);
            firstHigh++;
        }

        if (lastLow != 0xDFFF)
        {
            AppendPair(pairs, lastHigh, lastHigh, 0xDC00, lastLow);
            lastHigh--;
        }

        if (firstHigh <= lastHigh)
        {
            AppendPair(pairs, firstHigh, lastHigh, 0xDC00, 0xDFFF);
        }
    }

    private static void AppendPair(StringBuilder pairs, int firstHigh, int lastHigh, int firstLow, int lastLow) =>
        pairs.Append(CultureInfo.InvariantCulture, $"|[\\u{firstHigh:X4}-\\u{lastHigh:X4}][\\u{firstLow:X4}-\\u{lastLow:X4}]");

    private static (int High, int Low) Split(int point) => (0xD800 + ((point - 0x10000) >> 10), 0xDC00 + ((point - 0x10000) & 0x3FF));
}
