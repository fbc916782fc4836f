using System.Buffers;
using System.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>A property's name as JSON writes it, and as names are compared.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> NeedsEscape = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\', .. Surrogates()]);

    /// <summary>The name in double quotes. Only what must be escaped is (RFC 8259 section 7), and surrogates without a partner.</summary>
    public static string Quote(string name)
    {
        if (!name.AsSpan().ContainsAny(NeedsEscape))
        {
            return $"\"{name}\"";
        }

        var text = new StringBuilder(name.Length + 8).Append('"');
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsHighSurrogate(c) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                text.Append(c).Append(name[++i]);
            }
            else if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ' || char.IsSurrogate(c))
            {
                text.Append(Escape(c));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>The name as <see cref="SyntaxNode.GetUtf8"/> gives it: generalised UTF-8, in which a lone surrogate is a character like others.</summary>
    public static byte[] ToUtf8(string name) => StringEscapes.ToUtf8(Encoding.UTF8.GetBytes(Quote(name)).AsSpan()[1..^1]);

    private static string Escape(char c) => c switch
    {
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)c:x4}",
    };

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(static c => (char)c);
}
