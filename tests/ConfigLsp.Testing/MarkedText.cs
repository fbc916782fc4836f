using System.Text;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Testing;

/// <summary>A text written with marks: <c>$$</c> is the caret, <c>[|</c> and <c>|]</c> surround spans.</summary>
public sealed class MarkedText
{
    private MarkedText(string text, int caret, IReadOnlyList<TextSpan> spans)
    {
        Text = text;
        Caret = caret;
        Spans = spans;
    }

    /// <summary>The text without the marks.</summary>
    public string Text { get; }

    /// <summary>Byte offset of the caret, or -1.</summary>
    public int Caret { get; }

    /// <summary>The marked spans, in bytes, by their end.</summary>
    public IReadOnlyList<TextSpan> Spans { get; }

    public static MarkedText Parse(string markup)
    {
        var text = new StringBuilder(markup.Length);
        var caret = -1;
        var bytes = 0;
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        for (var at = 0; at < markup.Length;)
        {
            var pair = at + 1 < markup.Length ? markup.AsSpan(at, 2) : default;
            switch (pair)
            {
                case "$$":
                    caret = bytes;
                    at += 2;
                    break;
                case "[|":
                    open.Push(bytes);
                    at += 2;
                    break;
                case "|]" when open.Count > 0:
                    spans.Add(TextSpan.FromBounds(open.Pop(), bytes));
                    at += 2;
                    break;
                default:
                    var rune = Rune.GetRuneAt(markup, at);
                    text.Append(rune.ToString());
                    bytes += rune.Utf8SequenceLength;
                    at += rune.Utf16SequenceLength;
                    break;
            }
        }

        return new MarkedText(text.ToString(), caret, spans);
    }
}
