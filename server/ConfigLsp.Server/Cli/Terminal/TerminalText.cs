using System.Globalization;
using System.Text;

namespace ConfigLsp.Server.Cli.Terminal;

/// <summary>
/// Makes text from files and their names fit to be shown: a control sequence in a settings file must not drive the reader's terminal, and
/// characters that reorder or hide text (bidirectional controls, zero-width characters) must be seen.
/// </summary>
internal static class TerminalText
{
    /// <summary>The text with every character that could act on a terminal made visible.</summary>
    public static string Sanitize(string text)
    {
        var first = 0;
        while (first < text.Length && text[first] is >= ' ' and <= '~')
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16).Append(text, 0, first);
        foreach (var rune in text.AsSpan(first).EnumerateRunes())
        {
            Append(clean, rune);
        }

        return clean.ToString();
    }

    /// <summary>Appends one character as it is shown and returns the columns it takes.</summary>
    public static int Append(StringBuilder text, Rune rune)
    {
        if (Rune.IsControl(rune) && rune.Value < 0x80)
        {
            // The control pictures of Unicode: U+2400 for NUL up to U+241F, and U+2421 for DEL.
            text.Append((char)(rune.Value == 0x7F ? 0x2421 : 0x2400 + rune.Value));
            return 1;
        }

        if (!IsVisible(rune))
        {
            var before = text.Length;
            text.Append("<U+").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture)).Append('>');
            return text.Length - before;
        }

        Span<char> units = stackalloc char[2];
        text.Append(units[..rune.EncodeToUtf16(units)]);
        return CharacterWidth.Of(rune);
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
