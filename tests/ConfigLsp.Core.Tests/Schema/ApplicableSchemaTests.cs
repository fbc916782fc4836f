using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Titles of the schemas that apply at the caret (<c>$$</c>); candidates are marked by a question mark.</summary>
public sealed class ApplicableSchemaTests
{
    private const string Runners = """
        {"title": "root", "definitions": {"port": {"title": "port", "type": "integer"}},
         "properties": {"port": {"title": "use", "allOf": [{"$ref": "#/definitions/port"}]},
                        "list": {"title": "list", "items": [{"title": "first"}], "additionalItems": {"title": "rest"}},
                        "runner": {"oneOf": [{"title": "docker", "properties": {"type": {"const": "docker"}, "image": {"title": "image"}}, "required": ["type", "image"]},
                                             {"title": "ssh", "properties": {"type": {"const": "ssh"}, "host": {"title": "host"}}, "required": ["type", "host"]}]},
                        "mode": {"if": {"title": "if", "properties": {"tls": {"const": true}}, "required": ["tls"]}, "then": {"title": "then"}, "else": {"title": "else"}}},
         "patternProperties": {"^p": {"title": "pattern"}}, "additionalProperties": {"title": "other"}}
        """;

    [Theory]
    [InlineData("$${}", "root")]
    [InlineData("""{"port": $$80}""", "use port pattern")]
    [InlineData("""{"port":$$}""", "use port pattern")]
    [InlineData("""{"port"$$}""", "use port pattern")]
    [InlineData("""{"unknown": $$1}""", "other")]
    [InlineData("""{"list": [1$$, 2]}""", "first")]
    [InlineData("""{"list": [1, $$2]}""", "rest")]
    [InlineData("""{"list": $$[1, 2]}""", "list")]
    [InlineData("""{"runner": $${"type": "docker"}}""", "docker?")]
    [InlineData("""{"runner": {"type": "ssh", "host": $$1}}""", "host")]
    [InlineData("""{"runner": $${}}""", "docker? ssh?")]
    [InlineData("""{"runner": {"image":$$""", "image?")]
    [InlineData("""{"mode": $${"tls": true}}""", "then if?")]
    [InlineData("""{"mode": $${"tls": false}}""", "else if?")]
    public void Schemas_at_the_caret(string markup, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var tree = JsonParser.Parse(SourceText.From(marked.Text));
        var node = tree.FindNode(marked.Caret);
        if (node.Kind == SyntaxKind.Property)
        {
            node = node.Value;
        }

        var titles = SchemaEvaluator.FindApplicable(tree, Compile(Runners.Trim()), node)
            .Where(static a => a.Schema.Annotations.Title is not null)
            .Select(static a => a.Schema.Annotations.Title + (a.IsCertain ? string.Empty : "?"));
        Assert.Equal(expected, string.Join(' ', titles));
    }

    [Fact]
    public void A_recursive_schema_is_found_at_depth_without_evaluating_the_rest()
    {
        var schema = Compile("""{"title": "node", "properties": {"next": {"anyOf": [{"type": "null"}, {"$ref": "#"}]}, "value": {"title": "value"}}}""");
        var tree = Parse("""{"next": {"next": {"value": 1}}}""");
        var target = JsonPointer.Find(tree.Root, "/next/next/value");
        var applicable = Assert.Single(SchemaEvaluator.FindApplicable(tree, schema, target));
        Assert.Equal("value", applicable.Schema.Annotations.Title);
        Assert.True(applicable.IsCertain);
    }
}
