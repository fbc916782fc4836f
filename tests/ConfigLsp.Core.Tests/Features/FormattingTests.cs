using System.Text.Json;
using ConfigLsp.Core.Features.Formatting;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Tests.Editing;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Features;

public sealed class FormattingTests
{
    private static readonly FormattingOptions TwoSpaces = new() { TabSize = 2 };

    /// <summary>The results without <c>own</c> are those of VS Code's formatter.</summary>
    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "ConfigLsp.Core.Tests", "Features", "formatting", "cases.json")));
        foreach (var entry in file.RootElement.EnumerateArray())
        {
            cases.Add(
                entry.GetProperty("name").GetString()!,
                entry.GetProperty("text").GetString()!,
                entry.GetProperty("options").GetRawText(),
                entry.GetProperty("expected").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_document_is_formatted(string name, string text, string options, string expected)
    {
        var parsed = ParseOptions(options);
        Assert.True(expected == Format(text, parsed), $"{name}:\n{Format(text, parsed)}");
        Assert.Equal(expected, Format(expected, parsed));
        Assert.Equal(expected, Format(text, parsed with { MaxChanges = 1 }));
        Assert.True(FormattingFeature.FormatDocument(SourceText.From(text), parsed with { MaxChanges = 1 }, default).Length <= 1);
    }

    [Theory]
    [InlineData("{ // x  \n  \"a\": 1 /* y \n z\t*/\n}", "{ // x\n  \"a\": 1 /* y\n z\t*/\n}")]
    [InlineData("// x \t", "// x")]
    public void Blanks_at_the_end_of_lines_go_from_comments_where_asked_for(string text, string expected) =>
        Assert.Equal(expected, Format(text, TwoSpaces with { TrimTrailingWhitespace = true }));

    [Theory]
    [InlineData("{}\n\n\n", "{ }\n")]
    [InlineData("{}", "{ }")]
    public void Empty_lines_at_the_end_go_where_asked_for(string text, string expected) =>
        Assert.Equal(expected, Format(text, TwoSpaces with { KeepLines = true, TrimFinalNewlines = true }));

    [Fact]
    public void Only_the_blanks_that_differ_change()
    {
        var changes = FormattingFeature.FormatDocument(SourceText.From("{\r\n  \"a\": 1,\r\n   \"b\" : 2\r\n}"), TwoSpaces, default);
        Assert.Equal(["[16..17) -> \"\"", "[20..21) -> \"\""], changes.Select(static change => change.ToString()));
    }

    [Theory]
    [InlineData("{\n    \"a\": {\n[|\"b\":1,\n   \"c\":[2]|]\n  },\"d\":4\n}", "{\n    \"a\": {\n\"b\": 1,\n\"c\": [\n  2\n]\n  },\"d\":4\n}")]
    [InlineData("{\n    [|\"a\":1,\n\"b\":2|],\n\"c\":3}", "{\n    \"a\": 1,\n    \"b\": 2,\n\"c\":3}")]
    [InlineData("{\n  \"a\":1,\n[|\n\n  \"b\":2\n|]}", "{\n  \"a\":1,\n\n\n  \"b\": 2\n}")]
    [InlineData("{\n/* x\n[| y */ \"a\":1,\"b\" :2|]\n}", "{\n/* x\n y */ \"a\": 1,\n\"b\": 2\n}")]
    [InlineData("{ \"a\":1, [|\"b\" : 2|], \"c\" : 3 }", "{ \"a\":1, \"b\": 2, \"c\" : 3 }")]
    public void A_range_is_formatted_from_the_depth_of_its_first_line(string markup, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var tree = JsonParser.Parse(SourceText.From(marked.Text));
        var changes = FormattingFeature.FormatRange(tree, marked.Spans[0], TwoSpaces, default);
        Assert.Equal(expected, tree.Text.WithChanges(changes.AsSpan()).ToString());
    }

    [Theory]
    [InlineData("{\n \"a\":{\n\"b\" :1,\n  }$$\n}", "{\n \"a\": {\n  \"b\": 1,\n}\n}")]
    [InlineData("{\n  \"a\": [1,2 ]$$\n}", "{\n  \"a\": [1, 2 ]\n}")]
    [InlineData("{\n  \"a\": \"]$$\"   ,\n}", "{\n  \"a\": \"]\"   ,\n}")]
    [InlineData("{\n  \"a\" :1 , // ]$$\n}", "{\n  \"a\" :1 , // ]\n}")]
    [InlineData("{\n\"a\" :1  ,$$ \"b\" :2\n}", "{\n  \"a\": 1, \"b\" :2\n}")]
    [InlineData("{\n  \"a\" : \"x,$$ y\"\n}", "{\n  \"a\" : \"x, y\"\n}")]
    [InlineData("{\n\"a\" :1,\n  $$\n\"b\" :2}", "{\n  \"a\": 1,\n  \n\"b\" :2}")]
    [InlineData("{\n  /* x :\n$$ */\n}", "{\n  /* x :\n */\n}")]
    [InlineData("{}}$$", "{}}")]
    [InlineData("]$$", "]")]
    public void Typing_formats_what_is_complete_and_moves_no_lines(string markup, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var tree = JsonParser.Parse(SourceText.From(marked.Text));
        var before = marked.Text[..System.Text.Encoding.UTF8.GetString(tree.Text.Span[..marked.Caret]).Length];
        var changes = FormattingFeature.FormatOnType(tree, marked.Caret, before.TrimEnd(' ')[^1], TwoSpaces, default);
        Assert.Equal(expected, tree.Text.WithChanges(changes.AsSpan()).ToString());
    }

    [Fact]
    public void A_sound_document_keeps_its_tokens_and_comments() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), static seed => CheckRandom(seed, isBroken: false)));

    [Fact]
    public void A_broken_document_keeps_its_tokens_and_comments() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), static seed => CheckRandom(seed, isBroken: true)));

    [Fact]
    public void Any_text_keeps_its_tokens_and_comments()
    {
        var token = Gen.Elements("{", "}", "[", "]", ",", ":", "\"a\"", "\"a\":", "'a'", "a", "1", " ", "  ", "\n", "\r\n", "\r", "//c\n", "/*d*/", "/*", "/", "\"", "\\", "@", "\n<<<<<<< x\n", "\n=======\n", "\n>>>>>>> y\n");
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(8000),
            Prop.ForAll(token.ListOf().Select(string.Concat).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), static (text, style) => Check(text.ReplaceLineEndings(style switch { 0 => "\r\n", 1 => "\r", _ => "\n" }), style, DescribeBytes)));
    }

    [Fact]
    public void A_text_of_brackets_is_not_blown_up()
    {
        var text = SourceText.From(new string('[', 200_000));
        Assert.Empty(FormattingFeature.FormatDocument(text, TwoSpaces with { TabSize = 16 }, default));
    }

    private static void CheckRandom(int seed, bool isBroken)
    {
        var random = new Random(seed);
        Check(new DocumentWriter(new DocumentGenerator(random, isBroken).Document(), random).Write(), seed % 4, DescribeTree);
    }

    private static void Check(string text, int style, Func<SyntaxTree, string> describe)
    {
        var options = new FormattingOptions { TabSize = 2, KeepLines = style % 2 == 1, InsertFinalNewline = style >= 2, InsertSpaces = style != 3 };
        var source = SourceText.From(text);
        var changes = FormattingFeature.FormatDocument(source, options, default);
        Assert.All(changes, change => Assert.True(
            string.IsNullOrWhiteSpace(source.ToString(change.Span)) && string.IsNullOrWhiteSpace(change.NewTextString) && (!change.Span.IsEmpty || !change.NewText.IsEmpty)));
        var result = source.WithChanges(changes.AsSpan());
        Assert.Equal(describe(JsonParser.Parse(source)), describe(JsonParser.Parse(result)));
        Assert.Empty(FormattingFeature.FormatDocument(result, options, default));

        // Formatting all lines as a range differs at the ends only, and a range never touches what is outside of it.
        var tree = JsonParser.Parse(source);
        var range = TextSpan.FromBounds(source.Length / 3, source.Length / 3 * 2);
        var ranged = FormattingFeature.FormatRange(tree, range, options, default);
        Assert.All(ranged, change => Assert.True(change.Span.IntersectsWith(range)));
        Assert.Equal(describe(tree), describe(JsonParser.Parse(source.WithChanges(ranged.AsSpan()))));
    }

    /// <summary>How the parser mends a heap of tokens may depend on where lines end, but the bytes are the same.</summary>
    private static string DescribeBytes(SyntaxTree tree) => string.Concat(tree.Text.ToString().Split(' ', '\t', '\r', '\n'));

    /// <summary>Everything that formatting must leave alone: the nodes, the comments, the errors.</summary>
    private static string DescribeTree(SyntaxTree tree)
    {
        var lines = new List<string>();
        for (var i = 1; i < tree.NodeCount; i++)
        {
            var node = new SyntaxNode(tree, i);
            lines.Add(node.Kind switch
            {
                SyntaxKind.Object or SyntaxKind.Array => $"{node.Kind} {node.ChildCount}",
                SyntaxKind.Property => "Property " + tree.Text.ToString(node.NameSpan),
                _ => $"{node.Kind} {tree.Text.ToString(node.Span)}",
            });
        }

        lines.AddRange(tree.Comments.Select(comment => tree.Text.ToString(comment)));
        lines.AddRange(tree.Errors.Select(static error => error.Descriptor.Id));
        return string.Join('\n', lines);
    }

    private static string Format(string text, FormattingOptions options)
    {
        var source = SourceText.From(text);
        return source.WithChanges(FormattingFeature.FormatDocument(source, options, default).AsSpan()).ToString();
    }

    private static FormattingOptions ParseOptions(string json)
    {
        using var options = JsonDocument.Parse(json);
        return new FormattingOptions
        {
            TabSize = options.RootElement.GetProperty("tabSize").GetInt32(),
            InsertSpaces = options.RootElement.GetProperty("insertSpaces").GetBoolean(),
            KeepLines = options.RootElement.TryGetProperty("keepLines", out var keepLines) && keepLines.GetBoolean(),
            InsertFinalNewline = options.RootElement.TryGetProperty("insertFinalNewline", out var final) && final.GetBoolean(),
        };
    }
}
