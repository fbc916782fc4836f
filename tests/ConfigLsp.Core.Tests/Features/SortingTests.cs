using ConfigLsp.Core.Features.Formatting;
using ConfigLsp.Core.Features.Sorting;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Tests.Editing;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Features;

public sealed class SortingTests
{
    private static readonly FormattingOptions TwoSpaces = new() { TabSize = 2 };

    [Theory]
    [InlineData("{\"b\":1,\"a\":{\"d\":2,\"c\":3}}", "{\n  \"a\": {\n    \"c\": 3,\n    \"d\": 2\n  },\n  \"b\": 1\n}")]
    [InlineData("[{\"b\":1,\"a\":2},[{\"d\":1,\"c\":2}]]", "[\n  {\n    \"a\": 2,\n    \"b\": 1\n  },\n  [\n    {\n      \"c\": 2,\n      \"d\": 1\n    }\n  ]\n]")]
    [InlineData(
        "{ // head\n  // of b\n  \"b\": 1, // one\n  /* of a */\n  \"a\": 2 /* two */ // three\n  // last\n}",
        "{ // head\n  /* of a */\n  \"a\": 2, /* two */ // three\n  // of b\n  \"b\": 1 // one\n  // last\n}")]
    [InlineData("{\n  \"b\": 1 // one\n  , // more\n  \"a\": 2,\n}\n", "{\n  \"a\": 2,\n  \"b\": 1, // one\n  // more\n}\n")]
    [InlineData("{\"b\":1,\"B\":2,\"a\":3,\"_\":4,\"1\":5,\"é\":6}", "{\n  \"_\": 4,\n  \"1\": 5,\n  \"a\": 3,\n  \"b\": 1,\n  \"B\": 2,\n  \"é\": 6\n}")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "{\n  \"a\": 1,\n  \"a\": 3,\n  \"b\": 2\n}")]
    [InlineData("\uFEFF// top\r\n{\r\n\"b\":1,\r\n\"a\":2}\r\n", "\uFEFF// top\r\n{\r\n  \"a\": 2,\r\n  \"b\": 1\r\n}\r\n")]
    [InlineData("{\"b\":1 \"a\":2}", "{\"b\":1 \"a\":2}")]
    [InlineData("{", "{")]
    [InlineData("", "")]
    [InlineData("{}", "{}")]
    public void Keys_are_sorted_and_comments_stay_with_them(string text, string expected) => Assert.Equal(expected, Sort(text));

    [Theory]
    [InlineData("{\n\t\"b\": 1, // one\n\t\"a\": [\n\t\t2]\n}\n", "{\n\t\"a\": [\n\t\t2\n\t],\n\t\"b\": 1 // one\n}\n")]
    [InlineData("{\r\n   \"b\": 1,\r\n   \"a\": 2\r\n}", "{\r\n   \"a\": 2,\r\n   \"b\": 1\r\n}")]
    [InlineData("[\n    {\"b\": 1, \"a\": 2}\n]", "[\n    {\n        \"a\": 2,\n        \"b\": 1\n    }\n]")]
    [InlineData("{\"b\": 1, \"a\": 2}", "{\n  \"a\": 2,\n  \"b\": 1\n}")]
    public void The_style_of_the_document_is_kept(string text, string expected)
    {
        var snapshot = Documents.Create(text, schema: null);
        Assert.True(SortingFeature.IsUseful(snapshot, default));
        Assert.Equal(expected, snapshot.Text.WithChanges(SortingFeature.Sort(snapshot, default).AsSpan()).ToString());
    }

    [Theory]
    [InlineData("{\"a\":1,   \"b\":{\"c\":1,\"c\":2}}", false)]
    [InlineData("{\"a\":1,\"b\":[{\"d\":1,\"c\":2}]}", true)]
    [InlineData("{\"b\":1,\"\\u0061\":2}", true)]
    [InlineData("{\"b\":1 \"a\":2}", false)]
    [InlineData("[3,2,1]", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public void Only_keys_out_of_order_make_it_useful(string text, bool expected) =>
        Assert.Equal(expected, SortingFeature.IsUseful(Documents.Create(text, schema: null), default));

    [Fact]
    public void A_sorted_document_says_the_same_and_stays_sorted() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            var text = new DocumentWriter(new DocumentGenerator(random, isBroken: false).Document(), random).Write();
            var sorted = Sort(text);
            Assert.Equal(sorted, Sort(sorted));
            Assert.False(SortingFeature.IsUseful(Documents.Create(sorted, schema: null), default));
            Assert.Empty(JsonParser.Parse(SourceText.From(sorted)).Errors);
            Assert.Equal(Words(text), Words(sorted));
        }));

    [Fact]
    public void Deep_nesting_is_bounded()
    {
        var text = string.Concat(Enumerable.Repeat("{\"b\":", 5000)) + "1" + new string('}', 5000);
        Assert.NotNull(Sort(text));
        Assert.False(SortingFeature.IsUseful(Documents.Create(text, schema: null), default));
    }

    /// <summary>Tokens and comments regardless of their order.</summary>
    private static string[] Words(string text) => [.. TokenReader.Read(text).Select(static token => token.Text).Order(StringComparer.Ordinal)];

    private static string Sort(string text)
    {
        var snapshot = Documents.Create(text, schema: null);
        return snapshot.Text.WithChanges(SortingFeature.Sort(snapshot, TwoSpaces, default).AsSpan()).ToString();
    }
}
