using System.Text;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Text;

public sealed class LineMapTests
{
    /// <summary>Every kind of line end and of character width, long enough on one line to cross a checkpoint of the character index.</summary>
    private static readonly string[] Samples =
    [
        "",
        "a",
        "\n",
        "\r\n",
        "\r",
        "a\nb\r\nc\rd",
        "\r\r\n\n\r",
        "{\n  \"ключ\": \"значение\",\r\n  \"😀\": \"a😀b\"\r}",
        new string('x', 1500) + "é" + new string('y', 1500) + "😀" + new string('z', 700) + "\nend",
        string.Concat(Enumerable.Repeat("é😀a", 700)) + "\r\n" + string.Concat(Enumerable.Repeat("中", 900)),
    ];

    [Theory]
    [InlineData(PositionEncoding.Utf8)]
    [InlineData(PositionEncoding.Utf16)]
    [InlineData(PositionEncoding.Utf32)]
    public void Every_character_converts_to_a_position_and_back_as_a_plain_count_does(PositionEncoding encoding)
    {
        foreach (var sample in Samples)
        {
            var text = SourceText.From(sample);
            var expected = ExpectedPositions(sample, encoding);
            foreach (var (offset, position) in expected)
            {
                Assert.Equal(position, text.Lines.GetPosition(offset, encoding));
                Assert.Equal(InsideLineEnd(text, offset) ?? offset, text.Lines.GetOffset(position, encoding));
            }

            Assert.Equal(expected[^1].Position.Line + 1, text.Lines.LineCount);
        }
    }

    [Fact]
    public void Positions_out_of_the_text_mean_its_nearest_place()
    {
        var lines = SourceText.From("ab\r\ncd").Lines;
        Assert.Equal(2, lines.GetOffset(new LinePosition(0, 99), PositionEncoding.Utf16));
        Assert.Equal(6, lines.GetOffset(new LinePosition(9, 0), PositionEncoding.Utf16));
        Assert.Equal(0, lines.GetOffset(new LinePosition(-1, 3), PositionEncoding.Utf16));
        Assert.Equal(4, lines.GetOffset(new LinePosition(1, -5), PositionEncoding.Utf16));
        Assert.Equal(6, lines.GetOffset(new LinePosition(1, int.MaxValue), PositionEncoding.Utf16));
        Assert.Equal(new LinePosition(1, 2), lines.GetPosition(int.MaxValue, PositionEncoding.Utf16));
    }

    [Fact]
    public void A_column_inside_a_surrogate_pair_means_the_start_of_the_character()
    {
        var lines = SourceText.From("a😀b").Lines;
        Assert.Equal(1, lines.GetOffset(new LinePosition(0, 2), PositionEncoding.Utf16));
        Assert.Equal(1, lines.GetOffset(new LinePosition(0, 3), PositionEncoding.Utf8));
        Assert.Equal(new LinePosition(0, 1), lines.GetPosition(3, PositionEncoding.Utf16));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_count_as_they_are_displayed()
    {
        byte[] bytes = [(byte)'a', 0xFF, 0xE2, 0x82, (byte)'b', 0xC3];
        var text = SourceText.FromUtf8(bytes);
        Assert.Equal(text.ToString().IndexOf('b', StringComparison.Ordinal), text.Lines.GetPosition(4, PositionEncoding.Utf16).Character);
        Assert.Equal(bytes, text.Span.ToArray());
    }

    private static List<(int Offset, LinePosition Position)> ExpectedPositions(string sample, PositionEncoding encoding)
    {
        var positions = new List<(int, LinePosition)>();
        var (offset, line, column) = (0, 0, 0);
        Rune? last = null;
        foreach (var rune in sample.EnumerateRunes())
        {
            if (last is { Value: '\n' } || (last is { Value: '\r' } && rune.Value != '\n'))
            {
                (line, column) = (line + 1, 0);
            }

            positions.Add((offset, new LinePosition(line, column)));
            offset += rune.Utf8SequenceLength;
            column += encoding switch
            {
                PositionEncoding.Utf8 => rune.Utf8SequenceLength,
                PositionEncoding.Utf16 => rune.Utf16SequenceLength,
                _ => 1,
            };
            last = rune;
        }

        positions.Add((offset, last is { Value: '\n' or '\r' } ? new LinePosition(line + 1, 0) : new LinePosition(line, column)));
        return positions;
    }

    /// <summary>A column behind the LF's CR cannot be addressed: it means the end of the line.</summary>
    private static int? InsideLineEnd(SourceText text, int offset)
    {
        var line = text.Lines.GetLineSpan(text.Lines.GetLine(offset));
        return offset > line.End ? line.End : null;
    }
}
