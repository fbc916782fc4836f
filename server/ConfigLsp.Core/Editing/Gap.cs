using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>
/// What stands between two nodes: blanks, comments and the separator. The tree does not store these, so they are read from the text here.
/// </summary>
/// <param name="Span">The bytes between the nodes.</param>
/// <param name="Comments">The comments, by offset.</param>
/// <param name="Separator">Offset of the comma or colon, or -1.</param>
/// <param name="Stray">Offset of the first byte that has no place here, a second separator included, or -1.</param>
internal readonly record struct Gap(TextSpan Span, List<TextSpan> Comments, int Separator, int Stray)
{
    /// <summary>Reads the gap between <paramref name="start"/> and <paramref name="end"/>.</summary>
    public static Gap Read(ReadOnlySpan<byte> text, int start, int end, byte separator)
    {
        var comments = new List<TextSpan>();
        var found = -1;
        var at = start;
        while (at < end)
        {
            var c = text[at];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else if (c == separator && found < 0)
            {
                found = at++;
            }
            else if (CommentEnd(text[..end], at) is var commentEnd and > 0)
            {
                comments.Add(TextSpan.FromBounds(at, commentEnd));
                at = commentEnd;
            }
            else
            {
                return new Gap(TextSpan.FromBounds(start, end), comments, found, at);
            }
        }

        return new Gap(TextSpan.FromBounds(start, end), comments, found, -1);
    }

    /// <summary>How many of the comments start on the line on which the gap starts: they belong to what stands before the gap.</summary>
    public int CountSameLineComments(ReadOnlySpan<byte> text)
    {
        var at = Span.Start;
        for (var i = 0; i < Comments.Count; i++)
        {
            if (Lines.HasBreak(text[at..Comments[i].Start]))
            {
                return i;
            }

            at = Comments[i].Start;
        }

        return Comments.Count;
    }

    private static int CommentEnd(ReadOnlySpan<byte> text, int at)
    {
        if (text[at..].StartsWith("//"u8))
        {
            var length = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
            return length < 0 ? text.Length : at + length;
        }

        if (text[at..].StartsWith("/*"u8))
        {
            var length = text[(at + 2)..].IndexOf("*/"u8);
            return length < 0 ? 0 : at + 2 + length + 2;
        }

        return 0;
    }
}
