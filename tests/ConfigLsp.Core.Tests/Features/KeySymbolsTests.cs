using ConfigLsp.Core.Features.Symbols;

namespace ConfigLsp.Core.Tests.Features;

public sealed class KeySymbolsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("""{"a": {"b": 1}, "c": [{"d": 2}]}""", "a c a.b c.0.d")]
    [InlineData("""{"a" 1 "b": }""", "a b")]
    [InlineData("""{"": 1, "x": {"y": """, "x x.y")]
    public void The_keys_of_a_file_have_the_way_to_them(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', KeySymbols.List(Documents.Create(text).Tree, 100, default).Select(static s => s.Key)));

    [Fact]
    public void Keys_are_bounded_and_deep_ones_left_out()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000));
        Assert.InRange(KeySymbols.List(Documents.Create(deep).Tree, 10_000, default).Length, 1, 100);
        Assert.Equal(3, KeySymbols.List(Documents.Create("""{"a":1,"b":1,"c":1,"d":1}""").Tree, 3, default).Length);
    }

    [Theory]
    [InlineData("agent.maxCount", "", true)]
    [InlineData("agent.maxCount", "amc", true)]
    [InlineData("agent.maxCount", "MAX count", true)]
    [InlineData("agent.maxCount", "cma", false)]
    public void A_query_fits_by_its_letters_in_order(string key, string query, bool fits) => Assert.Equal(fits, KeySymbols.Match(key, query) is not null);

    [Theory]
    [InlineData("max", "agent.max", "remark.axis")]
    [InlineData("al", "agent.limit", "signal")]
    [InlineData("log", "log", "log.level")]
    public void The_likelier_key_comes_first(string query, string better, string worse) =>
        Assert.True(KeySymbols.Match(better, query) > (KeySymbols.Match(worse, query) ?? int.MinValue));
}
