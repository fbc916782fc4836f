using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace ConfigLsp.Core.Schema.Patterns;

/// <summary>
/// Sets for <c>\p{...}</c> (ECMA-262 section 22.2.1, tables 66 to 69): general categories exactly, as the runtime's Unicode data has them; the
/// usual binary properties; of the scripts those with blocks of their own, approximated by these blocks.
/// </summary>
internal static class UnicodeProperties
{
    private static readonly ConcurrentDictionary<string, CodePointSet> Cache = new(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> LongNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Cased_Letter"] = "LC",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Combining_Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf",
        ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk",
        ["Other_Symbol"] = "So",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Surrogate"] = "Cs",
        ["Private_Use"] = "Co",
        ["Unassigned"] = "Cn",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (int First, int Last)[]> Scripts = new Dictionary<string, (int First, int Last)[]>(StringComparer.Ordinal)
    {
        ["Latin"] = [(0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA722, 0xA787), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37A, 0x37D), (0x37F, 0x37F), (0x384, 0x384), (0x386, 0x386), (0x388, 0x3E1), (0x3F0, 0x3FF), (0x1F00, 0x1FFE)],
        ["Cyrillic"] = [(0x400, 0x52F), (0x1C80, 0x1C88), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)],
        ["Armenian"] = [(0x531, 0x58F)],
        ["Hebrew"] = [(0x591, 0x5F4)],
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60B), (0x60D, 0x61A), (0x61C, 0x61E), (0x620, 0x63F), (0x641, 0x64A), (0x656, 0x66F), (0x671, 0x6DC), (0x6DE, 0x6FF), (0x750, 0x77F)],
        ["Devanagari"] = [(0x900, 0x950), (0x955, 0x963), (0x966, 0x97F)],
        ["Bengali"] = [(0x980, 0x9FE)],
        ["Thai"] = [(0xE01, 0xE3A), (0xE40, 0xE5B)],
        ["Georgian"] = [(0x10A0, 0x10FF)],
        ["Hangul"] = [(0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309D, 0x309F)],
        ["Katakana"] = [(0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF6F), (0xFF71, 0xFF9D)],
        ["Han"] = [(0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x323AF)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The set for what stands in the braces, or null if the property is not known.</summary>
    public static CodePointSet? Find(string expression)
    {
        if (Cache.TryGetValue(expression, out var known))
        {
            return known;
        }

        var equals = expression.IndexOf('=', StringComparison.Ordinal);
        var found = equals < 0
            ? Category(expression) ?? Binary(expression)
            : expression[..equals] switch
            {
                "General_Category" or "gc" => Category(expression[(equals + 1)..]),
                "Script" or "sc" or "Script_Extensions" or "scx" => Scripts.TryGetValue(expression[(equals + 1)..], out var ranges) ? CodePointSet.Of(ranges) : null,
                _ => null,
            };
        if (found is not null)
        {
            Cache[expression] = found;
        }

        return found;
    }

    private static CodePointSet? Binary(string name) => name switch
    {
        "Any" => CodePointSet.All,
        "ASCII" => CodePointSet.Of((0, 0x7F)),
        "Assigned" => CodePointSet.OfCategories(static c => c != UnicodeCategory.OtherNotAssigned),
        "Alphabetic" or "Alpha" => CodePointSet.OfCategories(static c => c <= UnicodeCategory.OtherLetter || c == UnicodeCategory.LetterNumber),
        "Uppercase" or "Upper" => CodePointSet.OfCategories(static c => c == UnicodeCategory.UppercaseLetter),
        "Lowercase" or "Lower" => CodePointSet.OfCategories(static c => c == UnicodeCategory.LowercaseLetter),
        "White_Space" or "space" => CodePointSet.Union([CodePointSet.Of((0x9, 0xD), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0)), Find("Z")!]),
        "ASCII_Hex_Digit" or "AHex" or "Hex_Digit" or "Hex" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        "ID_Start" or "IDS" or "XID_Start" or "XIDS" => CodePointSet.OfCategories(static c => c <= UnicodeCategory.OtherLetter || c == UnicodeCategory.LetterNumber),
        "ID_Continue" or "IDC" or "XID_Continue" or "XIDC" => CodePointSet.OfCategories(static c =>
            c <= UnicodeCategory.SpacingCombiningMark || c is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation),
        "Emoji" or "Emoji_Presentation" or "Extended_Pictographic" => CodePointSet.Of((0x2600, 0x27BF), (0x1F300, 0x1FAFF)),
        _ => null,
    };

    private static CodePointSet? Category(string name)
    {
        var code = LongNames.GetValueOrDefault(name, name);
        Func<UnicodeCategory, bool>? includes = code switch
        {
            "L" => static c => c <= UnicodeCategory.OtherLetter,
            "LC" => static c => c <= UnicodeCategory.TitlecaseLetter,
            "M" => static c => c is >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark,
            "N" => static c => c is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber,
            "Z" => static c => c is >= UnicodeCategory.SpaceSeparator and <= UnicodeCategory.ParagraphSeparator,
            "C" => static c => c is >= UnicodeCategory.Control and <= UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
            "P" => static c => c is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation,
            "S" => static c => c is >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol,
            _ => Single(code) is { } only ? c => c == only : null,
        };
        return includes is null ? null : CodePointSet.OfCategories(includes);
    }

    private static UnicodeCategory? Single(string code) => code switch
    {
        "Lu" => UnicodeCategory.UppercaseLetter,
        "Ll" => UnicodeCategory.LowercaseLetter,
        "Lt" => UnicodeCategory.TitlecaseLetter,
        "Lm" => UnicodeCategory.ModifierLetter,
        "Lo" => UnicodeCategory.OtherLetter,
        "Mn" => UnicodeCategory.NonSpacingMark,
        "Mc" => UnicodeCategory.SpacingCombiningMark,
        "Me" => UnicodeCategory.EnclosingMark,
        "Nd" => UnicodeCategory.DecimalDigitNumber,
        "Nl" => UnicodeCategory.LetterNumber,
        "No" => UnicodeCategory.OtherNumber,
        "Pc" => UnicodeCategory.ConnectorPunctuation,
        "Pd" => UnicodeCategory.DashPunctuation,
        "Ps" => UnicodeCategory.OpenPunctuation,
        "Pe" => UnicodeCategory.ClosePunctuation,
        "Pi" => UnicodeCategory.InitialQuotePunctuation,
        "Pf" => UnicodeCategory.FinalQuotePunctuation,
        "Po" => UnicodeCategory.OtherPunctuation,
        "Sm" => UnicodeCategory.MathSymbol,
        "Sc" => UnicodeCategory.CurrencySymbol,
        "Sk" => UnicodeCategory.ModifierSymbol,
        "So" => UnicodeCategory.OtherSymbol,
        "Zs" => UnicodeCategory.SpaceSeparator,
        "Zl" => UnicodeCategory.LineSeparator,
        "Zp" => UnicodeCategory.ParagraphSeparator,
        "Cc" => UnicodeCategory.Control,
        "Cf" => UnicodeCategory.Format,
        "Cs" => UnicodeCategory.Surrogate,
        "Co" => UnicodeCategory.PrivateUse,
        "Cn" => UnicodeCategory.OtherNotAssigned,
        _ => null,
    };
}
