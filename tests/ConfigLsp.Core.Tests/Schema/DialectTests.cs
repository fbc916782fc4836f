using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>What <c>$schema</c> and <c>$vocabulary</c> decide, for each schema resource on its own.</summary>
public sealed class DialectTests
{
    private const string Meta = "https://example.com/meta";

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#", "1.0", false)]
    [InlineData("https://json-schema.org/draft-04/schema", "1.0", false)]
    [InlineData("http://json-schema.org/draft-04/hyper-schema#", "1.0", false)]
    [InlineData("http://json-schema.org/draft-06/schema#", "1.0", true)]
    [InlineData("http://json-schema.org/draft-07/schema", "1.0", true)]
    [InlineData("http://json-schema.org/schema#", "1.0", true)]
    [InlineData("https://json-schema.org/draft/2019-09/schema#", "1.0", true)]
    [InlineData("http://json-schema.org/draft/2020-12/schema", "1.0", true)]
    public void The_schema_keyword_names_the_dialect_however_its_uri_is_written(string uri, string instance, bool isValid)
    {
        var compilation = new SchemaRegistry().Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{uri}}}}}}", "type": "integer"}"""));
        Assert.True(compilation.IsComplete);
        Assert.Empty(compilation.Schema.Problems);
        Assert.Equal(isValid, IsValid(compilation.Schema, instance));
    }

    /// <summary>The same text means another thing in each dialect: an array of schemas by position up to 2019-09, nothing usable in 2020-12.</summary>
    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema")]
    public void A_reference_into_another_dialect_follows_that_ones_rules(string outer, string inner)
    {
        var part = """
            "items": [{"type": "integer"}], "additionalItems": false, "prefixItems": [{"type": "string"}]
            """;
        var registry = new SchemaRegistry();
        registry.Add("https://example.com/part", Parse($$$$$$"""{"$schema": "{{{{{{inner}}}}}}", {{{{{{part}}}}}} }"""));
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{outer}}}}}}", "properties": {"other": {"$ref": "https://example.com/part"}, "own": { {{{{{{part}}}}}} } } }""")).Schema;
        var (old, recent) = outer.Contains("draft-07", StringComparison.Ordinal) ? ("own", "other") : ("other", "own");
        Assert.True(IsValid(schema, $$$$$$"""{"{{{{{{old}}}}}}": [1]}"""));
        Assert.False(IsValid(schema, $$$$$$"""{"{{{{{{old}}}}}}": ["x"]}"""));
        Assert.False(IsValid(schema, $$$$$$"""{"{{{{{{old}}}}}}": [1, 2]}"""));
        Assert.True(IsValid(schema, $$$$$$"""{"{{{{{{recent}}}}}}": ["x", 2]}"""));
        Assert.False(IsValid(schema, $$$$$$"""{"{{{{{{recent}}}}}}": [1]}"""));
    }

    [Fact]
    public void An_embedded_resource_has_its_own_dialect_and_what_surrounds_it_keeps_its()
    {
        var schema = Compile("""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/root", "properties": {
              "old": {"$id": "old", "$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"n": {"type": "integer"}}, "properties": {"v": {"$ref": "#/definitions/n", "maximum": 3}}},
              "new": {"$ref": "#/$defs/n", "maximum": 3}}, "$defs": {"n": {"type": "integer"}}}
            """);
        Assert.True(IsValid(schema, """{"old": {"v": 9}}"""));
        Assert.False(IsValid(schema, """{"new": 9}"""));
    }

    [Fact]
    public void A_dialect_named_within_a_resource_changes_nothing()
    {
        // Only the root of a resource names its dialect (2020-12 Core, section 8.1.1).
        var schema = Compile("""{"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"a": {"$schema": "http://json-schema.org/draft-07/schema#", "type": "integer"}}}""");
        Assert.False(IsValid(schema, """{"a": 1.0}"""));
    }

    [Fact]
    public void A_required_vocabulary_that_is_unknown_is_said_once_and_the_rest_is_checked()
    {
        var registry = WithMeta("""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/meta", "$vocabulary": {
              "https://json-schema.org/draft/2020-12/vocab/core": true, "https://json-schema.org/draft/2020-12/vocab/applicator": true,
              "https://json-schema.org/draft/2020-12/vocab/validation": true, "https://example.com/vocab/units": true, "https://example.com/vocab/colours": false}}
            """);
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""
            {"$schema": "{{{{{{Meta}}}}}}", "properties": {"a": {"type": "integer", "unit": "s"}, "b": {"$id": "inner", "$schema": "{{{{{{Meta}}}}}}", "unit": "s", "minimum": 1}}}
            """)).Schema;
        var problem = Assert.Single(schema.Problems);
        Assert.Equal((DiagnosticCatalog.UnknownVocabulary, "/$schema"), (problem.Descriptor, problem.Pointer));
        Assert.Contains("`https://example.com/vocab/units`", problem.Message, StringComparison.Ordinal);
        Assert.False(IsValid(schema, """{"a": "x"}"""));
        Assert.False(IsValid(schema, """{"b": 0}"""));
    }

    [Fact]
    public void Keywords_of_vocabularies_that_a_dialect_leaves_out_demand_nothing()
    {
        var registry = WithMeta("""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/meta", "$vocabulary": {
              "https://json-schema.org/draft/2020-12/vocab/core": true, "https://json-schema.org/draft/2020-12/vocab/applicator": true}}
            """);
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{Meta}}}}}}", "properties": {"a": {"type": "integer"}, "b": false}}""")).Schema;
        Assert.Empty(schema.Problems);
        Assert.True(IsValid(schema, """{"a": "x"}"""));
        Assert.False(IsValid(schema, """{"b": 1}"""));
    }

    [Fact]
    public void A_meta_schema_of_ones_own_takes_its_dialect_from_the_one_it_names()
    {
        var registry = WithMeta("""{"$schema": "http://json-schema.org/draft-04/schema#", "id": "https://example.com/meta", "$vocabulary": {"https://example.com/x": true}}""");
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{Meta}}}}}}", "type": "integer"}""")).Schema;
        Assert.Empty(schema.Problems);
        Assert.False(IsValid(schema, "1.0"));
    }

    [Fact]
    public void A_meta_schema_that_describes_itself_is_no_circle()
    {
        var registry = WithMeta("""{"$schema": "https://example.com/meta", "$id": "https://example.com/meta", "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/validation": true}}""");
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{Meta}}}}}}", "type": "integer", "properties": {"a": false}}""")).Schema;
        Assert.False(IsValid(schema, "\"x\""));
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-03/schema#", "draft-04")]
    [InlineData("http://json-schema.org/draft-05/schema#", "draft-04")]
    [InlineData("https://json-schema.org/draft/next/schema", "2020-12")]
    [InlineData("https://json-schema.org/v1", "2020-12")]
    public void A_draft_without_support_is_read_as_the_nearest_one_without_being_fetched(string uri, string nearest)
    {
        var compilation = new SchemaRegistry().Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{uri}}}}}}", "type": "integer"}"""));
        Assert.True(compilation.IsComplete);
        var problem = Assert.Single(compilation.Schema.Problems);
        Assert.Contains(uri, problem.Message, StringComparison.Ordinal);
        Assert.Contains($"read as {nearest}", problem.Message, StringComparison.Ordinal);
        Assert.False(IsValid(compilation.Schema, "\"x\""));
    }

    [Fact]
    public void A_dialect_that_cannot_be_loaded_is_said_with_the_reason_and_read_as_2020_12()
    {
        var registry = new SchemaRegistry();
        registry.AddFailure(Meta, "the host is not trusted");
        var schema = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{Meta}}}}}}", "prefixItems": [{"type": "integer"}]}""")).Schema;
        var problem = Assert.Single(schema.Problems);
        Assert.Contains("the host is not trusted", problem.Message, StringComparison.Ordinal);
        Assert.Contains(Meta, problem.Message, StringComparison.Ordinal);
        Assert.False(IsValid(schema, """["x"]"""));
    }

    [Fact]
    public void A_dialect_that_is_not_there_yet_is_asked_for()
    {
        var compilation = new SchemaRegistry().Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{Meta}}}}}}", "type": "integer"}"""));
        Assert.Equal(Meta, Assert.Single(compilation.MissingDocuments));
        Assert.Empty(compilation.Schema.Problems);
    }

    private static SchemaRegistry WithMeta(string text)
    {
        var registry = new SchemaRegistry();
        registry.Add(Meta, Parse(text));
        return registry;
    }

    private static bool IsValid(JsonSchema schema, string instance) => SchemaEvaluator.IsValid(Parse(instance), schema, EvaluationOptions.Default);
}
