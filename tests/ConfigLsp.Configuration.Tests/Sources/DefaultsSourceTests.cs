using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class DefaultsSourceTests
{
    [Theory]
    [InlineData("""{"properties": {"b": {"default": 1.50}, "a": {"default": [1, {"x": null}]}, "none": {}}}""", """{"b":1.50,"a":[1, {"x": null}]}""")]
    [InlineData("""{"properties": {"a": {"properties": {"b": {"properties": {"c": {"default": null}}}}}}}""", """{"a":{"b":{"c":null}}}""")]
    [InlineData("""{"properties": {"a": {"$ref": "#/definitions/d"}}, "definitions": {"d": {"default": "x"}}}""", """{"a":"x"}""")]
    [InlineData("""{"allOf": [{"properties": {"a": {"default": 1}}}], "properties": {"a": {}, "b": {"default": 2}}}""", """{"a":1,"b":2}""")]
    // A default of the whole wins over those of its parts, which fill it up; a default that is no object leaves no room for parts.
    [InlineData("""{"properties": {"a": {"default": {"x": 1}, "properties": {"x": {"default": 2}, "y": {"default": 3}}}}}""", """{"a":{"x":1,"y":3}}""")]
    [InlineData("""{"properties": {"a": {"default": null, "properties": {"x": {"default": 2}}}}}""", """{"a":null}""")]
    [InlineData("""{"default": {"q": 1}, "properties": {"a": {"default": 2}}}""", """{"q":1,"a":2}""")]
    // Branches may not apply, so their defaults are nobody's.
    [InlineData("""{"anyOf": [{"properties": {"a": {"default": 1}}}], "properties": {"b": {"default": 2}}}""", """{"b":2}""")]
    [InlineData("""{"properties": {"in": {"$ref": "#"}, "size": {"default": 1}}}""", """{"size":1}""")]
    [InlineData("""{"properties": {"a\"\n": {"default": 1}}}""", """{"a\"\u000a":1}""")]
    [InlineData("true", "{}")]
    [InlineData("""{"default": 7}""", "{}")]
    public async Task The_defaults_of_a_schema_make_a_document(string schema, string expected)
    {
        var content = await SourceTests.LoadAsync(new DefaultsSource("defaults", () => SourceTests.Compile(schema)));
        Assert.Equal(expected, content.Text());
        Assert.Empty(content.Tree.Errors);
        Assert.Null(content.FilePath);
    }

    [Fact]
    public async Task The_document_is_made_once_for_a_schema_and_anew_for_another()
    {
        var schema = SourceTests.Compile("""{"properties": {"a": {"default": 1}}}""");
        JsonSchema? current = null;
        using var source = new DefaultsSource("defaults", () => current);
        var none = await SourceTests.LoadAsync(source);
        Assert.Equal("{}", none.Text());
        current = schema;
        var first = await SourceTests.LoadAsync(source, none);
        Assert.Equal("""{"a":1}""", first.Text());
        Assert.Same(first, await SourceTests.LoadAsync(source));
        current = SourceTests.Compile("""{"properties": {"a": {"default": 1, "title": "A"}}}""");
        Assert.Same(first, await SourceTests.LoadAsync(source, first));
        current = SourceTests.Compile("""{"properties": {"a": {"default": 2}}}""");
        Assert.Equal("""{"a":2}""", (await SourceTests.LoadAsync(source, first)).Text());
    }

    [Fact]
    public async Task A_schema_with_endless_defaults_is_cut()
    {
        var names = string.Join(",", Enumerable.Range(0, 26).Select(static i => $$"""
            "{{(char)('a' + i)}}": {"$ref": "#/definitions/x"}
            """));
        var levels = string.Join(",", Enumerable.Range(0, 10).Select(i => $$"""
            "{{(i == 0 ? "x" : "x" + i)}}": {"default": {}, "properties": { {{names.Replace("definitions/x", "definitions/x" + (i + 1), StringComparison.Ordinal)}} } }
            """));
        var content = await SourceTests.LoadAsync(new DefaultsSource("defaults", () => SourceTests.Compile($$"""{"$ref": "#/definitions/x", "definitions": { {{levels}}, "x10": {"default": 1} } }""")));
        Assert.InRange(content.Tree.NodeCount, 1000, 50_000);
    }
}
