using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema;

public sealed class SchemaKeysTests
{
    private const string Server =
        """
        {
          "type": "object",
          "title": "Server",
          "properties": {
            "$schema": { "type": "string" },
            "port": { "$ref": "#/definitions/port" },
            "token": { "type": "string", "writeOnly": true },
            "old": { "type": "boolean", "deprecationMessage": "Use new." },
            "limits": {
              "type": "object",
              "additionalProperties": false,
              "properties": { "max": { "type": "integer", "default": 5 }, "never": false },
              "patternProperties": { "^x-": { "type": "number" } }
            },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "vault": { "x-secret": true, "properties": { "a": { "type": "object", "properties": { "b": { "type": "string" } } } } },
            "free": { "type": ["object", "null"] },
            "mixed": { "type": ["integer", "string"] },
            "listed": { "enum": ["a", 1, null] },
            "list": { "type": "array", "items": { "type": "object", "properties": { "x": {} } } }
          },
          "allOf": [ { "properties": { "extra": { "allOf": [ { "type": "number" }, { "type": ["integer", "string"], "title": "Extra" } ] } } } ],
          "definitions": { "port": { "type": "integer", "default": 80, "title": "Port", "description": "Where.", "x-unit": "none" } }
        }
        """;

    [Theory]
    [InlineData("port", KeyState.Known, InstanceTypes.Integer)]
    [InlineData("token", KeyState.Known, InstanceTypes.String)]
    [InlineData("limits", KeyState.Known, InstanceTypes.Object)]
    [InlineData("limits.max", KeyState.Known, InstanceTypes.Integer)]
    [InlineData("limits.x-y", KeyState.Known, InstanceTypes.Number | InstanceTypes.Integer)]
    [InlineData("limits.none", KeyState.Closed, InstanceTypes.All)]
    [InlineData("limits.never", KeyState.Closed, InstanceTypes.All)]
    [InlineData("limits.none.deeper", KeyState.Closed, InstanceTypes.All)]
    [InlineData("limits.max.deeper", KeyState.Closed, InstanceTypes.All)]
    [InlineData("labels.anything", KeyState.Known, InstanceTypes.String)]
    [InlineData("none", KeyState.Open, InstanceTypes.All)]
    [InlineData("none.deeper", KeyState.Open, InstanceTypes.All)]
    [InlineData("free", KeyState.Known, InstanceTypes.Object | InstanceTypes.Null)]
    [InlineData("free.a", KeyState.Open, InstanceTypes.All)]
    [InlineData("mixed", KeyState.Known, InstanceTypes.Integer | InstanceTypes.String)]
    [InlineData("listed", KeyState.Known, InstanceTypes.Integer | InstanceTypes.Number | InstanceTypes.String | InstanceTypes.Null)]
    [InlineData("extra", KeyState.Known, InstanceTypes.Integer)]
    [InlineData("list.0", KeyState.Closed, InstanceTypes.All)]
    [InlineData("vault.a.b", KeyState.Known, InstanceTypes.String)]
    public void A_key_is_known_open_or_closed_and_has_its_types(string key, KeyState state, InstanceTypes types)
    {
        var found = Find(Server, key);
        Assert.Equal((state, types), (found.State, found.Types));
    }

    [Fact]
    public void What_is_said_about_a_key_is_found_through_references_and_parts()
    {
        var port = Find(Server, "port");
        Assert.Equal(("Port", "Where.", "none", "80"), (port.Title, port.Description, port.Unit, System.Text.Encoding.UTF8.GetString(port.Default.RawText)));
        Assert.Equal("Extra", Find(Server, "extra").Title);
        Assert.True(Find(Server, "old").IsDeprecated);
        Assert.Equal("Use new.", Find(Server, "old").DeprecationMessage);
        Assert.False(port.IsDeprecated);
        Assert.True(Find(Server, "mixed").Default.IsNone);
        Assert.Equal(3, Find(Server, "listed").Enum.ChildCount);
        Assert.Equal("Server", SchemaKeys.Find(Compile(Server), []).Title);
    }

    [Theory]
    [InlineData("token", true, true)]
    [InlineData("vault", true, true)]
    [InlineData("vault.a.b", true, true)]
    [InlineData("vault.unknown", true, true)]
    [InlineData("port", false, false)]
    [InlineData("", false, true)]
    public void A_secret_covers_what_is_within(string key, bool isSecret, bool mayHoldSecret)
    {
        var found = Find(Server, key);
        Assert.Equal((isSecret, mayHoldSecret), (found.IsSecret, found.MayHoldSecret));
    }

    [Theory]
    // Branches: what one of them knows may be meant; what all of them refuse is refused.
    [InlineData("""{"anyOf": [{"properties": {"a": {"type": "string"}}, "additionalProperties": false}, {"properties": {"b": {"type": "null"}}, "additionalProperties": false}]}""", "a", KeyState.Known, InstanceTypes.String)]
    [InlineData("""{"anyOf": [{"properties": {"a": {"type": "string"}}, "additionalProperties": false}, {"properties": {"b": {"type": "null"}}, "additionalProperties": false}]}""", "c", KeyState.Closed, InstanceTypes.All)]
    [InlineData("""{"oneOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "null"}}}]}""", "a", KeyState.Known, InstanceTypes.String | InstanceTypes.Null)]
    [InlineData("""{"properties": {"a": {"type": ["string", "null"]}}, "oneOf": [{"properties": {"a": {"type": "string"}}}, {}]}""", "a", KeyState.Known, InstanceTypes.String | InstanceTypes.Null)]
    [InlineData("""{"if": {"required": ["k"]}, "then": {"properties": {"a": {"type": "string"}}}, "else": {"properties": {"a": false}}}""", "a", KeyState.Known, InstanceTypes.String)]
    [InlineData("""{"if": {}, "then": {"properties": {"a": false}}, "else": {"properties": {"a": false}}}""", "a", KeyState.Closed, InstanceTypes.All)]
    [InlineData("""{"dependentSchemas": {"k": {"properties": {"a": {"type": "string"}}}}}""", "a", KeyState.Known, InstanceTypes.String)]
    [InlineData("""{"dependentSchemas": {"k": {"additionalProperties": false}}}""", "a", KeyState.Open, InstanceTypes.All)]
    // unevaluatedProperties counts what the parts know.
    [InlineData("""{"allOf": [{"properties": {"a": {"type": "null"}}}], "unevaluatedProperties": false}""", "a", KeyState.Known, InstanceTypes.Null)]
    [InlineData("""{"allOf": [{"properties": {"a": {"type": "null"}}}], "unevaluatedProperties": false}""", "b", KeyState.Closed, InstanceTypes.All)]
    [InlineData("""{"allOf": [{"properties": {"a": {"type": "null"}}}], "additionalProperties": false}""", "a", KeyState.Closed, InstanceTypes.All)]
    [InlineData("""{"type": "object", "properties": {"a": {"anyOf": [{"type": "string"}, {"const": 1}]}}}""", "a", KeyState.Known, InstanceTypes.String | InstanceTypes.Integer | InstanceTypes.Number)]
    [InlineData("false", "a", KeyState.Closed, InstanceTypes.All)]
    [InlineData("true", "a", KeyState.Open, InstanceTypes.All)]
    [InlineData("""{"additionalProperties": true}""", "a", KeyState.Open, InstanceTypes.All)]
    [InlineData("""{"additionalProperties": {"description": "Any."}}""", "a", KeyState.Known, InstanceTypes.All)]
    public void Branches_and_closed_objects_are_understood(string schema, string key, KeyState state, InstanceTypes types)
    {
        var found = Find(schema, key, "https://json-schema.org/draft/2020-12/schema");
        Assert.Equal((state, types), (found.State, found.Types));
    }

    [Theory]
    [InlineData(Server, "port token old limits.max labels vault.a.b free mixed listed list extra")]
    [InlineData("""{"properties": {"b": {}, "a": {"properties": {"d": {}, "c": {}}}}}""", "b a.d a.c")]
    [InlineData("""{"properties": {"a": {"$ref": "#"}, "b": {"type": "string"}}}""", "a b")]
    [InlineData("""{"properties": {"tree": {"$ref": "#/definitions/n"}}, "definitions": {"n": {"properties": {"left": {"$ref": "#/definitions/n"}, "v": {}}}}}""", "tree.left tree.v")]
    [InlineData("""{"allOf": [{"$ref": "#/definitions/base"}], "properties": {"in": {"allOf": [{"$ref": "#/definitions/base"}], "properties": {"x": {}}}}, "definitions": {"base": {"properties": {"on": {}}}}}""", "in.x in.on on")]
    [InlineData("""{"properties": {"$schema": {}, "a": {"properties": {"$schema": {}}}}}""", "a.$schema")]
    [InlineData("true", "")]
    public void The_keys_are_listed_in_the_order_of_the_schema_and_a_recursive_one_ends(string schema, string expected) =>
        Assert.Equal(expected, string.Join(' ', SchemaKeys.Enumerate(Compile(schema), 1000).Select(static k => string.Join('.', k.Segments))));

    [Fact]
    public void A_schema_that_multiplies_its_keys_is_cut_at_the_limit()
    {
        // Each level has every name of the next: without a limit there are 26 to the power of 20 keys.
        var levels = Enumerable.Range(0, 20).Select(static i => $$"""
            "l{{i}}": {"properties": { {{string.Join(", ", Enumerable.Range(0, 26).Select(n => $$"""
                "{{(char)('a' + n)}}": {"$ref": "#/definitions/l{{i + 1}}"}
                """))}} } }
            """);
        var schema = $$"""{"$ref": "#/definitions/l0", "definitions": { {{string.Join(", ", levels)}}, "l20": {} } }""";
        Assert.Equal(500, SchemaKeys.Enumerate(Compile(schema), 500).Count());
        Assert.Equal(KeyState.Known, Find(schema, string.Join('.', Enumerable.Repeat("z", 20))).State);
    }

    [Fact]
    public void Combinations_that_double_at_each_level_are_looked_through_once()
    {
        var levels = Enumerable.Range(0, 60).Select(static i => $$"""
            "l{{i}}": {"allOf": [{"$ref": "#/definitions/l{{i + 1}}"}, {"$ref": "#/definitions/l{{i + 1}}"}], "anyOf": [{"$ref": "#/definitions/l{{i + 1}}"}, {"$ref": "#/definitions/l{{i + 1}}"}]}
            """);
        var schema = $$"""{"$ref": "#/definitions/l0", "definitions": { {{string.Join(", ", levels)}}, "l60": {"properties": {"a": {"type": "string"} } } } }""";
        var found = Find(schema, "a");
        Assert.Equal((KeyState.Known, InstanceTypes.String), (found.State, found.Types));
        Assert.Equal(["a"], SchemaKeys.Enumerate(Compile(schema), 10).Select(static k => k.Segments[0]));
    }

    [Theory]
    [InlineData("""{"$ref": "#"}""")]
    [InlineData("""{"allOf": [{"$ref": "#"}], "properties": {"a": {"$ref": "#"}}}""")]
    [InlineData("""{"anyOf": [{"$ref": "#"}], "additionalProperties": {"$ref": "#"}}""")]
    public void Schemas_that_lead_back_to_themselves_end(string schema)
    {
        var found = Find(schema, string.Join('.', Enumerable.Repeat("a", 100)));
        Assert.NotEqual(KeyState.Closed, found.State);
        Assert.InRange(SchemaKeys.Enumerate(Compile(schema), 1000).Count(), 0, 100);
    }

    [Fact]
    public void A_walk_through_very_many_keys_on_several_levels_finds_them_as_they_are_asked_for()
    {
        var names = string.Join(", ", Enumerable.Range(0, 100_000).Select(static i => $$"""  "k{{i}}": {"$ref": "#/definitions/inner"}"""));
        var schema = Compile($$"""{"properties": { {{names}} }, "definitions": {"inner": {"properties": {"x": {"$ref": "#/definitions/leaf"}, "y": {"type": "string"} } }, "leaf": {"properties": {"z": {} } } } }""");
        Assert.Equal(["k0", "k0.x", "k0.x.z", "k0.y", "k1"], SchemaKeys.Walk(schema).Take(5).Select(static k => string.Join('.', k.Key.Segments)));
        Assert.Equal(400_000, SchemaKeys.Walk(schema).Count());
    }

    private static SchemaKey Find(string schema, string key, string dialect = "http://json-schema.org/draft-07/schema#") =>
        SchemaKeys.Find(Compile(schema, dialect), key.Length == 0 ? [] : key.Split('.'));

    private static JsonSchema Compile(string schema, string dialect = "http://json-schema.org/draft-07/schema#")
    {
        var text = schema.StartsWith('{') ? $$"""{"$schema": "{{dialect}}",{{schema[1..]}}""" : schema;
        var compilation = new SchemaRegistry().Compile("https://example.com/s.json", JsonParser.Parse(SourceText.From(text)));
        return Assert.IsType<JsonSchema>(compilation.Schema);
    }
}
