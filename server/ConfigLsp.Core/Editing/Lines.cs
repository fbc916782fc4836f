namespace ConfigLsp.Core.Editing;

/// <summary>Questions about lines and blanks around an offset. Lines end at LF, CR LF or CR.</summary>
internal static class Lines
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static bool HasBreak(ReadOnlySpan<byte> text) => text.ContainsAny((byte)'\n', (byte)'\r');

    /// <summary>Whether at least one empty line lies in a stretch of blanks.</summary>
    public static bool HasEmptyLine(ReadOnlySpan<byte> text)
    {
        var first = text.IndexOfAny((byte)'\n', (byte)'\r');
        return first >= 0 && HasBreak(text[BreakEnd(text, first)..]);
    }

    /// <summary>Start of the line that holds <paramref name="offset"/>; a byte order mark is not part of a line.</summary>
    public static int Start(ReadOnlySpan<byte> text, int offset)
    {
        var start = text[..offset].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return start == 0 && text.StartsWith(ByteOrderMark) && offset >= 3 ? 3 : start;
    }

    /// <summary>Whether only spaces and tabs stand before <paramref name="offset"/> on its line.</summary>
    public static bool IsFirst(ReadOnlySpan<byte> text, int offset)
    {
        var at = SkipBlanksBack(text, offset);
        return at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r' || (at == 3 && text.StartsWith(ByteOrderMark));
    }

    /// <summary>Offset before the spaces and tabs that end at <paramref name="offset"/>.</summary>
    public static int SkipBlanksBack(ReadOnlySpan<byte> text, int offset) => text[..offset].LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1;

    /// <summary>Offset before the blanks and line breaks that end at <paramref name="offset"/>.</summary>
    public static int SkipWhitespaceBack(ReadOnlySpan<byte> text, int offset) => text[..offset].LastIndexOfAnyExcept(" \t\r\n"u8) + 1;

    /// <summary>Offset behind the spaces and tabs that start at <paramref name="offset"/>.</summary>
    public static int SkipBlanks(ReadOnlySpan<byte> text, int offset)
    {
        var length = text[offset..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        return length < 0 ? text.Length : offset + length;
    }

    /// <summary>Whether nothing but blanks and line breaks is there.</summary>
    public static bool IsWhitespace(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>Offset behind the line break at <paramref name="offset"/>.</summary>
    public static int BreakEnd(ReadOnlySpan<byte> text, int offset) => text[offset..].StartsWith("\r\n"u8) ? offset + 2 : offset + 1;
}
