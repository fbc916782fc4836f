using System.Text;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Syntax;

public sealed class SyntaxTreeTests
{
    [Fact]
    public void Every_sample_every_prefix_and_every_one_character_deletion_round_trips()
    {
        foreach (var sample in JsonSamples.All)
        {
            for (var i = 0; i <= sample.Length; i++)
            {
                AssertSound(SourceText.From(sample[..i]));
                if (i < sample.Length)
                {
                    AssertSound(SourceText.From(sample.Remove(i, 1)));
                }
            }
        }
    }

    [Fact]
    public void Any_sequence_of_tokens_round_trips()
    {
        var token = Gen.Elements("{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\u0061\"", "'c'", "d", "1", "-", "true", "nul", " ", "\n", "\r\n", "//c\n", "/*d*/", "/*", "\"", "\\", "@", "<<<<<<< x\n", "😀", "\0");
        Check.QuickThrowOnFailure(Prop.ForAll(token.ListOf().Select(string.Concat).ToArbitrary(), static text => AssertSound(SourceText.From(text))));
    }

    [Fact]
    public void Any_bytes_round_trip()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static bytes => AssertSound(SourceText.FromUtf8(bytes))));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":")]
    public void A_hundred_thousand_open_brackets_overflow_nothing(string opening)
    {
        var tree = JsonParser.Parse(SourceText.From(string.Concat(Enumerable.Repeat(opening, 100_000))));
        Assert.True(tree.NodeCount > 100_000);
        Assert.InRange(tree.Errors.Length, 1, 2);
        Assert.Contains("99999 more around it", tree.Errors[^1].Message.Replace("199999", "99999", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_costs_a_bounded_number_of_errors()
    {
        var tree = JsonParser.Parse(SourceText.From(string.Concat(Enumerable.Repeat("@ ", 100_000))));
        Assert.Equal(TreeBuilder.MaxErrors, tree.Errors.Length);
        Assert.True(tree.HasMoreErrors);
    }

    [Fact]
    public void The_node_at_a_caret_is_the_innermost_that_touches_it()
    {
        const string Text = "{\"a\": [10, \"x\"], \"b\": null}";
        var tree = JsonParser.Parse(SourceText.From(Text));
        for (var caret = 0; caret <= Text.Length; caret++)
        {
            var expected = Enumerable.Range(0, tree.NodeCount).Select(i => new SyntaxNode(tree, i)).Last(node => node.Span.Touches(caret));
            Assert.Equal(expected, tree.FindNode(caret));
        }
    }

    [Theory]
    [InlineData("{\"a\": [1, {\"b/c~\": 2}]}", "/a/1/b~1c~0", "2")]
    [InlineData("{\"a\": 1, \"a\": 2}", "/a", "2")]
    [InlineData("[[1], [2]]", "/1/0", "2")]
    [InlineData("{\"\": 3}", "/", "3")]
    [InlineData("5", "", "5")]
    public void A_pointer_finds_the_node_that_has_it(string text, string pointer, string expected)
    {
        var root = JsonParser.Parse(SourceText.From(text)).Root;
        var node = JsonPointer.Find(root, pointer);
        Assert.Equal(expected, Encoding.UTF8.GetString(node.RawText));
        Assert.Equal(pointer, node.GetPointer());
    }

    [Theory]
    [InlineData("[1]", "/01")]
    [InlineData("[1]", "/-")]
    [InlineData("[1]", "/1")]
    [InlineData("{\"a\": 1}", "/b")]
    [InlineData("{\"a\": 1}", "a")]
    public void A_pointer_to_nothing_finds_no_node(string text, string pointer) =>
        Assert.True(JsonPointer.Find(JsonParser.Parse(SourceText.From(text)).Root, pointer).IsNone);

    [Theory]
    [InlineData("\"a\\u0062\\n\\/\\\"\"", "ab\n/\"")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"x\\q\"", "x\\q")]
    [InlineData("\"\"", "")]
    public void Strings_resolve_their_escapes(string text, string expected)
    {
        var root = JsonParser.Parse(SourceText.From(text)).Root;
        Assert.Equal(expected, root.GetString());
        Assert.Equal(expected, Encoding.UTF8.GetString(root.GetUtf8()));
    }

    [Fact]
    public void Different_lone_surrogates_stay_different_values()
    {
        var root = JsonParser.Parse(SourceText.From("[\"\\ud800\", \"\\ud801\"]")).Root;
        var strings = root.Children.ToArray();
        Assert.Equal("\ud800", strings[0].GetString());
        Assert.False(SyntaxEquality.Instance.Equals(strings[0], strings[1]));
    }

    private static void AssertSound(SourceText text)
    {
        var tree = JsonParser.Parse(text);
        Assert.Equal(text.ToString(), tree.ToFullString());
        for (var i = 1; i < tree.NodeCount; i++)
        {
            var node = new SyntaxNode(tree, i);
            Assert.True(node.Parent.Span.Contains(node.Span), $"{node} leaves its parent {node.Parent} in: {text}");
            Assert.True(node.Span.Start >= new SyntaxNode(tree, i - 1).Span.Start, $"{node} is out of order in: {text}");
            Assert.True(node.EndIndex > i && node.EndIndex <= node.Parent.EndIndex, $"{node} has a wrong extent in: {text}");
            Assert.True(node.Kind != SyntaxKind.Property || node.EndIndex > i + 1, $"{node} has no value in: {text}");
        }

        Assert.All(tree.Errors, error => Assert.InRange(error.Span.End, error.Span.Start, text.Length));
    }
}
