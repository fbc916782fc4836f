using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Text;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

public sealed class SchemaRegistryTests
{
    [Fact]
    public void Missing_documents_are_named_until_they_are_added()
    {
        var registry = new SchemaRegistry();
        var root = registry.Compile("file:///c/settings.schema.json");
        Assert.Equal("file:///c/settings.schema.json", Assert.Single(root.MissingDocuments));

        registry.Add("file:///c/settings.schema.json", Parse("""{"properties": {"a": {"$ref": "parts/a.json#/definitions/a"}}}"""));
        var second = registry.Compile("file:///c/settings.schema.json");
        Assert.Equal("file:///c/parts/a.json", Assert.Single(second.MissingDocuments));
        Assert.True(SchemaEvaluator.IsValid(Parse("""{"a": "x"}"""), second.Schema, EvaluationOptions.Default));
        Assert.Empty(second.Schema.Problems);

        registry.Add("file:///c/parts/a.json", Parse("""{"definitions": {"a": {"type": "integer"}}}"""));
        var third = registry.Compile("file:///c/settings.schema.json");
        Assert.True(third.IsComplete);
        var found = Assert.Single(SchemaEvaluator.Evaluate(Parse("""{"a": "x"}"""), third.Schema, EvaluationOptions.Default).Diagnostics);
        Assert.Equal("file:///c/parts/a.json", found.Data!.SchemaUri);
        Assert.Equal("/definitions/a/type", found.Data.SchemaPointer);
    }

    [Fact]
    public void A_document_that_cannot_be_loaded_disables_what_refers_to_it_and_says_why()
    {
        var registry = new SchemaRegistry();
        registry.Add(SchemaUri, Parse("""{"properties": {"a": {"$ref": "https://elsewhere.example/a.json"}, "b": {"type": "integer"}}}"""));
        registry.AddFailure("https://elsewhere.example/a.json", "the host is not trusted");
        var compilation = registry.Compile(SchemaUri);
        Assert.True(compilation.IsComplete);
        var problem = Assert.Single(compilation.Schema.Problems);
        Assert.Equal(DiagnosticCatalog.UnresolvedReference, problem.Descriptor);
        Assert.Contains("the host is not trusted", problem.Message, StringComparison.Ordinal);
        Assert.Equal("/properties/a/$ref", problem.Pointer);
        Assert.Equal("/b", Assert.Single(SchemaEvaluator.Evaluate(Parse("""{"a": [], "b": "x"}"""), compilation.Schema, EvaluationOptions.Default).Diagnostics).Data!.Path);
    }

    [Fact]
    public void A_changed_document_invalidates_only_the_schemas_that_use_it()
    {
        var registry = new SchemaRegistry();
        registry.Add("mem:a", Parse("""{"$ref": "mem:shared"}"""));
        registry.Add("mem:b", Parse("""{"type": "string"}"""));
        registry.Add("mem:shared", Parse("""{"type": "integer"}"""));
        var a = registry.Compile("mem:a").Schema;
        var b = registry.Compile("mem:b").Schema;
        registry.Add("mem:shared", Parse("""{"type": "boolean"}"""));
        Assert.Same(b, registry.Compile("mem:b").Schema);
        Assert.NotSame(a, registry.Compile("mem:a").Schema);
        Assert.True(SchemaEvaluator.IsValid(Parse("true"), registry.Compile("mem:a").Schema, EvaluationOptions.Default));
        Assert.False(SchemaEvaluator.IsValid(Parse("true"), a, EvaluationOptions.Default));
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-06/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    public void Meta_schemas_are_embedded_complete_and_describe_themselves(string uri)
    {
        var compilation = new SchemaRegistry().Compile(uri);
        Assert.True(compilation.IsComplete);
        Assert.Empty(compilation.Schema.Problems);
        Assert.Empty(SchemaEvaluator.Evaluate(MetaSchemas.Find(uri)!, compilation.Schema, EvaluationOptions.Default).Diagnostics);
        Assert.False(SchemaEvaluator.IsValid(Parse("""{"type": 1}"""), compilation.Schema, EvaluationOptions.Default));
    }

    [Fact]
    public void Several_schemas_apply_together_and_one_can_be_attached_to_a_part()
    {
        var schema = JsonSchema.AllOf([Compile("""{"required": ["a"]}"""), JsonSchema.At("/x/y~1z", Compile("""{"type": "integer"}"""))]);
        var result = SchemaEvaluator.Evaluate(Parse("""{"x": {"y/z": "no"}}"""), schema, EvaluationOptions.Default);
        Assert.Equal([("", "missing-key"), ("/x/y~1z", "type-mismatch")], result.Diagnostics.Select(static d => (d.Data!.Path!, d.Descriptor.Id)));
    }

    [Theory]
    [InlineData("/list/1/name", """{"list": [{"name": 1}, {"name": 2}]}""", true)]
    [InlineData("/list/1/name", """{"list": [{"name": 1}, {"name": "x"}]}""", false)]
    [InlineData("/list/1/name", """{"list": [{"name": "x"}]}""", true)]
    [InlineData("/list/1/name", """{"list": {"1": {"name": "x"}}}""", false)]
    [InlineData("/list/01/name", """{"list": [0, {"name": "x"}]}""", true)]
    [InlineData("/0", """["x"]""", false)]
    [InlineData("/0/0", """[["x"]]""", false)]
    [InlineData("/-", """["x"]""", true)]
    [InlineData("/99999999999", """["x"]""", true)]
    public void A_schema_can_be_attached_to_an_item(string pointer, string instance, bool isValid)
    {
        var schema = JsonSchema.At(pointer, Compile("""{"title": "part", "type": "integer"}"""));
        var result = SchemaEvaluator.Evaluate(Parse(instance), schema, EvaluationOptions.Default);
        Assert.Equal(isValid, result.IsValid);
        if (!isValid)
        {
            Assert.Equal(pointer, Assert.Single(result.Diagnostics).Data!.Path);
            var tree = Parse(instance);
            var found = SchemaEvaluator.FindApplicable(tree, schema, ConfigLsp.Core.Syntax.JsonPointer.Find(tree.Root, pointer));
            Assert.Contains(found, static a => a.Schema.Annotations.Title == "part");
        }
    }

    [Theory]
    [InlineData("""{"maxProperties": 2}""", """{"a": 1, "a": 2, "a": 3, "b": 4}""", true)]
    [InlineData("""{"maxProperties": 2}""", """{"a": 1, "a": 2, "b": 3, "c": 4}""", false)]
    [InlineData("""{"minProperties": 2}""", """{"a": 1, "\u0061": 2}""", false)]
    [InlineData("""{"minProperties": 2}""", """{"a": 1, "a": 2, "b": 3}""", true)]
    [InlineData("""{"minProperties": 1}""", """{"a": 1, "a": 2}""", true)]
    [InlineData("""{"minProperties": 1}""", "{}", false)]
    [InlineData("""{"maxProperties": 0}""", "{}", true)]
    [InlineData("""{"minProperties": 7}""", """{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "f": 2, "a": 2}""", false)]
    [InlineData("""{"minProperties": 7}""", """{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "f": 2, "g": 2}""", true)]
    [InlineData("""{"maxProperties": 6}""", """{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "f": 2, "a": 2}""", true)]
    public void A_repeated_key_counts_once(string schema, string instance, bool isValid)
    {
        var result = Evaluate(schema, instance);
        Assert.Equal(isValid, result.IsValid);
        Assert.Equal(isValid, result.Diagnostics.IsEmpty);
    }

    [Fact]
    public void The_first_key_too_many_is_a_new_one()
    {
        var found = Assert.Single(Evaluate("""{"maxProperties": 1}""", """{"a": 1, "a": 2, "b": 3}""").Diagnostics);
        Assert.Equal(new TextSpan(17, 3), found.Span);
        Assert.Contains("but has 2", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_as_the_schema_says()
    {
        var schema = Compile("""{"allowComments": true, "allowTrailingCommas": false}""");
        Assert.True(schema.AllowComments);
        Assert.False(schema.AllowTrailingCommas);
        Assert.Null(Compile("{}").AllowComments);
    }

    [Theory]
    [InlineData("file:///a/b/c.json", "../d.json#/x", "file:///a/d.json#/x")]
    [InlineData("https://EXAMPLE.com/a", "/b?c", "https://example.com/b?c")]
    [InlineData("urn:example:a", "#/x", "urn:example:a#/x")]
    [InlineData("vscode://schemas/settings", "keybindings", "vscode://schemas/keybindings")]
    [InlineData("https://example.com", "a/./b/../c", "https://example.com/a/c")]
    [InlineData("https://example.com/a/b", "//other/x", "https://other/x")]
    public void References_resolve_against_any_base(string baseUri, string reference, string expected) =>
        Assert.Equal(expected, UriReference.Resolve(baseUri, reference).ToString());

    [Fact]
    public void Every_rule_has_its_own_code_and_says_what_and_why()
    {
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(static d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(DiagnosticCatalog.All, static d => Assert.True(d.Title.Length > 10 && d.Explanation.Length > 20, d.Id));
    }
}
