using System.Globalization;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>The rule for labels of right-to-left scripts (RFC 5893 section 2), with directions taken from blocks and categories.</summary>
internal static class BidiRule
{
    private enum Direction
    {
        Left,
        Right,
        EuropeanNumber,
        ArabicNumber,
        Mark,
        Neutral,
    }

    public static bool IsRightToLeft(int point) => Of(point) is Direction.Right or Direction.ArabicNumber;

    public static bool Holds(List<int> label)
    {
        var last = label.FindLastIndex(static p => Of(p) != Direction.Mark);
        if (last < 0)
        {
            return false;
        }

        var end = Of(label[last]);
        switch (Of(label[0]))
        {
            case Direction.Left:
                return !label.Exists(static p => Of(p) is Direction.Right or Direction.ArabicNumber)
                    && end is Direction.Left or Direction.EuropeanNumber;
            case Direction.Right:
                var hasEuropean = label.Exists(static p => Of(p) == Direction.EuropeanNumber);
                var hasArabic = label.Exists(static p => Of(p) == Direction.ArabicNumber);
                return !label.Exists(static p => Of(p) == Direction.Left) && !(hasEuropean && hasArabic)
                    && end is Direction.Right or Direction.EuropeanNumber or Direction.ArabicNumber;
            default:
                return false;
        }
    }

    private static Direction Of(int point)
    {
        switch (point)
        {
            case (>= '0' and <= '9') or (>= 0x6F0 and <= 0x6F9):
                return Direction.EuropeanNumber;
            case >= 0x660 and <= 0x669:
                return Direction.ArabicNumber;
            case '-' or 0x200C or 0x200D or 0xB7 or 0x375:
                return Direction.Neutral;
        }

        if (CharUnicodeInfo.GetUnicodeCategory(point) == UnicodeCategory.NonSpacingMark)
        {
            return Direction.Mark;
        }

        return point is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF)
            or (>= 0x1E800 and <= 0x1EFFF)
            ? Direction.Right
            : Direction.Left;
    }
}
