using ConfigLsp.Core.Features.Colors;
using ConfigLsp.Core.Features.Folding;
using ConfigLsp.Core.Features.InlayHints;
using ConfigLsp.Core.Features.Links;
using ConfigLsp.Core.Features.Selection;
using ConfigLsp.Core.Features.SemanticTokens;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

public sealed class StructureTests
{
    private const string Schema = """
        {
          "properties": {
            "color": { "type": "string", "format": "color-hex" },
            "colors": { "prefixItems": [{ "format": "color" }], "items": { "$ref": "#/properties/color" } },
            "home": { "format": "uri" },
            "file": { "format": "safe-path" },
            "doc": { "format": "uri-reference" },
            "delay": { "type": "integer", "x-unit": "ms" },
            "pin": { "type": "integer", "x-unit": "ms", "x-secret": true },
            "old": { "deprecated": true },
            "map": { "additionalProperties": { "type": "integer", "x-unit": "s" } },
            "any": true,
            "list": { "items": { "properties": { "a": {}, "old": { "deprecationMessage": "no" } } } },
            "kind": { "oneOf": [
              { "properties": { "type": { "const": "x" }, "x": {} }, "required": ["type"] },
              { "properties": { "type": { "const": "y" }, "y": {} }, "required": ["type"] }
            ] }
          }
        }
        """;

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("{\n}", "")]
    [InlineData("{\n\n}", "0-1 Object")]
    [InlineData("{\n\"a\": [\n1,\n2\n],\n\"b\": {}\n}", "0-5 Object, 1-3 Array")]
    [InlineData("[{\n\"a\": 1\n}, {\n\"b\": 2\n}]", "0-1 Object, 2-3 Object")]
    [InlineData("[[\n1\n],\n2]", "0-1 Array")]
    [InlineData("/* a\n b */\n{}", "0-1 Comment")]
    [InlineData("// a\n// b\n// c\n\n// d\n{} // e\n// f", "0-2 Comment")]
    [InlineData("// #region x\n{\n// #endregion\n}", "0-2 Region, 1-2 Object")]
    [InlineData("{\n//#region\n\"a\": 1,\n// #region b\n\"b\": 2\n//#endregion\n//#endregion\n}", "0-6 Object, 1-6 Region, 3-5 Region")]
    [InlineData("// #endregion\n{\n1\n", "")]
    [InlineData("{\n\"a\": [\n1\n\"b\": 2\n}", "0-3 Object")]
    [InlineData("{\r\n\"a\": 1,\r\n\"😀\": \"\uFEFF\"\r\n}", "0-2 Object")]
    public void Lines_can_be_folded_away(string text, string expected)
    {
        var ranges = FoldingFeature.Find(JsonParser.Parse(SourceText.From(text)), 100, default);
        Assert.Equal(expected, string.Join(", ", ranges.Select(static range => $"{range.StartLine}-{range.EndLine} {range.Kind}")));
    }

    [Fact]
    public void A_limit_folds_outer_levels_first()
    {
        var tree = JsonParser.Parse(SourceText.From("{\n\"a\": {\n\"b\": {\n1\n}\n},\n\"c\": {\n2\n}\n}"));
        Assert.Equal([0, 1, 6], FoldingFeature.Find(tree, 3, default).Select(static range => range.StartLine));
        Assert.Equal([0, 1], FoldingFeature.Find(tree, 2, default).Select(static range => range.StartLine));
        Assert.Empty(FoldingFeature.Find(tree, 0, default));
    }

    [Theory]
    [InlineData("{ [|[|\"[|a$$b|]\"|]: 1|] }")]
    [InlineData("{ [|[|\"ab\": [|$$1|]|] /* c */,|] \"b\": 2 }")]
    [InlineData("[|{[| [|\"a\": [|[[|[|[|1$$|],|] 2|]]|]|] |]}|]")]
    [InlineData("[|{[| $$ |]}|]")]
    [InlineData("[|{[|[|\"a\": [|\"[|x\\\"$$ |]\"|]|]|]}|]")]
    [InlineData("$$")]
    [InlineData("[|[|[[|[|[|[|[$$|]|]|]|]|]|]")]
    public void A_selection_grows_outwards(string markup)
    {
        var marked = MarkedText.Parse(markup);
        var spans = SelectionFeature.FindSpans(JsonParser.Parse(SourceText.From(marked.Text)), marked.Caret, 50);
        var expected = marked.Spans.Where(static span => !span.IsEmpty).Distinct().ToList();
        Assert.Subset(spans.ToHashSet(), expected.ToHashSet());
        for (var i = 1; i < spans.Length; i++)
        {
            Assert.True(spans[i].Contains(spans[i - 1]) && spans[i] != spans[i - 1]);
        }

        Assert.True(SelectionFeature.FindSpans(JsonParser.Parse(SourceText.From(marked.Text)), marked.Caret, 2).Length <= 2);
    }

    [Fact]
    public void Colors_are_those_that_the_schema_announces()
    {
        var snapshot = Documents.Create("""{"color": "#f00", "colors": ["#00ff0080", "#0000ff", "#xyz", "red"], "home": "#fff", "color2": "#000"}""", Schema);
        var colors = ColorFeature.Find(snapshot, 100, default);
        Assert.Equal(
            ["\"#f00\" = #ff0000", "\"#00ff0080\" = #00ff0080", "\"#0000ff\" = #0000ff"],
            colors.Select(color => $"{snapshot.Text.ToString(color.Span)} = {ColorFeature.ToText(color.Color)}"));
        Assert.Single(ColorFeature.Find(snapshot, 1, default));
        Assert.Equal("\"#ff000080\"", ColorFeature.ToJson(new Color(7, -1, 0, 0.5)));
    }

    [Theory]
    [InlineData("#abc", "#aabbcc")]
    [InlineData("#abcd", "#aabbccdd")]
    [InlineData("#A1B2C3", "#a1b2c3")]
    [InlineData("#a1b2c3d4", "#a1b2c3d4")]
    [InlineData("#ab", null)]
    [InlineData("abcd", null)]
    [InlineData("#ab cde", null)]
    public void Colors_have_three_to_eight_digits(string text, string? expected) =>
        Assert.Equal(expected, ColorFeature.Parse(text) is { } color ? ColorFeature.ToText(color) : null);

    [Theory]
    [InlineData("""{"home": "https://a.example/x?y#z"}""", "https://a.example/x?y#z -> https://a.example/x?y#z")]
    [InlineData("""{"home": "command:do.it"}""", "")]
    [InlineData("""{"home": "javascript:x"}""", "")]
    [InlineData("""{"home": "x y"}""", "")]
    [InlineData("""{"file": "logs/a b#1.txt"}""", "logs/a b#1.txt -> file:///logs/a%20b%231.txt")]
    [InlineData("""{"file": ""}""", "")]
    [InlineData("""{"file": "c:\\x"}""", @"c:\\x -> file:///c%3A/x")]
    [InlineData("""{"doc": "../x.md"}""", "../x.md -> file:///x.md")]
    [InlineData("""{"$schema": "./s.json", "a": {"$schema": "x"}}""", "./s.json -> file:///s.json")]
    [InlineData("""{"a": {"$ref": "#/b~1c/1"}, "b/c": [1, true]}""", "#/b~1c/1 -> true")]
    [InlineData("""{"$ref": "#"}""", "# -> {\"$ref\": \"#\"}")]
    [InlineData("""{"a": {"$ref": "#/none"}, "b": {"$ref": "o.json#/x"}, "c": {"$ref": 1}}""", "o.json#/x -> file:///o.json#/x")]
    [InlineData("""{"$ref": "#/a", "a":""", "")]
    [InlineData("{\"home\": ", "")]
    public void Links_lead_to_files_addresses_and_places(string text, string expected)
    {
        var snapshot = Documents.Create(text, Schema);
        Assert.Equal(expected, string.Join(", ", LinkFeature.Find(snapshot, 100, default).Select(link =>
            $"{snapshot.Text.ToString(link.Span)} -> {link.Target ?? snapshot.Text.ToString(link.TargetSpan!.Value)}")));
    }

    [Theory]
    [InlineData("""{"color": "", "colour": "", "old": 1, "any": {"x": 1}}""", "color, colour Unknown, old Deprecated, any")]
    [InlineData("""{"map": {"a": 1, "b": 2}}""", "map, a, b")]
    [InlineData("""{"list": [{"a": 1, "b": 2}, {"old": 3, "a": 4}]}""", "list, a, b Unknown, old Deprecated, a")]
    [InlineData("""{"kind": {"type": "x", "x": 1, "y": 2, "z": 3}}""", "kind, type, x, y Unknown, z Unknown")]
    [InlineData("""{"kind": {"x": 1, "y": 2}}""", "kind, x, y")]
    [InlineData("""{"color": , "col" "old""", "color, col Unknown")]
    [InlineData("[1, {\"a\": 2}]", "")]
    [InlineData("", "")]
    public void Keys_are_known_unknown_or_deprecated(string text, string expected)
    {
        var snapshot = Documents.Create(text, Schema);
        Assert.Equal(expected, string.Join(", ", SemanticTokensFeature.Find(snapshot, snapshot.Text.FullSpan, 100, default).Select(token =>
            snapshot.Text.ToString(token.Span).Trim('"') + (token.Facts == KeyFacts.None ? "" : " " + token.Facts))));
    }

    [Fact]
    public void Keys_of_a_range_are_found_without_the_others()
    {
        var text = "{\"list\": [" + string.Join(",\n", Enumerable.Repeat("{\"a\": 1, \"b\": 2}", 100_000)) + "]}";
        var snapshot = Documents.Create(text, Schema);
        var start = snapshot.Text.Lines.GetLineStart(50_000);
        var tokens = SemanticTokensFeature.Find(snapshot, new TextSpan(start, 30), 100, default);
        Assert.Equal(["\"a\"", "\"b\"", "\"a\"", "\"b\""], tokens.Select(token => snapshot.Text.ToString(token.Span)));
        Assert.Equal(100, SemanticTokensFeature.Find(snapshot, snapshot.Text.FullSpan, 100, default).Length);
    }

    [Fact]
    public void A_walk_finds_what_is_found_for_each_value_alone()
    {
        var snapshot = Documents.Create(
            """{"kind": {"type": "y", "y": [1], "x": {}}, "list": [{"a": 1}, {"a": {"b": 2}}, 3], "colors": ["#fff", "", "#000"], "map": {"z": 1}, "nope": {"q": [{}]}}""",
            Schema);
        var found = new Dictionary<int, string>();
        SchemaEvaluator.Walk(snapshot.Tree, snapshot.Schema!, snapshot.Text.FullSpan, place =>
        {
            found[place.Value.Index] = string.Join(' ', place.Schemas);
            return true;
        });
        for (var i = 1; i < snapshot.Tree.NodeCount; i++)
        {
            var node = snapshot.Tree.NodeAt(i);
            if (node.Kind != SyntaxKind.Property)
            {
                var alone = string.Join(' ', SchemaEvaluator.FindApplicable(snapshot.Tree, snapshot.Schema!, node));
                Assert.Equal(alone, found.GetValueOrDefault(i, ""));
            }
        }
    }

    [Theory]
    [InlineData("""{"delay": 90000[|= 1 min 30 s|]}""")]
    [InlineData("""{"delay": 500, "map": {"a": 3600[|= 1 h|], "b": -1, "c": 1e999}}""")]
    [InlineData("""{"pin": 90000}""")]
    [InlineData("""{"delay": "90000"}""")]
    [InlineData("""{"delay": """)]
    public void Numbers_are_said_in_the_units_of_people(string markup)
    {
        // What stands between the marks is shown, and no part of the text.
        var parts = markup.Split(["[|", "|]"], StringSplitOptions.None);
        var snapshot = Documents.Create(string.Concat(parts.Where(static (_, number) => number % 2 == 0)), Schema);
        var shown = snapshot.Text.ToString();
        foreach (var hint in UnitHints.Find(snapshot, snapshot.Text.FullSpan, 100, default).Reverse())
        {
            shown = shown.Insert(hint.Offset, $"[|{hint.Text}|]");
        }

        Assert.Equal(markup, shown);
    }
}
