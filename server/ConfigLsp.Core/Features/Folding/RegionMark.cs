namespace ConfigLsp.Core.Features.Folding;

/// <summary>The marks by which line comments delimit a region.</summary>
internal enum RegionMark
{
    None,

    /// <summary><c>#region</c>, perhaps with a name behind it.</summary>
    Start,

    /// <summary><c>#endregion</c>.</summary>
    End,
}

internal static class RegionMarks
{
    extension(RegionMark)
    {
        /// <summary>The mark in a comment, given with its delimiters.</summary>
        public static RegionMark Of(ReadOnlySpan<byte> comment)
        {
            var text = comment[2..].TrimStart((byte)' ').TrimStart((byte)'\t');
            return comment[1] != (byte)'/' ? RegionMark.None
                : IsWord(text, "#region"u8) ? RegionMark.Start
                : IsWord(text, "#endregion"u8) ? RegionMark.End
                : RegionMark.None;
        }
    }

    private static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.StartsWith(word) && (text.Length == word.Length || !char.IsAsciiLetterOrDigit((char)text[word.Length]));
}
