using ConfigLsp.Core.Features.Navigation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

public sealed class NavigationTests
{
    [Theory]
    [InlineData("""{ [|"a$$"|]: 1, "b": { "a": 2 }, [|"a"|]: 3 }""")]
    [InlineData("""{ "list": [ { [|"id"|]: 1 }, { [|"$$id"|]: 2, "x": { "id": 3 } }, { [|"\u0069d"|]: 4 } ] }""")]
    [InlineData("""{ "p": { [|"id"|]: 1 }, "q": { "id": 2 }, "p": { [|"i$$d"|]: 3 } }""")]
    [InlineData("""{ "v": [|"te$$xt"|], "w": ["other", [|"text"|]] }""")]
    [InlineData("""{ [|"a"$$|] "b": """)]
    [InlineData("{ $$ \"a\": 1 }")]
    [InlineData("""{ "n": 4$$2, "m": 42 }""")]
    [InlineData("$$")]
    [InlineData("{$$")]
    [InlineData("\uFEFF{\r\n\t[|\"\U0001D49C$$\"|]: 1 // \U0001D49C\r\n}")]
    [InlineData("""{ "$defs": { [|"a$$"|]: {} }, "items": { "$ref": [|"#/$defs/a"|] }, "not": { "$ref": "#/$defs/b" } }""")]
    [InlineData("""{ "$defs": { [|"a"|]: { "$anchor": "x" } }, "items": { "$ref": [|"#/$defs/a"|] }, "not": { "$ref": [|"#$$x"|] } }""")]
    [InlineData("""{ "items": { "$ref": [|"#/nowhere$$"|] }, "not": { "$ref": [|"#/nowhere"|] } }""")]
    public void Occurrences_are_those_of_the_same_meaning(string markup)
    {
        var marked = MarkedText.Parse(markup);
        var found = Occurrences.Find(Documents.Create(marked.Text, schema: null), marked.Caret, 100, default);
        Assert.Equal(marked.Spans, found.Select(static o => o.Span));
    }

    [Fact]
    public void Occurrences_are_bounded_and_can_be_cancelled()
    {
        var snapshot = Documents.Create("[" + string.Join(',', Enumerable.Repeat("{\"a\": 1}", 20_000)) + "]", schema: null);
        Assert.Equal(10, Occurrences.Find(snapshot, 3, 10, default).Length);
        Assert.Throws<OperationCanceledException>(() => Occurrences.Find(snapshot, 3, int.MaxValue, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Every_caret_in_every_sample_is_answered()
    {
        foreach (var sample in Syntax.JsonSamples.All)
        {
            var snapshot = Documents.Create(sample);
            for (var caret = 0; caret <= snapshot.Text.Length; caret++)
            {
                var found = Occurrences.Find(snapshot, caret, 1000, default);
                Assert.True(found.IsEmpty || found.Any(o => o.Span.Touches(caret)));
                Assert.All(SchemaPlaces.Find(snapshot, caret, default), static origin => Assert.False(origin.Node.IsNone));
            }
        }
    }

    [Theory]
    [InlineData("""{ "$ref": "#/$defs/a$$", "$defs": { "a": [|{}|] } }""")]
    [InlineData("""{ "$r$$ef": "#/$defs/a%20b~1c", "$defs": { "a b/c": [|true|] } }""")]
    [InlineData("""{ "$ref": "#an$$chor", "$defs": { "a": [|{ "$anchor": "anchor" }|] } }""")]
    [InlineData("""[|{ "$ref": "#$$" }|]""")]
    [InlineData("""{ "$id": "https://x.test/root", "$ref": "other#/$defs/b$$", "$defs": { "o": { "$id": "other", "$defs": { "b": [|{}|] } } } }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#na$$me", "definitions": { "a": [|{ "$id": "#name" }|] } }""")]
    [InlineData("""{ "$dynamicRef": "#n$$ode", "$defs": { "n": [|{ "$dynamicAnchor": "node" }|] } }""")]
    [InlineData("""{ "$ref": "#/nowhere$$" }""")]
    [InlineData("""{ "$ref": "missing.json$$" }""")]
    [InlineData("""{ "$ref": "%%$$" }""")]
    public void A_reference_leads_where_the_compiler_finds_its_schema(string markup)
    {
        var marked = MarkedText.Parse(markup);
        var tree = JsonParser.Parse(SourceText.From(marked.Text));
        var target = new ReferenceResolver("file:///a/own.schema.json", tree, new Dictionary<string, SyntaxTree>(StringComparer.Ordinal))
            .Resolve(References.FindAt(tree, marked.Caret));
        Assert.Equal(marked.Spans, target is { } found ? [found.Node.Span] : []);
    }

    [Fact]
    public void References_lead_into_other_documents_and_meta_schemas()
    {
        var tree = JsonParser.Parse(SourceText.From("""{ "allOf": [{ "$ref": "b.json#/$defs/x" }, { "$ref": "http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger" }, { "$ref": "c.json" }] }"""));
        var other = JsonParser.Parse(SourceText.From("""{ "$defs": { "x": 1 } }"""));
        var resolver = new ReferenceResolver("file:///f/a.json", tree, new Dictionary<string, SyntaxTree>(StringComparer.Ordinal) { ["file:///f/b.json"] = other });
        var found = References.FindAll(tree, default).Select(reference => resolver.Resolve(reference)).ToArray();
        Assert.Equal("file:///f/b.json#/$defs/x", found[0] is { } first ? $"{first.DocumentUri}#{first.Node.GetPointer()}" : null);
        Assert.Equal("/definitions/nonNegativeInteger", found[1]?.Node.GetPointer());
        Assert.Null(found[2]);
        Assert.Equal(["file:///f/c.json"], resolver.Missing);
        Assert.Single(References.FindTo("file:///f/a.json", tree, found[0]!.Value.Node, "file:///f/b.json", 10, default));
    }

    [Theory]
    [InlineData("""{ "max$$Agents": 5 }""", "/properties/maxAgents")]
    [InlineData("""{ "maxAgents": $$5 }""", "/properties/maxAgents")]
    [InlineData("""{ "tags": ["r$$ed"] }""", "/properties/tags/items /definitions/tag")]
    [InlineData("""{ "nested": { "self": { "dep$$th": 1 } } }""", "/definitions/nested/properties/depth")]
    [InlineData("""{ "store": { "kind": "http", "u$$rl": "" } }""", "/properties/store/oneOf/1/properties/url")]
    [InlineData("""{ "unknown$$": 5 }""", "/additionalProperties")]
    [InlineData("""{ "max$$Agents" """, "/properties/maxAgents")]
    public void The_type_of_a_value_is_its_schema(string markup, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var found = SchemaPlaces.Find(Documents.Create(marked.Text), marked.Caret, default);
        Assert.Equal(expected, string.Join(' ', found.Select(static origin => origin.Pointer)));
    }
}
