using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Syntax;

public sealed class SyntaxErrorTests
{
    /// <summary>Each slip gives one finding, at the place where the person has to type.</summary>
    [Theory]
    [InlineData("{\"a\": 1 \"b\": 2}", "expected-comma 7..7")]
    [InlineData("{\"a\": 1\n \"b\": 2}", "expected-comma 7..7")]
    [InlineData("[1 2]", "expected-comma 2..2")]
    [InlineData("{\"a\": }", "expected-value 4..5")]
    [InlineData("{\"a\":\n \"b\": 1}", "expected-value 4..5")]
    [InlineData("{\"a\": , \"b\": 1}", "expected-value 4..5")]
    [InlineData("{\"a\" 1}", "expected-colon 4..4")]
    [InlineData("{\"a\"}", "expected-colon 4..4")]
    [InlineData("{\"a\"\n \"b\": 1}", "expected-colon 4..4")]
    [InlineData("{\"a\": 1,, \"b\": 2}", "expected-property-name 8..9")]
    [InlineData("[1,,2]", "expected-value 3..4")]
    [InlineData("{1}", "unquoted-key 1..2, expected-colon 2..2")]
    [InlineData("{a: 1}", "unquoted-key 1..2")]
    [InlineData("{'a': 1}", "single-quoted-string 1..4")]
    [InlineData("{\"a\": 'x'}", "single-quoted-string 6..9")]
    [InlineData("{\"a\": \"x\n}", "unterminated-string 6..8")]
    [InlineData("{\"a\": \"x,\n \"b\": 1}", "unterminated-string 6..9")]
    [InlineData("{\"a: 1,\n \"b\": 1}", "unterminated-string 1..7")]
    [InlineData("{\"a\": 1", "unterminated-object 6..7")]
    [InlineData("[1, [2", "unterminated-array 5..6")]
    [InlineData("{\"a\": [1, 2}", "unterminated-array 10..11")]
    [InlineData("[{\"a\": 1]", "unterminated-object 7..8")]
    [InlineData("{\"a\": 1}}", "unexpected-token 8..9")]
    [InlineData("{} {}", "expected-end-of-file 3..4")]
    [InlineData("{\"a\": \"b\": 1}", "unexpected-token 9..10")]
    [InlineData("{\"a\": 01}", "invalid-number 6..8")]
    [InlineData("{\"a\": +1}", "invalid-number 6..8")]
    [InlineData("{\"a\": .5}", "invalid-number 6..8")]
    [InlineData("{\"a\": 0x1F}", "invalid-number 6..10")]
    [InlineData("{\"a\": True}", "invalid-literal 6..10")]
    [InlineData("{\"a\": NaN}", "invalid-literal 6..9")]
    [InlineData("{\"a\": \"\\q\"}", "invalid-escape 7..9")]
    [InlineData("{\"a\": \"\\u12\"}", "invalid-escape 7..9")]
    [InlineData("{\"a\": \"x\ty\"}", "control-character 8..9")]
    [InlineData("{\"a\": 1 /* x", "unterminated-object 6..7, unterminated-comment 8..10")]
    [InlineData("{\"a\": 1 @@@ , \"b\": 2}", "unexpected-token 8..11")]
    [InlineData("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> x\n}", "merge-conflict 2..14, merge-conflict 22..29, merge-conflict 37..46")]
    [InlineData("", "")]
    [InlineData("// nothing", "")]
    [InlineData("{\"a\": [1, 2,], // c\n}", "")]
    public void A_slip_is_reported_once_and_where_it_is_mended(string text, string expected) =>
        Assert.Equal(expected, Describe(JsonParser.Parse(SourceText.From(text)).Errors));

    [Theory]
    [InlineData("{\"a\": 1, // c\n}", "trailing-comma 7..8 Error, comment-not-permitted 9..13 Error", "trailing-comma 7..8 Warning")]
    [InlineData("[1, /* , */ ]", "trailing-comma 2..3 Error, comment-not-permitted 4..11 Error", "trailing-comma 2..3 Warning")]
    [InlineData("[[],]", "trailing-comma 3..4 Error", "trailing-comma 3..4 Warning")]
    public void The_dialect_judges_comments_and_trailing_commas(string text, string json, string withComments)
    {
        var tree = JsonParser.Parse(SourceText.From(text));
        Assert.Equal(json, DescribeWithSeverity(SyntaxRules.Check(tree, SyntaxDialect.Json, 100, default)));
        Assert.Equal(withComments, DescribeWithSeverity(SyntaxRules.Check(tree, SyntaxDialect.JsonWithComments, 100, default)));
        Assert.Empty(SyntaxRules.Check(tree, SyntaxDialect.Json.With(allowComments: true, allowTrailingCommas: true), 100, default));
    }

    [Fact]
    public void Every_occurrence_of_a_duplicated_key_is_reported_and_related_to_the_one_that_counts()
    {
        var tree = JsonParser.Parse(SourceText.From("{\"a\": 1, \"\\u0061\": 2, \"b\": {\"a\": 0}, \"a\": 3}"));
        var found = SyntaxRules.Check(tree, SyntaxDialect.Json, 100, default);
        Assert.Equal("duplicate-key 1..4, duplicate-key 9..17, duplicate-key 37..40", Describe(found));
        Assert.Equal([37, 37, 1], found.Select(static diagnostic => diagnostic.Related[0].Span.Start));
    }

    [Fact]
    public void Duplicates_in_a_large_object_are_found()
    {
        var text = "{" + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"\"k{i}\": {i},")) + "\"k4321\": 0}";
        Assert.Equal(2, SyntaxRules.Check(JsonParser.Parse(SourceText.From(text)), SyntaxDialect.Json, 100, default).Length);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_reported_once()
    {
        var tree = JsonParser.Parse(SourceText.FromUtf8(new byte[] { (byte)'"', 0xFF, 0xFE, (byte)'"' }));
        Assert.Equal("invalid-encoding 1..2", Describe(tree.Errors));
    }

    private static string Describe(IEnumerable<Diagnostic> errors) => string.Join(", ", errors.Select(static error => $"{error.Descriptor.Id} {error.Span.Start}..{error.Span.End}"));

    private static string DescribeWithSeverity(IEnumerable<Diagnostic> errors) =>
        string.Join(", ", errors.Select(static error => $"{error.Descriptor.Id} {error.Span.Start}..{error.Span.End} {error.Severity}"));
}
