using ConfigLsp.Core.Text;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class CodeFrameTests
{
    [Theory]
    [InlineData("  \"maxAgents\": [|99|],", "  \"maxAgents\": 99,", "               ^^")]
    [InlineData("\t\"a\":\t[|1|]", "    \"a\":    1", "            ^")]
    [InlineData("{\"名前\": [|1|]}", "{\"名前\": 1}", "         ^")]
    [InlineData("{\"a\": [|\"日本\"|]}", "{\"a\": \"日本\"}", "      ^^^^^^")]
    [InlineData("[\"😀\", [|x|]]", "[\"😀\", x]", "       ^")]
    [InlineData("[\"é\", [|x|]]", "[\"é\", x]", "      ^")]
    [InlineData("{\"a\": [||]}", "{\"a\": }", "      ^")]
    [InlineData("[1, 2[||]", "[1, 2", "     ^")]
    [InlineData("", "", "^")]
    [InlineData("\uFEFF[|1|]", "1", "^")]
    [InlineData("[\"\e[31m\", [|1|]]", "[\"␛[31m\", 1]", "          ^")]
    [InlineData("[\"a\u202Eb\", [|1|]]", "[\"a<U+202E>b\", 1]", "               ^")]
    [InlineData("[|{|]\r\n}", "{", "^")]
    [InlineData("{ [|\"a\": {\n}|] }", "{ \"a\": {", "  ^^^^^^")]
    public void The_range_is_underlined_where_it_stands_on_a_terminal(string marked, string source, string underline)
    {
        var frame = Create(marked, 120);
        Assert.Equal(source, frame.Source);
        Assert.Equal(underline, new string(' ', frame.Indent) + frame.Underline);
    }

    [Fact]
    public void Secrets_are_shown_as_dots_and_the_underlining_stays_in_its_place()
    {
        var frame = CodeFrame.Create(SourceText.From("{\"a\": 1, \"p\": \"日本\", \"b\": x}"), new TextSpan(29, 1), 80, [new TextSpan(14, 8)]);
        Assert.Equal("{\"a\": 1, \"p\": ••••, \"b\": x}", frame.Source);
        Assert.Equal(frame.Source.IndexOf('x', StringComparison.Ordinal), frame.Indent);
    }

    [Fact]
    public void Combining_marks_take_no_column()
    {
        var frame = Create("[\"e\u0301\", [|x|]]", 80);
        Assert.Equal(6, frame.Indent);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(79)]
    [InlineData(200)]
    public void A_long_line_is_cut_around_the_place(int width)
    {
        var before = string.Concat(Enumerable.Repeat("\"key\": 12345, ", 5000));
        var frame = Create("{" + before + "[|\"needle\"|]: 1, " + before + "}", width);
        Assert.StartsWith("…", frame.Source, StringComparison.Ordinal);
        Assert.EndsWith("…", frame.Source, StringComparison.Ordinal);
        Assert.Equal(width, frame.Source.Length);
        Assert.Equal("\"needle\"", frame.Source.Substring(frame.Indent, frame.Length));
    }

    [Fact]
    public void A_range_longer_than_the_terminal_shows_its_start()
    {
        var frame = Create("{ \"key\": [|\"start" + new string('x', 100_000) + "\"|] }", 60);
        Assert.Contains("\"start", frame.Source, StringComparison.Ordinal);
        Assert.Equal('"', frame.Source[frame.Indent]);
        Assert.True(frame.Indent + frame.Length <= 60);
    }

    [Fact]
    public void A_line_of_wide_characters_is_cut_between_characters()
    {
        var frame = Create(new string('漢', 500) + "[|x|]" + new string('字', 500), 41);
        var columns = frame.Source.Sum(c => c is '…' or 'x' or ' ' ? 1 : 2);
        Assert.InRange(columns, 38, 41);
        var at = frame.Source[..frame.Source.IndexOf('x', StringComparison.Ordinal)].Sum(c => c is '…' or ' ' ? 1 : 2);
        Assert.Equal(at, frame.Indent);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_replacement_characters()
    {
        var frame = CodeFrame.Create(SourceText.FromUtf8(new byte[] { (byte)'"', 0xFF, 0x80, 0x80, 0x80, 0x80, (byte)'"', (byte)'1' }), new TextSpan(7, 1), 80);
        Assert.Equal("\"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\"1", frame.Source);
        Assert.Equal(7, frame.Indent);
    }

    private static CodeFrame Create(string marked, int width)
    {
        var start = Math.Max(0, marked.IndexOf("[|", StringComparison.Ordinal));
        var text = marked.Replace("[|", string.Empty, StringComparison.Ordinal);
        var end = Math.Max(0, text.IndexOf("|]", StringComparison.Ordinal));
        text = text.Replace("|]", string.Empty, StringComparison.Ordinal);
        var bytes = System.Text.Encoding.UTF8;
        return CodeFrame.Create(SourceText.From(text), TextSpan.FromBounds(bytes.GetByteCount(text[..start]), bytes.GetByteCount(text[..end])), width);
    }
}
