using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Evaluating a valid document takes memory for the evaluation, and none for its nodes: a larger document takes no more.</summary>
public sealed class EvaluationAllocationTests
{
    private const int Few = 200;

    /// <summary>Bytes by which a document four times as large may take more; less than one for each node that it has more.</summary>
    private const int Tolerance = 1024;

    /// <summary>A schema for entries, and an entry with "@" for its number.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        {
            "members",
            """
            {"type": "object", "properties": {"name": {"type": "string"}, "n": {"type": ["integer", "null"]}}, "patternProperties": {"^x-": {"type": "boolean"}},
             "additionalProperties": {"type": "array"}, "required": ["name", "n"], "minProperties": 2, "maxProperties": 9}
            """,
            """{"name": "entry @", "n": @, "x-on": true, "more": [], "x-\u006ff": false, "n\u0061me2": []}"""
        },
        { "property names", """{"propertyNames": {"pattern": "^[a-z_]+$", "maxLength": 8, "enum": ["ab", "b_c", "cd"]}}""", """{"ab": @, "b\u005fc": 2}""" },
        { "enum and const of scalars", """{"properties": {"a": {"enum": ["x", 1, null, "yy"]}, "b": {"const": "c\td"}, "c": {"const": 1.50}}}""", """{"a": "\u0079y", "b": "c\u0009d", "c": 15e-1}""" },
        { "enum of many", """{"items": {"enum": ["a", "b", "c", "d", "e", "f", "g", 8, 9, {"k": 1, "l": [2]}]}}""", """["\u0061", "g", 9.0, 80e-1, {"l": [2.0], "k": 1}]""" },
        { "const of objects and arrays", """{"const": {"a": [1, {"b": "x"}], "c": {"d": null}}}""", """{"c": {"d": 1, "\u0064": null}, "a": [1.0, {"b": "\u0078"}]}""" },
        { "ranges", """{"items": {"minimum": 0, "maximum": 1000000, "exclusiveMinimum": -0.5, "exclusiveMaximum": 1e7}}""", "[@, 1.5, 2e3, 0.000001, 999999.999]" },
        { "multiples", """{"prefixItems": [{"multipleOf": 3}, {"multipleOf": 0.01}, {"multipleOf": 1e-8}]}""", "[3e5, 19.99, 123.45678901]" },
        { "lengths and patterns", """{"items": {"type": "string", "minLength": 2, "maxLength": 40, "pattern": "^[\\p{L}0-9 _-]+$"}}""", """["größer @", "a\u006ec", "tab\u0020tab"]""" },
        { "counted patterns", """{"items": {"pattern": "^[a-z]{1,400}$"}}""", """["abcdefgh", "\u0061"]""" },
        {
            "formats",
            """
            {"prefixItems": [{"format": "date-time"}, {"format": "email"}, {"format": "hostname"}, {"format": "ipv4"}, {"format": "ipv6"}, {"format": "uri"},
             {"format": "uuid"}, {"format": "json-pointer"}, {"format": "duration"}, {"format": "safe-path"}, {"format": "uri-template"}, {"format": "color-hex"}]}
            """,
            """
            ["2026-01-31T08:30:00Z", "a\u0040example.com", "host-@.example.com", "192.0.2.1", "2001:db8::1", "https://example.com/a?b=@",
             "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "/a/@", "P1DT12H", "tools\/ai @", "/x/{id}", "#1e90ff"]
            """
        },
        { "items", """{"items": {"type": "integer"}, "minItems": 1, "maxItems": 30, "contains": {"const": 4}, "minContains": 1, "maxContains": 2}""", "[1, 2, 3, 4]" },
        { "unique items, few", """{"uniqueItems": true}""", """["a", "\u0062", @, {"x": 1, "y": [2]}, {"y": [2], "x": 3}]""" },
        { "unique items, many", """{"uniqueItems": true}""", """["a", "b", "c", "\u0064", 1, 2.5, 3e5, null, true, [1], [2], {"x": 1, "y": 2}, {"y": 3, "x": 1, "\u0079": 4}]""" },
        {
            "alternatives",
            """
            {"allOf": [{"type": "object"}, {"$ref": "#/$defs/named"}], "anyOf": [{"required": ["absent"]}, {"required": ["kind"]}], "not": {"required": ["absent"]},
             "oneOf": [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"const": "b"}}}, {"properties": {"kind": {"const": "c"}}}, {"properties": {"kind": {"const": "d"}}}],
             "if": {"properties": {"kind": {"const": "b"}}}, "then": {"required": ["name"]}, "else": {"required": ["absent"]}}
            """,
            """{"kind": "\u0062", "name": "n @", "inner": {"name": "deep"}}"""
        },
        { "dependencies", """{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"b": {"properties": {"a": {"type": "integer"}}}}}""", """{"\u0061": @, "b": 1}""" },
        {
            "unevaluated",
            """
            {"allOf": [{"properties": {"a": true}}], "anyOf": [{"properties": {"b": {"type": "integer"}}}, {"properties": {"c": true}}], "unevaluatedProperties": {"type": "string"},
             "properties": {"list": {"prefixItems": [true], "contains": {"type": "integer"}, "unevaluatedItems": {"type": "string"}}}}
            """,
            """{"a": 1, "b": @, "c": 3, "rest": "x", "list": [null, 1, "y"]}"""
        },
        { "dynamic references", """{"$ref": "#/$defs/tree"}""", """{"children": [{"children": []}, {"children": [{}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_keyword_takes_no_memory_for_a_valid_node(string name, string entrySchema, string entry)
    {
        Assert.NotEmpty(name);
        AssertTakesNoMore(Wrap(entrySchema), count => Entries(entry, count));
    }

    [Fact]
    public void All_keywords_together_take_no_memory_for_a_valid_node()
    {
        var properties = Cases.Select(static (c, i) => $"\"p{i}\": {c[1]}");
        var entry = Cases.Select(static (c, i) => $"\"p{i}\": {c[2]}");
        AssertTakesNoMore(
            Wrap($$"""{"properties": {{{string.Join(',', properties)}}}, "unevaluatedProperties": false}"""),
            count => Entries($$"""{{{string.Join(',', entry)}}}""", count));
    }

    [Fact]
    public void One_large_array_or_object_takes_no_memory_for_a_valid_node()
    {
        AssertTakesNoMore("""{"uniqueItems": true, "contains": {"const": 3}, "unevaluatedItems": {"type": "integer"}}""", static count => Entries("@", 10 * count));
        AssertTakesNoMore(
            """{"patternProperties": {"^a": {"type": "integer"}}, "unevaluatedProperties": {"type": "integer"}, "not": {"const": {"a0": 1}}}""",
            static count => "{" + string.Join(',', Enumerable.Range(0, 10 * count).Select(static i => $"\"{(i % 2 == 0 ? "a" : "\\u0062")}{i}\": {i}")) + "}");
    }

    private static void AssertTakesNoMore(string schemaText, Func<int, string> document)
    {
        var compilation = new SchemaRegistry().Compile("https://example.com/root.json", JsonParser.Parse(SourceText.From(schemaText)));
        Assert.Empty(compilation.Schema.Problems);
        var few = JsonParser.Parse(SourceText.From(document(Few)));
        var many = JsonParser.Parse(SourceText.From(document(4 * Few)));
        Assert.Empty(many.Errors);
        Assert.True(many.NodeCount > 3 * few.NodeCount);

        // The least of several: what .NET gives back from its pools under memory pressure must be taken anew, which is nobody's doing here.
        var (forFew, forMany) = (long.MaxValue, long.MaxValue);
        for (var i = 0; i < 6; i++)
        {
            forMany = Math.Min(forMany, Measure(many, compilation.Schema));
            forFew = Math.Min(forFew, Measure(few, compilation.Schema));
        }

        Assert.True(forMany - forFew < Tolerance, $"{few.NodeCount} nodes take {forFew} bytes, {many.NodeCount} nodes take {forMany}.");
    }

    private static long Measure(SyntaxTree document, JsonSchema schema)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = SchemaEvaluator.Evaluate(document, schema, new EvaluationOptions { Formats = FormatAssertion.Always });
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics.Take(3).Select(static d => d.Message)));
        Assert.Empty(result.Diagnostics);
        return taken;
    }

    private static string Wrap(string entrySchema) => """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "items": {"$ref": "#/$defs/entry"}, "$defs": {
         "entry": ENTRY,
         "named": {"properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/named"}}, "required": ["name"]},
         "tree": {"$dynamicAnchor": "node", "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}}}
        """.Replace("ENTRY", entrySchema, StringComparison.Ordinal);

    private static string Entries(string entry, int count)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? string.Empty : ",").Append(entry.Replace("@", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        return text.Append(']').ToString();
    }
}
