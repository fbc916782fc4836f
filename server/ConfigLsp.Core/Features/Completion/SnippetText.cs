using System.Text;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>Snippets (LSP 3.17, "Snippet Syntax") for clients that do not know them.</summary>
internal static class SnippetText
{
    /// <summary>The text with what the tab stops suggest: the placeholder, or the first choice; an empty tab stop gives nothing.</summary>
    public static string ToPlain(string snippet)
    {
        var text = new StringBuilder(snippet.Length);
        var at = 0;
        ReadUntil(snippet, ref at, text, end: '\0');
        return text.ToString();
    }

    private static void ReadUntil(string snippet, ref int at, StringBuilder text, char end)
    {
        while (at < snippet.Length)
        {
            var c = snippet[at++];
            if (c == end)
            {
                return;
            }

            if (c == '\\' && at < snippet.Length && snippet[at] is '$' or '}' or '\\')
            {
                text.Append(snippet[at++]);
            }
            else if (c == '$' && at < snippet.Length && char.IsAsciiDigit(snippet[at]))
            {
                SkipDigits(snippet, ref at);
            }
            else if (c == '$' && at + 1 < snippet.Length && snippet[at] == '{' && char.IsAsciiDigit(snippet[at + 1]))
            {
                at++;
                ReadTabStop(snippet, ref at, text);
            }
            else
            {
                text.Append(c);
            }
        }
    }

    private static void ReadTabStop(string snippet, ref int at, StringBuilder text)
    {
        SkipDigits(snippet, ref at);
        var kind = at < snippet.Length ? snippet[at++] : '}';
        if (kind == ':')
        {
            ReadUntil(snippet, ref at, text, '}');
        }
        else if (kind == '|')
        {
            var choices = snippet.IndexOf("|}", at, StringComparison.Ordinal);
            var all = choices < 0 ? snippet[at..] : snippet[at..choices];
            at = choices < 0 ? snippet.Length : choices + 2;
            var comma = all.IndexOf(',', StringComparison.Ordinal);
            text.Append(comma < 0 ? all : all[..comma]);
        }
    }

    private static void SkipDigits(string snippet, ref int at)
    {
        while (at < snippet.Length && char.IsAsciiDigit(snippet[at]))
        {
            at++;
        }
    }
}
