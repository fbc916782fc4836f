namespace ConfigLsp.Core.Tests.Editing;

/// <summary>A token or comment, and how many line breaks stand before it. Commas are left out.</summary>
internal readonly record struct Token(string Text, int BreaksBefore);

/// <summary>A lexer of its own for the properties of the editor, so that they do not lean on the scanner that the editor uses.</summary>
internal static class TokenReader
{
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var breaks = 0;
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '\r' or '\n')
            {
                at += text.AsSpan(at).StartsWith("\r\n") ? 2 : 1;
                breaks++;
            }
            else if (c is ' ' or '\t' or ',' or '\uFEFF')
            {
                at++;
            }
            else
            {
                var end = EndOf(text, at);
                tokens.Add(new Token(text[at..end], breaks));
                breaks = 0;
                at = end;
            }
        }

        return tokens;
    }

    private static int EndOf(string text, int start)
    {
        var c = text[start];
        if (c is '{' or '}' or '[' or ']' or ':')
        {
            return start + 1;
        }

        if (text.AsSpan(start).StartsWith("/*"))
        {
            return text.IndexOf("*/", start, StringComparison.Ordinal) + 2;
        }

        var isComment = text.AsSpan(start).StartsWith("//");
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] is '\r' or '\n')
            {
                return i;
            }

            if (isComment)
            {
                continue;
            }

            if (c is '"' or '\'')
            {
                if (text[i] == c)
                {
                    return i + 1;
                }

                i += text[i] == '\\' ? 1 : 0;
            }
            else if (" \t,:{}[]".Contains(text[i], StringComparison.Ordinal))
            {
                return i;
            }
        }

        return text.Length;
    }
}
