using System.Globalization;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Hostile and huge input ends, with a limited answer. A case that is not bounded does not finish, which the runner reports.</summary>
public sealed class BoundsTests
{
    [Fact]
    public void Twenty_thousand_errors_give_a_thousand_and_say_that_there_are_more()
    {
        var result = Evaluate("""{"items": {"type": "string"}}""", "[" + string.Join(',', Enumerable.Range(0, 20_000)) + "]");
        Assert.False(result.IsValid);
        Assert.Equal(1000, result.Diagnostics.Length);
        Assert.True(result.HasMore);
        Assert.Equal("/999", result.Diagnostics[^1].Data!.Path);
    }

    [Fact]
    public void Twenty_thousand_unknown_keys_are_not_compared_with_one_another()
    {
        const string Schema = """{"properties": {"known": {}}, "additionalProperties": false}""";
        var instance = "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(static i => $"\"unknown{i}\": 1")) + "}";
        _ = Evaluate(Schema, instance);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Evaluate(Schema, instance);
        Assert.Equal(1000, result.Diagnostics.Length);

        // Rebuilding the set of keys for each of them would take gigabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Unique_items_among_many_find_the_one_repetition()
    {
        var items = Enumerable.Range(0, 4000).Select(static i => $$"""{"name": "n{{i}}", "value": [{{i}}, 1]}""").Append("""{"value": [17.0, 1], "name": "n17"}""");
        var result = Evaluate("""{"uniqueItems": true}""", "[" + string.Join(',', items) + "]");
        var only = Assert.Single(result.Diagnostics);
        Assert.Equal("/4000", only.Data!.Path);
        Assert.Equal(DiagnosticCatalog.DuplicateItem, only.Descriptor);
    }

    [Theory]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    [InlineData("allOf")]
    public void Alternatives_that_recurse_are_not_evaluated_exponentially(string keyword)
    {
        var schema = $$$$$"""{"definitions": {"n": {"{{{{{keyword}}}}}": [{"properties": {"c": {"$ref": "#/definitions/n"}, "x": {"type": "integer"}}}, {"properties": {"c": {"$ref": "#/definitions/n"}, "x": {"type": "integer"}}, "required": ["c"]}]}}, "$ref": "#/definitions/n"}""";
        var instance = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            instance.Append("{\"c\":");
        }

        instance.Append("{\"x\":\"no\"}").Append('}', 60);
        Assert.False(Evaluate(schema, instance.ToString()).IsValid);
    }

    [Fact]
    public void Undecided_alternatives_within_alternatives_are_explained_without_trying_all_combinations()
    {
        var schema = """{"definitions": {"n": {"anyOf": [{"items": {"$ref": "#/definitions/n"}, "minItems": 1}, {"items": {"$ref": "#/definitions/n"}, "maxItems": 9}, {"items": {"$ref": "#/definitions/n"}, "minItems": 0}], "type": "array"}}, "$ref": "#/definitions/n"}""";
        var result = Evaluate(schema, new string('[', 40) + "1" + new string(']', 40));
        Assert.False(result.IsValid);
        Assert.NotEmpty(result.Diagnostics);
        Assert.DoesNotContain(result.Diagnostics, static d => d.Descriptor == DiagnosticCatalog.ValidationIncomplete);
    }

    [Fact]
    public void References_that_double_at_each_step_are_bounded_on_a_scalar()
    {
        var schema = new StringBuilder("""{"definitions": {"d40": {"type": "integer"}""");
        for (var i = 0; i < 40; i++)
        {
            schema.Append(CultureInfo.InvariantCulture, $$""", "d{{i}}": {"allOf": [{"$ref": "#/definitions/d{{i + 1}}"}, {"$ref": "#/definitions/d{{i + 1}}"}]}""");
        }

        schema.Append("""}, "allOf": [{"$ref": "#/definitions/d0"}]}""");
        Assert.True(Evaluate(schema.ToString(), "1").IsValid);
        Assert.False(Evaluate(schema.ToString(), "\"x\"").IsValid);
    }

    [Fact]
    public void A_thousand_branches_are_told_apart_by_their_discriminator()
    {
        var branches = Enumerable.Range(0, 1000).Select(static i => $$$$$"""{"properties": {"kind": {"const": "k{{{{{i}}}}}"}, "p{{{{{i}}}}}": {"type": "integer"}}, "required": ["kind", "p{{{{{i}}}}}"]}""");
        var schema = Compile($$$$$"""{"items": {"oneOf": [{{{{{string.Join(',', branches)}}}}}]}}""");
        var good = Enumerable.Range(0, 1000).Select(static i => $$"""{"kind": "k{{i}}", "p{{i}}": 1}""").ToArray();
        Assert.True(SchemaEvaluator.Evaluate(Parse($"[{string.Join(',', good)}]"), schema, EvaluationOptions.Default).IsValid);
        var result = SchemaEvaluator.Evaluate(Parse($"[{string.Join(',', good)}, {{\"kind\": \"k77\"}}]"), schema, EvaluationOptions.Default);
        var only = Assert.Single(result.Diagnostics);
        Assert.Contains("None of 1000 variants fits; closest is `k77` (by `kind`)", only.Message, StringComparison.Ordinal);
        Assert.Equal("p77", only.Data!.Expected);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a?){50}a{50}$")]
    public void Catastrophic_patterns_end(string pattern)
    {
        var text = new string('a', 20_000) + "!";
        Assert.False(Evaluate($$"""{"pattern": "{{pattern}}"}""", $"\"{text}\"").IsValid);
    }

    [Fact]
    public void A_catastrophic_pattern_that_needs_backtracking_is_given_up_once_and_said()
    {
        var texts = Enumerable.Range(0, 50).Select(static i => $"\"{new string('a', 40)}{i}!\"");
        var result = Evaluate("""{"items": {"pattern": "^(?=a)(a+)+$"}}""", $"[{string.Join(',', texts)}]");
        Assert.True(result.IsValid);
        Assert.Equal(DiagnosticCatalog.PatternTooSlow, Assert.Single(result.Diagnostics).Descriptor);
    }

    [Theory]
    [InlineData("""{"$ref": "#/definitions/n", "definitions": {"n": {"items": {"$ref": "#/definitions/n"}}}}""")]
    [InlineData("""{"$ref": "#/definitions/n", "definitions": {"n": {"anyOf": [{"type": "string"}, {"items": {"$ref": "#/definitions/n"}}]}}}""")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "items": {"$ref": "#"}, "unevaluatedItems": false}""")]
    [InlineData("""{"enum": [[[[]]]]}""")]
    [InlineData("""{"uniqueItems": true}""")]
    public void A_hundred_thousand_brackets_neither_crash_nor_pass_silently(string schema)
    {
        var result = Evaluate(schema, new string('[', 100_000) + new string(']', 100_000));
        Assert.True(result.IsValid || !result.Diagnostics.IsEmpty);
        if (schema.Contains("$ref", StringComparison.Ordinal))
        {
            Assert.Contains(result.Diagnostics, static d => d.Descriptor == DiagnosticCatalog.NestedTooDeeply);
        }
    }

    [Fact]
    public void A_schema_nested_a_hundred_thousand_deep_compiles()
    {
        var schema = Compile(string.Concat(Enumerable.Repeat("{\"items\":", 50_000)) + "{}" + new string('}', 50_000));
        Assert.True(SchemaEvaluator.IsValid(Parse("[[1]]"), schema, EvaluationOptions.Default));
    }

    [Theory]
    [InlineData("""{"$ref": "#"}""")]
    [InlineData("""{"allOf": [{"$ref": "#"}]}""")]
    [InlineData("""{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"anyOf": [{"$ref": "#/definitions/a"}, {"type": "string"}]}}}""")]
    public void References_that_lead_back_to_themselves_are_cut_and_said(string schema)
    {
        var compiled = Compile(schema);
        Assert.Contains(compiled.Problems, static p => p.Descriptor == DiagnosticCatalog.UnresolvedReference);
        Assert.True(SchemaEvaluator.Evaluate(Parse("1"), compiled, EvaluationOptions.Default).IsValid);
    }

    [Fact]
    public void A_circle_that_only_the_dynamic_scope_closes_ends_at_the_depth_limit()
    {
        var result = Evaluate(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/outer", "$dynamicAnchor": "a", "$ref": "inner",
             "$defs": {"inner": {"$id": "inner", "$dynamicRef": "#a", "$defs": {"stop": {"$dynamicAnchor": "a"}}}}}
            """,
            "1");
        Assert.Contains(result.Diagnostics, static d => d.Descriptor == DiagnosticCatalog.NestedTooDeeply);
    }

    [Fact]
    public void Evaluation_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var instance = Parse("[" + string.Join(',', Enumerable.Repeat("[1]", 5000)) + "]");
        var schema = Compile("""{"items": {"items": {"type": "integer", "minimum": 0}}}""");
        Assert.Throws<OperationCanceledException>(() => SchemaEvaluator.Evaluate(instance, schema, EvaluationOptions.Default, source.Token));
    }
}
