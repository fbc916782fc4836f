using System.Text;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Documentation as Markdown, or as plain text for clients that cannot render it.</summary>
internal static class Markup
{
    private const string Escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static MarkupContent For(bool markdown, string text) =>
        markdown ? new MarkupContent(MarkupContent.Markdown, text) : new MarkupContent(MarkupContent.PlainText, ToPlainText(text));

    /// <summary>
    /// Takes away what only a renderer needs: backslash escapes, emphasis, backticks and fences, the targets of links. Everything else stays
    /// as it is written, so nothing that a schema's author says is lost.
    /// </summary>
    public static string ToPlainText(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        bool inFence = false;
        foreach (ReadOnlySpan<char> line in markdown.AsSpan().EnumerateLines())
        {
            if (line.TrimStart().StartsWith("```"))
            {
                inFence = !inFence;
                continue;
            }

            if (inFence)
                plain.Append(line);
            else
                AppendLine(plain, line);
            plain.Append('\n');
        }

        return plain.ToString().TrimEnd('\n');
    }

    private static void AppendLine(StringBuilder plain, ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '`' && line[(i + 1)..].IndexOf('`') is >= 0 and var length)
            {
                plain.Append(line.Slice(i + 1, length));
                i += length + 1;
            }
            else if (c == '\\' && i + 1 < line.Length && Escapable.Contains(line[i + 1]))
                plain.Append(line[++i]);
            else if (c == ']' && i + 1 < line.Length && line[i + 1] == '(' && line[i..].IndexOf(')') is > 0 and var end)
                i += end;
            else if (!IsMark(line, i))
                plain.Append(c);
        }
    }

    /// <summary>An underscore inside a word, and an asterisk between blanks or as a bullet, is a character; elsewhere they are emphasis.</summary>
    private static bool IsMark(ReadOnlySpan<char> line, int at) => line[at] switch
    {
        '[' => line[at..].IndexOf("](") > 0,
        '*' => !(IsBlankAt(line, at - 1) && IsBlankAt(line, at + 1)),
        '_' => IsWordAt(line, at - 1) != IsWordAt(line, at + 1),
        _ => false,
    };

    private static bool IsBlankAt(ReadOnlySpan<char> line, int at) => at < 0 || at >= line.Length || line[at] == ' ';

    private static bool IsWordAt(ReadOnlySpan<char> line, int at) => at >= 0 && at < line.Length && char.IsLetterOrDigit(line[at]);
}
