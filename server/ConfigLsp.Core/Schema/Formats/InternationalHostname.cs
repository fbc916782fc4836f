using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>
/// Host names with IDNA 2008 (RFC 5890 to 5893). Which code points are allowed is derived from their general category (RFC 5892 section 2)
/// with the exceptions of section 2.6; what Unicode normalisation would rule out besides is approximated by the blocks of compatibility characters.
/// </summary>
internal static class InternationalHostname
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const string AceBegin = "xn--";

    public static bool IsValid(ReadOnlySpan<byte> name, bool allowUnicode) => Ascii.IsValid(name) && name.IndexOf("--"u8) < 0
        ? IsPlain(name)
        : IsValid(Encoding.UTF8.GetString(name), allowUnicode);

    /// <summary>Names of ASCII without two hyphens in a row, so without A-labels: nearly all, decided where they stand.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> name)
    {
        foreach (var range in name.Split((byte)'.'))
        {
            var label = name[range];
            if (label.Length is 0 or > MaxLabel || label[0] == (byte)'-' || label[^1] == (byte)'-' || label.ContainsAnyExcept(LetterDigitHyphenBytes))
            {
                return false;
            }
        }

        return name.Length <= MaxName;
    }

    private static bool IsValid(string name, bool allowUnicode)
    {
        // RFC 3490 section 3.1 lists the characters that count as dots.
        var dotted = allowUnicode ? name.Replace('\u3002', '.').Replace('\uff0e', '.').Replace('\uff61', '.') : name;
        var length = -1;
        var labels = new List<List<int>>();
        foreach (var label in dotted.Split('.'))
        {
            if (!TryReadLabel(label, allowUnicode, out var points, out var asciiLength))
            {
                return false;
            }

            length += asciiLength + 1;
            labels.Add(points);
        }

        var isBidi = labels.Exists(static l => l.Exists(BidiRule.IsRightToLeft));
        return length <= MaxName && (!isBidi || labels.TrueForAll(BidiRule.Holds));
    }

    private static bool TryReadLabel(string label, bool allowUnicode, out List<int> points, out int asciiLength)
    {
        points = [];
        asciiLength = label.Length;
        if (label.Length == 0 || label[0] == '-' || label[^1] == '-')
        {
            // A label that ends with a hyphen is no A-label either.
            return false;
        }

        if (Ascii.IsValid(label))
        {
            if (label.Length > MaxLabel || label.AsSpan().ContainsAnyExcept(LetterDigitHyphen))
            {
                return false;
            }

            if (!label.StartsWith(AceBegin, StringComparison.OrdinalIgnoreCase))
            {
                points.AddRange(label.Select(static c => (int)c));
                return label.Length < 4 || !allowUnicode || label[2..4] != "--";
            }

            var encoded = label[AceBegin.Length..];
            if (Punycode.Decode(encoded) is not { } decoded)
            {
                return false;
            }

            points = decoded;
            return points.Exists(static p => p > 127)
                && Punycode.Encode(points).Equals(encoded, StringComparison.OrdinalIgnoreCase)
                && IsUnicodeLabel(points);
        }

        if (!allowUnicode)
        {
            return false;
        }

        foreach (var rune in label.EnumerateRunes())
        {
            points.Add(rune.Value);
        }

        asciiLength = AceBegin.Length + Punycode.Encode(points).Length;
        return asciiLength <= MaxLabel && IsUnicodeLabel(points);
    }

    private static readonly SearchValues<char> LetterDigitHyphen =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly SearchValues<byte> LetterDigitHyphenBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8);

    private static bool IsUnicodeLabel(List<int> points)
    {
        if ((points.Count >= 4 && points[2] == '-' && points[3] == '-') || points[0] == '-' || points[^1] == '-' || IsMark(points[0]))
        {
            return false;
        }

        for (var i = 0; i < points.Count; i++)
        {
            if (!IsAllowed(points[i]) && !IsAllowedInContext(points, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(int point)
    {
        switch (point)
        {
            case 0xDF or 0x3C2 or 0x6FD or 0x6FE or 0xF0B or 0x3007:
                return true;
            case 0x640 or 0x7FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B:
                return false;
            case 0xB7 or 0x375 or 0x5F3 or 0x5F4 or 0x30FB or 0x200C or 0x200D:
                return false;
            case (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9):
                return false;
            case '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                return true;
            case < 0x80 or 0xAA or 0xBA or (>= 0xF900 and <= 0xFAFF) or (>= 0xFB00 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0xFF00 and <= 0xFFEF)
                or (>= 0x1100 and <= 0x11FF) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0x2070 and <= 0x209C):
                return false;
        }

        return CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;
    }

    /// <summary>The contextual rules (RFC 5892 appendix A).</summary>
    private static bool IsAllowedInContext(List<int> points, int at)
    {
        var before = at > 0 ? points[at - 1] : -1;
        var after = at + 1 < points.Count ? points[at + 1] : -1;
        return points[at] switch
        {
            0xB7 => before == 'l' && after == 'l',
            0x375 => after is (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF),
            0x5F3 or 0x5F4 => before is >= 0x591 and <= 0x5F4,
            0x30FB => points.Exists(static p => p is (>= 0x3041 and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF)),
            0x200D => IsVirama(before),
            0x200C => IsVirama(before) || (IsJoiningArabic(before) && IsJoiningArabic(after)),
            >= 0x660 and <= 0x669 => !points.Exists(static p => p is >= 0x6F0 and <= 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !points.Exists(static p => p is >= 0x660 and <= 0x669),
            _ => false,
        };
    }

    private static bool IsMark(int point) => CharUnicodeInfo.GetUnicodeCategory(point)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Canonical combining class 9 in the Indic scripts.</summary>
    private static bool IsVirama(int point) => point is 0x94D or 0x9CD or 0xA4D or 0xACD or 0xB4D or 0xBCD or 0xC4D or 0xCCD or 0xD4D or 0xDCA
        or 0xE3A or 0xF84 or 0x1039 or 0x1714 or 0x17D2 or 0x1B44 or 0xA953 or 0xA9C0;

    private static bool IsJoiningArabic(int point) => point is >= 0x620 and <= 0x64A or >= 0x66E and <= 0x6D3 or >= 0x750 and <= 0x77F;
}
