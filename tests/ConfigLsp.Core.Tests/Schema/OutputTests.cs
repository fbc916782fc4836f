using ConfigLsp.Core.Schema;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>The failures and annotations that an evaluation gives, as <c>KEYWORD LOCATION @ INSTANCE LOCATION [= ANNOTATION]</c>.</summary>
public sealed class OutputTests
{
    private const string Head = "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", ";

    [Theory]
    [InlineData("""{"properties": {"a": {"title": "A"}}, "patternProperties": {"^b": true}, "additionalProperties": {"title": "C"}}""", """{"a": 1, "b": 2, "c": 3}""",
        """/properties/a/title @ /a = "A"|/additionalProperties/title @ /c = "C"|/properties @  = ["a"]|/patternProperties @  = ["b"]|/additionalProperties @  = ["c"]""")]
    [InlineData("""{"prefixItems": [true, true], "items": {"title": "rest"}}""", "[1, 2, 3]", """/items/title @ /2 = "rest"|/prefixItems @  = 1|/items @  = true""")]
    [InlineData("""{"contains": {"type": "integer"}}""", """["x", 1, 2]""", "/contains @  = [1,2]")]
    [InlineData("""{"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"title": "N"}}}""", """{"a": 1}""", """/properties/a/$ref/title @ /a = "N"|/properties @  = ["a"]""")]
    [InlineData("""{"anyOf": [{"title": "no", "type": "string"}, {"title": "yes"}], "x-own": [1, 2]}""", "1", """/x-own @  = [1, 2]|/anyOf/1/title @  = "yes" """)]
    [InlineData("""{"not": {"title": "never", "type": "string"}, "title": "always", "$comment": "never"}""", "1", """/title @  = "always" """)]
    public void Annotations_stand_where_they_were_given(string schema, string instance, string expected) =>
        Assert.Equal(expected.Trim().Split('|').Order(StringComparer.Ordinal), Show(schema, instance).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"type": "string", "title": "dropped"}""", "1", " @ |/type @ ")]
    [InlineData("""{"properties": {"a": {"title": "dropped"}, "b": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"minimum": 3}}}""", """{"a": 1, "b": 2}""", " @ |/properties/b/$ref/minimum @ /b")]
    [InlineData("""{"required": ["x"], "properties": {"a": false}, "additionalProperties": false}""", """{"a": 1, "b": 2}""", " @ |/required @ |/properties/a @ /a|/additionalProperties @ /b")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"minimum": 5}]}""", "1", " @ |/anyOf @ |/anyOf/0/type @ |/anyOf/1/minimum @ ")]
    [InlineData("""{"oneOf": [{"minimum": 0}, {"maximum": 5}, {"type": "string"}]}""", "1", " @ |/oneOf @ ")]
    [InlineData("""{"if": {"type": "integer"}, "then": {"minimum": 5}, "else": {"type": "string"}}""", "1", " @ |/then/minimum @ ")]
    [InlineData("""{"prefixItems": [{"type": "string"}], "unevaluatedItems": false}""", """["x", 1]""", " @ |/unevaluatedItems @ /1")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}, "contains": true}""", """{"a": 1}""", " @ |/dependentRequired/a @ ")]
    [InlineData("""{"contains": {"type": "string"}}""", "[1]", " @ |/contains @ ")]
    [InlineData("""{"propertyNames": {"maxLength": 1}}""", """{"ab": 1}""", " @ |/propertyNames @ ")]
    public void Failures_stand_at_the_keywords_that_fail(string schema, string instance, string expected) =>
        Assert.Equal(expected.Split('|'), Show(schema, instance));

    [Fact]
    public void Failures_have_the_words_of_the_diagnostics()
    {
        var output = SchemaEvaluator.CollectOutput(Parse("""{"a": 99}"""), Compile("""{"properties": {"a": {"maximum": 50}}}"""), EvaluationOptions.Default);
        Assert.Equal("`a` must be at most 50, but is 99.", output.Units[^1].Error);
        Assert.Equal(SchemaUri + "#/properties/a/maximum", output.Units[^1].AbsoluteKeywordLocation);
    }

    [Fact]
    public void Absolute_locations_begin_at_the_resource_of_the_schema()
    {
        var schema = Compile($$$$$$"""{ {{{{{{Head}}}}}} "$ref": "urn:example:part", "$defs": {"part": {"$id": "urn:example:part", "properties": {"a^b": {"title": "T"} } } } }""");
        var output = SchemaEvaluator.CollectOutput(Parse("""{"a^b": 1}"""), schema, EvaluationOptions.Default);
        var title = output.Units.Single(static u => u.Keyword == "title");
        Assert.Equal("/$ref/properties/a^b/title", title.KeywordLocation);
        Assert.Equal("urn:example:part#/properties/a%5Eb/title", title.AbsoluteKeywordLocation);
    }

    [Fact]
    public void Before_2019_09_nothing_beside_a_reference_annotates()
    {
        var output = SchemaEvaluator.CollectOutput(Parse("1"), Compile("""{"allOf": [{"$ref": "#/definitions/n", "title": "beside"}], "definitions": {"n": {"title": "N"}}}"""), EvaluationOptions.Default);
        Assert.Equal("\"N\"", Assert.Single(output.Units).Annotation);
    }

    [Fact]
    public void Output_that_would_be_endless_is_cut_and_says_so()
    {
        var schema = Compile("""{"definitions": {"n": {"title": "n", "items": {"$ref": "#/definitions/n"}}}, "$ref": "#/definitions/n"}""");
        var output = SchemaEvaluator.CollectOutput(Parse(new string('[', 5000) + new string(']', 5000)), schema, EvaluationOptions.Default);
        Assert.False(output.IsComplete);
        var wide = SchemaEvaluator.CollectOutput(Parse($"[{string.Join(',', Enumerable.Repeat("1", 100_001))}]"), schema, EvaluationOptions.Default);
        Assert.False(wide.IsComplete);
        Assert.Equal(100_000, wide.Units.Length);
    }

    private static IEnumerable<string> Show(string schema, string instance)
    {
        var output = SchemaEvaluator.CollectOutput(Parse(instance), Compile("{" + Head + schema[1..]), EvaluationOptions.Default);
        Assert.True(output.IsComplete);
        return output.Units.Select(static u => $"{u.KeywordLocation} @ {u.InstanceLocation}{(u.Annotation is null ? string.Empty : $" = {u.Annotation}")}");
    }
}
