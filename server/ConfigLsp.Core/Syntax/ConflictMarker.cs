namespace ConfigLsp.Core.Syntax;

/// <summary>The lines that version control leaves in a text where two changes meet.</summary>
internal static class ConflictMarker
{
    /// <summary>How often git repeats the character that a marker starts with.</summary>
    private const int Length = 7;

    /// <summary>
    /// End of the marker line that starts at <paramref name="at"/> (seven equal characters at the start of a line), without its line break, or 0.
    /// </summary>
    public static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        if ((at > 0 && text[at - 1] is not ((byte)'\n' or (byte)'\r')) || text.Length - at < Length || text.Slice(at, Length).ContainsAnyExcept(text[at]))
        {
            return 0;
        }

        var rest = text[(at + Length)..];
        if (!rest.IsEmpty && rest[0] is not ((byte)' ' or (byte)'\n' or (byte)'\r'))
        {
            return 0;
        }

        var line = rest.IndexOfAny((byte)'\n', (byte)'\r');
        return line < 0 ? text.Length : at + Length + line;
    }
}
