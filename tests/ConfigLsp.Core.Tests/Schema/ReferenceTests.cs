using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>How references, identifiers and anchors find their schemas, beyond what the official suite tests.</summary>
public sealed class ReferenceTests
{
    private const string Draft04 = "http://json-schema.org/draft-04/schema#";
    private const string Draft06 = "http://json-schema.org/draft-06/schema#";
    private const string Draft07 = "http://json-schema.org/draft-07/schema#";
    private const string Draft201909 = "https://json-schema.org/draft/2019-09/schema";
    private const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";

    public static TheoryData<string> Drafts => [Draft04, Draft06, Draft07, Draft201909, Draft202012];

    [Theory]
    [MemberData(nameof(Drafts))]
    public void Both_homes_of_definitions_can_be_referred_to_in_every_draft(string draft)
    {
        foreach (var home in new[] { "definitions", "$defs" })
        {
            var schema = Compile($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "properties": {"a": {"$ref": "#/{{{{{{home}}}}}}/n"}}, "{{{{{{home}}}}}}": {"n": {"type": "integer"}}}""");
            AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
            Assert.Empty(schema.Problems);
        }
    }

    [Theory]
    [MemberData(nameof(Drafts))]
    public void A_schema_within_an_unknown_keyword_can_be_referred_to(string draft)
    {
        var schema = Compile($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "properties": {"a": {"$ref": "#/x-parts/deep/0/n"}}, "x-parts": {"deep": [{"n": {"type": "integer"}}]}}""");
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
        Assert.Empty(schema.Problems);
    }

    [Theory]
    [InlineData("#/definitions/a%20b")]
    [InlineData("#/definitions/a b")]
    [InlineData("#/%64efinitions/a%20b")]
    [InlineData("#/definitions/slash~1tilde~0percent%25")]
    [InlineData("#/definitions/slash%7E1tilde%7E0percent%25")]
    [InlineData("#/definitions/caf%C3%A9")]
    [InlineData("#/definitions/café")]
    [InlineData("#/definitions/")]
    [InlineData("#/definitions/list/anyOf/1")]
    public void Fragments_are_percent_decoded_and_then_unescaped(string reference)
    {
        var schema = Compile($$$$$$"""
            {"properties": {"a": {"$ref": "{{{{{{reference}}}}}}"}}, "definitions": {"a b": {"type": "integer"}, "slash/tilde~percent%": {"type": "integer"},
              "café": {"type": "integer"}, "": {"type": "integer"}, "list": {"anyOf": [true, {"type": "integer"}]} } }
            """.Trim());
        Assert.Empty(schema.Problems);
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Theory]
    [InlineData("https://example.com/a/b/root.json", "../common.json", "https://example.com/a/common.json")]
    [InlineData("https://example.com/a/b/root.json", "/common.json", "https://example.com/common.json")]
    [InlineData("https://example.com/a/b/root.json", "../../../common.json", "https://example.com/common.json")]
    [InlineData("https://example.com/a/b/root.json", "./x/../common.json", "https://example.com/a/b/common.json")]
    [InlineData("https://example.com/a/b/root.json?v=1", "?v=2", "https://example.com/a/b/root.json?v=2")]
    [InlineData("file:///C:/a/root.json", "../common.json", "file:///C:/common.json")]
    [InlineData("urn:example:root", "urn:example:common", "urn:example:common")]
    [InlineData("tag:example.com,2024:root", "tag:example.com,2024:common", "tag:example.com,2024:common")]
    [InlineData("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "https://example.com/common", "https://example.com/common")]
    public void An_identifier_changes_the_base_of_references(string id, string reference, string target)
    {
        foreach (var (draft, keyword) in new[] { (Draft04, "id"), (Draft07, "$id"), (Draft202012, "$id") })
        {
            var registry = new SchemaRegistry();
            registry.Add(target, Parse($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "type": "integer"}"""));
            var compilation = registry.Compile(SchemaUri, Parse($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "{{{{{{keyword}}}}}}": "{{{{{{id}}}}}}", "properties": {"a": {"$ref": "{{{{{{reference}}}}}}"}}}"""));
            Assert.Empty(compilation.MissingDocuments);
            AssertRejectsOnly(compilation.Schema, """{"a": 1}""", """{"a": "x"}""");
        }
    }

    [Theory]
    [InlineData("urn:example:root", "#/definitions/n")]
    [InlineData("tag:example.com,2024:root", "#n")]
    [InlineData("tag:example.com,2024:root", "tag:example.com,2024:root#n")]
    [InlineData("urn:example:root?=x", "urn:example:root?=x#n")]
    [InlineData("HTTPS://Example.COM/root", "https://example.com/root#n")]
    public void Identifiers_of_any_scheme_hold_fragments(string id, string reference)
    {
        var schema = Compile($$$$$$"""{"$id": "{{{{{{id}}}}}}", "properties": {"a": {"$ref": "{{{{{{reference}}}}}}"}}, "definitions": {"n": {"$id": "#n", "type": "integer"}}}""");
        Assert.Empty(schema.Problems);
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Theory]
    [InlineData(Draft06)]
    [InlineData(Draft07)]
    public void Beside_a_reference_an_identifier_names_nothing_before_2019_09(string draft)
    {
        var schema = Compile($$$$$$"""
            {"$schema": "{{{{{{draft}}}}}}", "$id": "https://example.com/base/", "properties": {"a": {"$ref": "n.json", "$id": "https://elsewhere.example/"}},
             "definitions": {"n": {"$id": "n.json", "type": "integer"}, "decoy": {"$id": "https://elsewhere.example/n.json", "type": "string"}}}
            """);
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Theory]
    [InlineData(Draft201909)]
    [InlineData(Draft202012)]
    public void Beside_a_reference_an_identifier_is_its_base_from_2019_09_on(string draft)
    {
        var schema = Compile($$$$$$"""
            {"$schema": "{{{{{{draft}}}}}}", "$id": "https://example.com/base/", "properties": {"a": {"$ref": "n.json", "$id": "https://elsewhere.example/"}},
             "$defs": {"decoy": {"$id": "n.json", "type": "string"}, "n": {"$id": "https://elsewhere.example/n.json", "type": "integer"}}}
            """);
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Theory]
    [InlineData(Draft04, false)]
    [InlineData(Draft06, false)]
    [InlineData(Draft07, false)]
    [InlineData(Draft201909, true)]
    [InlineData(Draft202012, true)]
    public void Demands_beside_a_reference_count_from_2019_09_on(string draft, bool counts)
    {
        var schema = Compile($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "definitions": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/definitions/n", "maximum": 3}}}""");
        Assert.Equal(!counts, IsValid(schema, """{"a": 9}"""));
    }

    [Theory]
    [InlineData(Draft06, "\"$id\": \"#n\"", true)]
    [InlineData(Draft07, "\"$id\": \"#n\"", true)]
    [InlineData(Draft07, "\"$id\": \"other.json#n\"", false)]
    [InlineData(Draft07, "\"$anchor\": \"n\"", false)]
    [InlineData(Draft04, "\"id\": \"#n\"", true)]
    [InlineData(Draft04, "\"$id\": \"#n\"", false)]
    [InlineData(Draft201909, "\"$anchor\": \"n\"", true)]
    [InlineData(Draft202012, "\"$anchor\": \"n\"", true)]
    [InlineData(Draft202012, "\"$dynamicAnchor\": \"n\"", true)]
    [InlineData(Draft201909, "\"$dynamicAnchor\": \"n\"", false)]
    [InlineData(Draft202012, "\"$id\": \"#n\"", false)]
    public void Anchors_are_written_as_the_draft_says(string draft, string anchor, bool isFound)
    {
        var schema = Compile($$$$$$"""{"$schema": "{{{{{{draft}}}}}}", "properties": {"a": {"$ref": "#n"}}, "definitions": {"x": { {{{{{{anchor}}}}}}, "type": "integer"}}}""");
        Assert.Equal(isFound, !IsValid(schema, """{"a": "x"}"""));
        Assert.Equal(isFound, !schema.Problems.Any(static p => p.Descriptor == DiagnosticCatalog.UnresolvedReference));
    }

    [Fact]
    public void A_pointer_that_crosses_an_embedded_resource_takes_that_ones_base()
    {
        var schema = Compile($$$$$$"""
            {"$schema": "{{{{{{Draft202012}}}}}}", "$id": "https://example.com/root", "properties": {"a": {"$ref": "#/$defs/inner/$defs/n"}},
             "$defs": {"inner": {"$id": "https://example.com/inner", "$defs": {"n": {"$ref": "#leaf"}, "leaf": {"$anchor": "leaf", "type": "integer"}}},
                       "leaf": {"$anchor": "leaf", "type": "string"}}}
            """);
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Fact]
    public void A_dynamic_reference_is_static_unless_its_first_target_is_a_dynamic_anchor()
    {
        // Without "$dynamicAnchor" at the place that is found first, the outer one is not looked for (2020-12 Core, section 8.2.3.2).
        string With(string bookend) => $$$$$$"""
            {"$schema": "{{{{{{Draft202012}}}}}}", "$id": "https://example.com/strict", "$ref": "tree", "$defs": {
              "leaf": {"$dynamicAnchor": "leaf", "type": "integer"},
              "tree": {"$id": "tree", "properties": {"a": {"$dynamicRef": "#leaf"}}, "$defs": {"any": {"{{{{{{bookend}}}}}}": "leaf"}}}}}
            """;
        AssertRejectsOnly(Compile(With("$dynamicAnchor")), """{"a": 1}""", """{"a": "x"}""");
        Assert.True(IsValid(Compile(With("$anchor")), """{"a": "x"}"""));
    }

    [Fact]
    public void A_recursive_reference_leads_to_the_outermost_resource_with_a_recursive_anchor()
    {
        string With(string anchor) => $$$$$$"""
            {"$schema": "{{{{{{Draft201909}}}}}}", "$id": "https://example.com/strict", {{{{{{anchor}}}}}} "$ref": "tree", "required": ["v"], "$defs": {
              "tree": {"$id": "tree", "$recursiveAnchor": true, "properties": {"next": {"$recursiveRef": "#"}}}}}
            """;
        AssertRejectsOnly(Compile(With("\"$recursiveAnchor\": true,")), """{"v": 1, "next": {"v": 1}}""", """{"v": 1, "next": {}}""");
        Assert.True(IsValid(Compile(With(string.Empty)), """{"v": 1, "next": {}}"""));
    }

    [Theory]
    [InlineData("""{"$ref": "#"}""", "/$ref")]
    [InlineData("""{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/a"}}}""", "/definitions/a/$ref")]
    [InlineData("""{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}}""", "/definitions/b/$ref")]
    [InlineData("""{"allOf": [{"type": "string"}, {"$ref": "#"}]}""", "/allOf/1/$ref")]
    [InlineData("""{"not": {"$ref": "#"}}""", "/not/$ref")]
    [InlineData("""{"if": {"$ref": "#"}, "then": {"type": "string"}}""", "/if/$ref")]
    [InlineData("""{"dependencies": {"a": {"$ref": "#"}}}""", "/dependencies/a/$ref")]
    [InlineData("""{"properties": {"x": {"$ref": "#/definitions/r/allOf/1"}, "y": {"$ref": "#/definitions/r"}}, "definitions": {"r": {"allOf": [{"type": "string"}, {"$ref": "#/definitions/r"}]}}}""", "/definitions/r/allOf/1/$ref")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "a", "$dynamicRef": "#a"}""", "/$dynamicRef")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": true, "anyOf": [{"$recursiveRef": "#"}]}""", "/anyOf/0/$recursiveRef")]
    public void A_circle_at_one_value_is_cut_at_a_reference_and_said_there(string schema, string pointer)
    {
        var compiled = Compile(schema);
        var problem = Assert.Single(compiled.Problems);
        Assert.Equal((DiagnosticCatalog.UnresolvedReference, pointer), (problem.Descriptor, problem.Pointer));
        Assert.Contains("leads back to itself", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            SchemaEvaluator.Evaluate(Parse("""{"a": 1, "x": "s", "y": "s"}"""), compiled, EvaluationOptions.Default).Diagnostics,
            static d => d.Descriptor == DiagnosticCatalog.NestedTooDeeply);
    }

    [Fact]
    public void What_stands_beside_a_circle_is_still_checked()
    {
        AssertRejectsOnly(Compile("""{"allOf": [{"type": "string"}, {"$ref": "#"}]}"""), "\"s\"", "1");
        AssertRejectsOnly(
            Compile("""{"properties": {"x": {"$ref": "#/definitions/r/allOf/1"}, "y": {"$ref": "#/definitions/r"}}, "definitions": {"r": {"allOf": [{"type": "string"}, {"$ref": "#/definitions/r"}]}}}"""),
            """{"x": "s", "y": "s"}""",
            """{"y": 1}""");
    }

    [Fact]
    public void A_circle_through_members_is_no_circle()
    {
        var schema = Compile("""{"type": "object", "properties": {"next": {"$ref": "#"}}}""");
        Assert.Empty(schema.Problems);
        AssertRejectsOnly(schema, """{"next": {"next": {}}}""", """{"next": {"next": 1}}""");
    }

    [Theory]
    [InlineData("""{"properties": {"a": {"$ref": 5}}}""", "malformed-schema", "/properties/a/$ref")]
    [InlineData("""{"properties": {"a": {"$ref": ["#"]}}}""", "malformed-schema", "/properties/a/$ref")]
    [InlineData("""{"properties": {"a": {"$ref": "#/nothing/there"}}}""", "unresolved-reference", "/properties/a/$ref")]
    [InlineData("""{"properties": {"a": {"$ref": "#/title"}}, "title": "x"}""", "unresolved-reference", "/properties/a/$ref")]
    [InlineData("""{"properties": {"a": {"$ref": "#nowhere"}}}""", "unresolved-reference", "/properties/a/$ref")]
    [InlineData("""{"properties": {"a": {"$id": 7}}}""", "malformed-schema", "/properties/a/$id")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"a": {"$anchor": null}}}""", "malformed-schema", "/properties/a/$anchor")]
    [InlineData("""{"$schema": 7}""", "malformed-schema", "/$schema")]
    [InlineData("""{"properties": {"a": {"$id": "#x"}, "b": {"$id": "#x"}}}""", "duplicate-identifier", "/properties/b/$id")]
    [InlineData("""{"definitions": {"a": {"$id": "x.json"}, "b": {"$id": "./x.json"}}}""", "duplicate-identifier", "/definitions/b/$id")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-04/schema#", "definitions": {"a": {"id": "x.json"}, "b": {"id": "x.json"}}}""", "duplicate-identifier", "/definitions/b/id")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"a": {"$anchor": "x"}, "b": {"$dynamicAnchor": "x"}}}""", "duplicate-identifier", "/$defs/b/$dynamicAnchor")]
    public void What_cannot_be_meant_is_said_once_and_where_it_is_written(string schema, string rule, string pointer)
    {
        var inspected = new SchemaRegistry().Inspect(SchemaUri, Parse(WithDraft07(schema))).Schema;
        var problem = Assert.Single(inspected.Problems);
        Assert.Equal((rule, pointer), (problem.Descriptor.Id, problem.Pointer));
        Assert.True(IsValid(Compile(schema), """{"a": "anything"}"""));
    }

    [Theory]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "$anchor": "x", "$dynamicAnchor": "x"}""")]
    [InlineData("""{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"a": {"$id": "a", "$anchor": "x"}, "b": {"$id": "b", "$anchor": "x"}}}""")]
    [InlineData("""{"definitions": {"a": {"enum": [{"$id": "x.json"}, {"$id": "x.json", "$ref": 5}]}, "b": {"$id": "x.json"}}}""")]
    [InlineData("""{"properties": {"$id": {"type": "string"}, "$ref": {"type": "string"}, "$schema": false}}""")]
    public void What_only_looks_like_a_repeated_identifier_is_none(string schema) =>
        Assert.Empty(new SchemaRegistry().Inspect(SchemaUri, Parse(WithDraft07(schema))).Schema.Problems);

    [Fact]
    public void References_mean_the_first_of_two_schemas_with_one_identifier()
    {
        var schema = Compile("""{"properties": {"a": {"$ref": "#x"}}, "definitions": {"one": {"$id": "#x", "type": "integer"}, "two": {"$id": "#x", "type": "string"}}}""");
        AssertRejectsOnly(schema, """{"a": 1}""", """{"a": "x"}""");
    }

    [Fact]
    public void An_inspection_looks_at_what_nothing_refers_to()
    {
        var text = Parse(WithDraft07("""{"definitions": {"a": {"pattern": "("}, "b": {"properties": {"c": {"$ref": "#/definitions/none"}}}, "d": {"$ref": "#/definitions/d"}}}"""));
        Assert.Empty(new SchemaRegistry().Compile(SchemaUri, text).Schema.Problems);
        Assert.Equal(
            ["/definitions/a/pattern", "/definitions/b/properties/c/$ref", "/definitions/d/$ref"],
            new SchemaRegistry().Inspect(SchemaUri, text).Schema.Problems.Select(static p => p.Pointer).Order(StringComparer.Ordinal));
    }

    private static bool IsValid(JsonSchema schema, string instance) => SchemaEvaluator.IsValid(Parse(instance), schema, EvaluationOptions.Default);

    private static void AssertRejectsOnly(JsonSchema schema, string good, string bad)
    {
        Assert.True(IsValid(schema, good), good);
        Assert.False(IsValid(schema, bad), bad);
    }
}
