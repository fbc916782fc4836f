using System.Globalization;
using System.Text;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Features;

/// <summary>Validation after an edit finds what validation of the whole document finds.</summary>
public sealed class IncrementalValidationTests
{
    private const string SchemaText = """
        {"$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object", "properties": {
          "list": {"type": "array", "items": {"$ref": "#/$defs/entry"}, "uniqueItems": true, "contains": {"properties": {"id": {"const": 2}}, "required": ["id"]}},
          "map": {"additionalProperties": {"anyOf": [{"$ref": "#/$defs/entry"}, {"type": "string", "maxLength": 3}]}, "minProperties": 2},
          "old": {"deprecated": true, "type": "integer"}},
         "allOf": [{"properties": {"list": {"maxItems": 5, "items": {"minProperties": 2}}}}], "required": ["list"],
         "if": {"required": ["map"]}, "then": {"properties": {"list": {"minItems": 2}}}, "unevaluatedProperties": false,
         "$defs": {"entry": {"type": "object", "required": ["id", "name"], "additionalProperties": false, "properties": {
           "id": {"type": "integer", "maximum": 9}, "name": {"type": "string", "pattern": "^[a-z]+$"}, "inner": {"$ref": "#/$defs/entry"},
           "tags": {"type": "array", "items": {"enum": ["x", "y"]}}}}}}
        """;

    private static readonly JsonSchema Schema = Compile(SchemaText);

    private static readonly string[] Pieces =
    [
        "1", "12", "\"", "{", "}", "[", "]", ",", ":", " ", "\n", "a", "\"id\": 2, ", "\"name\": \"b\", ", "\"inner\": {\"id\": 1, \"name\": \"q\"}, ", "\"x\", ", "\"zz\", ",
        "\"old\": 1, ", "{\"id\": 3, \"name\": \"c\"}, ", "\"map\": {\"k\": \"v\"}, ", "null, ",
    ];

    [Fact]
    public void The_same_is_found_after_each_of_many_edits()
    {
        var edit = from at in Gen.Choose(0, 500)
                   from length in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Choose(1, 3)), (1, Gen.Choose(1, 30)))
                   from text in Gen.Frequency((1, Gen.Constant(string.Empty)), (4, Gen.Elements(Pieces)))
                   select (at, length, text);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(edit.ListOf(12).ToArbitrary(), static edits => Check(
            """
            {"list": [{"id": 1, "name": "a", "tags": ["x", "y"]}, {"id": 2, "name": "b", "inner": {"id": 5, "name": "deep"}}, {"id": 2, "name": "b"}],
             "map": {"one": {"id": 4, "name": "e"}, "two": "abc", "two": "long text", "three": {"id": 99, "name": "N"}}}
            """,
            edits)));
    }

    [Fact]
    public void The_same_is_found_after_each_of_many_edits_among_many_members()
    {
        var members = string.Join(", ", Enumerable.Range(0, 90).Select(static i => $"\"k{i}\": {Entry(i)}"));
        var items = string.Join(", ", Enumerable.Range(0, 90).Select(Entry));
        var text = $"{{\"list\": [{items}],\n\"map\": {{{members}}}}}";
        var edit = from at in Gen.Choose(0, text.Length)
                   from length in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Choose(1, 3)), (1, Gen.Choose(1, 300)))
                   from inserted in Gen.Frequency((1, Gen.Constant(string.Empty)), (4, Gen.Elements(Pieces)))
                   select (at, length, inserted);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(edit.ListOf(12).ToArbitrary(), edits => Check(text, edits)));

        static string Entry(int i) => $"{{\"id\": {i % 11}, \"name\": \"{(i % 7 == 0 ? "N" : "n")}\"}}";
    }

    [Fact]
    public void An_edit_in_a_large_document_evaluates_only_what_is_around_it()
    {
        var list = new StringBuilder("{\"map\": {");
        for (var i = 0; i < 2000; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"\"k{i}\": {{\"id\": {i % 12}, \"name\": \"n\", \"inner\": {{\"id\": 1, \"name\": \"a\", \"tags\": [\"x\", \"y\"]}}}}, ");
        }

        var text = SourceText.From(list.Append("\"last\": \"v\"}, \"list\": []}").ToString());
        var tree = JsonParser.Parse(text);
        var first = Validate(tree, ValidationMemory.Empty);
        var change = new TextChange(new TextSpan(text.ToString().IndexOf("\"k1000\": {\"id\": ", StringComparison.Ordinal) + 15, 0), "7");
        text = text.WithChanges(change);
        tree = JsonParser.TryParse(text, tree, TextChangeRange.Of(change))!;
        var memory = EvaluationMemory.For(first.Memory!.Evaluation, tree, Schema, FormatAssertion.Always)!;
        var unknown = Enumerable.Range(0, tree.NodeCount).Count(i => tree.Nodes.Kind(i) == SyntaxKind.Object && !memory.Knows(i));
        Assert.InRange(unknown, 1, 5);
        Assert.Equal(Show(Validate(tree, earlier: null)), Show(Validate(tree, first.Memory)));
    }

    [Fact]
    public void Examples_of_the_schema_are_not_taken_for_values_of_the_document()
    {
        // The examples stand at different numbers of the schema's nodes: at those of values of the document, and behind all of them.
        for (var padding = 0; padding < 40; padding++)
        {
            var properties = string.Concat(Enumerable.Range(0, padding).Select(static i => $"\"p{i}\": {{\"$ref\": \"#/$defs/code\"}}, "));
            var schema = Compile($$$"""
                {"$defs": {"code": {"type": "string", "pattern": "^[0-9]+$", "examples": ["none", "17"], "default": "also none"}},
                 "properties": {"first": {"$ref": "#/$defs/code"}, {{{properties}}}"last": {"$ref": "#/$defs/code", "pattern": "7", "examples": ["5", "8", "17"]} } }
                """);
            var text = SourceText.From("""{"first": "12", "last": "wrong", "p0": "1", "p1": "x", "p2": "2", "p3": "y", "p4": "3", "p5": "z"}""");
            var tree = JsonParser.Parse(text);
            var first = Validate(tree, ValidationMemory.Empty, schema);
            Assert.Equal(Show(Validate(tree, earlier: null, schema)), Show(first));
            var change = new TextChange(new TextSpan(text.ToString().IndexOf("12", StringComparison.Ordinal), 0), "0");
            text = text.WithChanges(change);
            tree = JsonParser.TryParse(text, tree, TextChangeRange.Of(change))!;
            Assert.Equal(Show(Validate(tree, earlier: null, schema)), Show(Validate(tree, first.Memory, schema)));
        }
    }

    [Fact]
    public void A_large_example_of_the_schema_is_not_taken_for_a_map_of_the_document()
    {
        var map = string.Join(", ", Enumerable.Range(0, 100).Select(static i => $"\"k{i}\": {i}"));
        var schema = Compile("""
            {"properties": {"m": {"$ref": "#/$defs/map"}}, "$defs": {"map": {"type": "object", "additionalProperties": {"type": "integer"}, "examples": [MAP]}}}
            """.Replace("MAP", "{" + map + "}", StringComparison.Ordinal));
        var text = SourceText.From("{\"m\": {" + map.Replace("7", "\"7\"", StringComparison.Ordinal) + "}}");
        var tree = JsonParser.Parse(text);
        var memory = Validate(tree, ValidationMemory.Empty, schema).Memory;
        for (var at = text.Length - 1; at > 0; at -= 17)
        {
            var change = new TextChange(new TextSpan(at, 1), "1");
            text = text.WithChanges(change);
            tree = JsonParser.TryParse(text, tree, TextChangeRange.Of(change)) ?? JsonParser.Parse(text);
            var found = Validate(tree, memory, schema);
            Assert.Equal(Show(Validate(JsonParser.Parse(text), earlier: null, schema)), Show(found));
            memory = found.Memory;
        }
    }

    private static void Check(string start, IReadOnlyList<(int At, int Length, string Text)> edits)
    {
        var text = SourceText.From(start);
        var tree = JsonParser.Parse(text);
        var memory = Validate(tree, ValidationMemory.Empty).Memory;
        foreach (var (at, length, inserted) in edits)
        {
            var from = Math.Min(at, text.Length);
            var change = new TextChange(new TextSpan(from, Math.Min(length, text.Length - from)), inserted);
            text = text.WithChanges(change);
            tree = JsonParser.TryParse(text, tree, TextChangeRange.Of(change)) ?? JsonParser.Parse(text);

            // Not every version is validated.
            if (at % 3 == 0)
            {
                var found = Validate(tree, memory);
                Assert.Equal(Show(Validate(JsonParser.Parse(text), earlier: null)), Show(found));
                memory = found.Memory;
            }
        }
    }

    private static JsonSchema Compile(string text) => new SchemaRegistry().Compile("https://example.com/schema.json", JsonParser.Parse(SourceText.From(text))).Schema;

    private static DiagnosticSet Validate(SyntaxTree tree, ValidationMemory? earlier, JsonSchema? schema = null) => DocumentValidation.Validate(
        new DocumentSnapshot("file:///a.json", 1, tree, schema ?? Schema, SyntaxDialect.JsonWithComments), ValidationOptions.Default, earlier, CancellationToken.None);

    private static string Show(DiagnosticSet set) => string.Join('\n', set.Diagnostics.Select(static d => $"{d.Descriptor.Id} {d.Span} {d.Severity} {d.Message} {d.Data?.Path}")) + set.HasMore;
}
