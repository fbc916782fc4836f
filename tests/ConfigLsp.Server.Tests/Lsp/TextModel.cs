using System.Text;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>A document as an editor written in the simplest way would keep it: one string, positions counted from its start.</summary>
internal sealed class TextModel(string text)
{
    public string Text { get; private set; } = text;

    public void Replace(int start, int end, string text) => Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end));

    /// <summary>Two places between characters, in order; never inside a surrogate pair or a CRLF.</summary>
    public (int Start, int End) RandomRange(Random random)
    {
        int a = RandomPlace(random);
        int b = random.Next(3) == 0 ? RandomPlace(random) : a;
        return (Math.Min(a, b), Math.Max(a, b));
    }

    public Position PositionOf(int place, PositionEncoding encoding)
    {
        int line = 0;
        int lineStart = 0;
        for (int i = 0; i < place; i++)
        {
            if (Text[i] == '\n' || (Text[i] == '\r' && !(i + 1 < Text.Length && Text[i + 1] == '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        string before = Text[lineStart..place];
        return new Position(line, encoding switch
        {
            PositionEncoding.Utf8 => Encoding.UTF8.GetByteCount(before),
            PositionEncoding.Utf32 => before.EnumerateRunes().Count(),
            _ => before.Length,
        });
    }

    private int RandomPlace(Random random)
    {
        while (true)
        {
            int place = random.Next(Text.Length + 1);
            bool splits = place > 0 && place < Text.Length
                && (char.IsLowSurrogate(Text[place]) || (Text[place - 1] == '\r' && Text[place] == '\n'));
            if (!splits)
                return place;
        }
    }
}
