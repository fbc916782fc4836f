using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

public sealed class CompletionTests
{
    private const string AllKeys = "name maxAgents logLevel delay enabled tags nested store old";

    [Theory]
    [InlineData("{$$}", AllKeys)]
    [InlineData("{ $$", AllKeys)]
    [InlineData("{\n  $$\n}", AllKeys)]
    [InlineData("{\n  \"ma$$\n}", AllKeys)]
    [InlineData("{ \"name\": \"x\", $$ }", "maxAgents logLevel delay enabled tags nested store old")]
    [InlineData("{ \"name\": \"x\" $$ }", "maxAgents logLevel delay enabled tags nested store old")]
    [InlineData("{ \"na$$me\": \"x\", \"delay\": 1 }", "name maxAgents logLevel enabled tags nested store old")]
    [InlineData("{ ma$$ }", AllKeys)]
    [InlineData("{ // note\n $$ }", AllKeys)]
    [InlineData("{ \"nested\": { $$ } }", "depth self")]
    [InlineData("{ \"nested\": { \"self\": { \"self\": {$$} } } }", "depth self")]
    [InlineData("{ \"nested\": {}$$ }", "name maxAgents logLevel delay enabled tags store old")]
    [InlineData("{ \"store\": { \"kind\": \"file\", $$ } }", "path")]
    [InlineData("{\n<<<<<<< HEAD\n  $$\n=======\n>>>>>>> b\n}", AllKeys)]
    public void Keys_are_required_first_then_in_schema_order_without_those_present(string markup, string labels) => Assert.Equal(labels, Labels(markup));

    [Theory]
    [InlineData("{ \"logLevel\": $$ }", "\"debug\" \"info\"")]
    [InlineData("{ \"logLevel\":$$ }", "\"debug\" \"info\"")]
    [InlineData("{ \"logLevel\": \"in$$\" }", "\"debug\" \"info\"")]
    [InlineData("{ \"logLevel\": $$, \"delay\": 1 }", "\"debug\" \"info\"")]
    [InlineData("{ \"logLevel\": $$\n  \"delay\": 1 }", "\"debug\" \"info\"")]
    [InlineData("{ \"enabled\": $$ }", "true false")]
    [InlineData("{ \"enabled\": tr$$ }", "true false")]
    [InlineData("{ \"maxAgents\": $$ }", "3")]
    [InlineData("{ \"name\": $$ }", "\"a\" \"b\"")]
    [InlineData("{ \"tags\": [$$] }", "\"red\" \"green\"")]
    [InlineData("{ \"tags\": [\"red\", $$] }", "\"red\" \"green\"")]
    [InlineData("{ \"tags\": [\"red\", \"gr$$\"] }", "\"red\" \"green\"")]
    [InlineData("{ \"store\": { \"kind\": $$ } }", "\"file\" \"http\"")]
    [InlineData("{ \"store\": { \"kind\": \"fi$$le\", \"path\": \"x\" } }", "\"file\" \"http\"")]
    [InlineData("{ \"logLevel\" $$ }", "\"debug\" \"info\"")]
    public void Values_are_those_the_schema_names(string markup, string labels) => Assert.Equal(labels, Labels(markup));

    [Theory]
    [InlineData("{ // in a comment $$\n }")]
    [InlineData("{ /* $$ */ }")]
    [InlineData("{ \"name\" $$ : 1 }")]
    [InlineData("{} $$")]
    [InlineData("{ \"unknown\": $$ }")]
    [InlineData("{ \"nested\": $${} }")]
    [InlineData("{ \"tags\": $$[\"red\"] }")]
    [InlineData("{\n<<<<$$<<< HEAD\n=======\n>>>>>>> b\n}")]
    [InlineData("{\n<<<<<<< HEAD\n$$=======\n>>>>>>> b\n}")]
    [InlineData("{\n<<<<<<< HEAD\n=======\n>>>>>>> b$$\n}")]
    public void Nothing_is_offered_where_nothing_fits(string markup) => Assert.Equal("", Labels(markup));

    [Theory]
    [InlineData("{$$}", "enabled", "{\"enabled\": false}")]
    [InlineData("{ \"name\": \"x\" $$ }", "maxAgents", "{ \"name\": \"x\", \"maxAgents\": 3 }")]
    [InlineData("{ $$ \"name\": \"x\" }", "maxAgents", "{ \"maxAgents\": 3, \"name\": \"x\" }")]
    [InlineData("{ \"delay\": 1, $$ \"name\": \"x\" }", "maxAgents", "{ \"delay\": 1, \"maxAgents\": 3, \"name\": \"x\" }")]
    [InlineData("{ \"delay\": 1 // ms, roughly\n $$ }", "maxAgents", "{ \"delay\": 1, // ms, roughly\n \"maxAgents\": 3 }")]
    [InlineData("{ \"del$$\": 1 }", "enabled", "{ \"enabled\": 1 }")]
    [InlineData("{ \"ma$$\n}", "maxAgents", "{ \"maxAgents\": 3\n}")]
    [InlineData("{ ma$$ }", "maxAgents", "{ \"maxAgents\": 3 }")]
    [InlineData("{ \"logLevel\": $$ }", "\"debug\"", "{ \"logLevel\": \"debug\" }")]
    [InlineData("{ \"logLevel\": \"in$$\" }", "\"debug\"", "{ \"logLevel\": \"debug\" }")]
    [InlineData("{ \"tags\": [\"red\" $$] }", "\"green\"", "{ \"tags\": [\"red\", \"green\"] }")]
    [InlineData("{ \"tags\": [$$ \"red\"] }", "\"green\"", "{ \"tags\": [\"green\", \"red\"] }")]
    [InlineData("{ \"logLevel\": $$\n  \"delay\": 1 }", "\"debug\"", "{ \"logLevel\": \"debug\",\n  \"delay\": 1 }")]
    [InlineData("{ \"logLevel\" $$ }", "\"debug\"", "{ \"logLevel\": \"debug\" }")]
    [InlineData("{ \"logLevel\" \"in$$\" }", "\"debug\"", "{ \"logLevel\": \"debug\" }")]
    [InlineData("{ \"enabled\": tr$$ \"delay\": 1 }", "true", "{ \"enabled\": true, \"delay\": 1 }")]
    [InlineData("{ \"tags\": [\"red\" \"gr$$\"] }", "\"green\"", "{ \"tags\": [\"red\", \"green\"] }")]
    [InlineData("{ \"ma$$\" }", "maxAgents", "{ \"maxAgents\": 3 }")]
    [InlineData("\uFEFF{\r\n\t$$\r\n}", "enabled", "\uFEFF{\r\n\t\"enabled\": false\r\n}")]
    [InlineData("{ \"name\": \"a𝒳\" $$ }", "enabled", "{ \"name\": \"a𝒳\", \"enabled\": false }")]
    [InlineData("{ \"name\": \"\\u0041\\n$$\" }", "\"a\"", "{ \"name\": \"a\" }")]
    [InlineData("{ \"nested\": {}$$ }", "enabled", "{ \"nested\": {}, \"enabled\": false }")]
    [InlineData("{ \"nested\": {}$$, \"delay\": 1 }", "enabled", "{ \"nested\": {}, \"enabled\": false, \"delay\": 1 }")]
    [InlineData("{\n  \"max$$Age\n}", "maxAgents", "{\n  \"maxAgents\": 3\n}")]
    [InlineData("{\n  $$\"ma\n}", "maxAgents", "{\n  \"maxAgents\": 3\n}")]
    [InlineData("{ \"logLevel\": \"in$$f }", "\"debug\"", "{ \"logLevel\": \"debug\" }")]
    [InlineData("{ \"logLevel\": $$\"in\n}", "\"debug\"", "{ \"logLevel\": \"debug\"\n}")]
    [InlineData("{ \"lev$$\" \"debug\" }", "logLevel", "{ \"logLevel\": \"debug\" }")]
    public void Accepting_an_item_leaves_a_document_without_syntax_errors(string markup, string label, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text);
        var item = CompletionFeature.Complete(snapshot, marked.Caret, default).Items.Single(item => item.Label == label);
        var accepted = Documents.Accept(snapshot, item);
        Assert.Equal(expected, accepted);
        Assert.Empty(JsonParser.Parse(SourceText.From(accepted)).Errors);
    }

    [Fact]
    public void A_key_is_written_with_no_more_escapes_than_JSON_asks_for()
    {
        var snapshot = Documents.Create("{ \"\U0001F600\" }", """{"properties":{"\uD83D\uDE00 \"é":{"type":"boolean"}}}""");
        var item = Assert.Single(CompletionFeature.Complete(snapshot, 3, default).Items);
        Assert.Equal("{ \"\U0001F600 \\\"é\": false }", Documents.Accept(snapshot, item));
        Assert.Equal("\"\U0001F600 \\\"é\"", item.FilterText);
    }

    [Theory]
    [InlineData("""{"prefixItems":[{"enum":["first"]},{"enum":["second"]}],"items":{"enum":["rest"]}}""", "[$$]", "\"first\"")]
    [InlineData("""{"prefixItems":[{"enum":["first"]},{"enum":["second"]}],"items":{"enum":["rest"]}}""", "[\"first\", $$]", "\"second\"")]
    [InlineData("""{"prefixItems":[{"enum":["first"]},{"enum":["second"]}],"items":{"enum":["rest"]}}""", "[1, 2, \"r$$\"]", "\"rest\"")]
    [InlineData("""{"oneOf":[{"type":"object"},{"properties":{"kind":{"const":"x"}},"required":["kind"]}]}""", "{$$}", "kind")]
    [InlineData("""{"oneOf":[{},{"enum":["a","b"]}]}""", "$$", "\"a\" \"b\"")]
    [InlineData("""{"properties":{"v":{"oneOf":[{"type":"string"},{"enum":["a","b"]}]}}}""", "{\"v\": \"$$\"}", "\"a\" \"b\"")]
    public void Nothing_that_fits_already_hides_what_else_is_known(string schema, string markup, string labels)
    {
        var marked = MarkedText.Parse(markup);
        var items = CompletionFeature.Complete(Documents.Create(marked.Text, schema), marked.Caret, default).Items;
        Assert.Subset(items.Select(static i => i.Label).ToHashSet(StringComparer.Ordinal), labels.Split(' ').ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$$", """{"type":"object","required":["a","b"],"properties":{"a":{"type":"string"},"b":{"const":1}}}""", "{ a, b: 1 }", "{\n\t\"a\": \"\",\n\t\"b\": 1\n}")]
    [InlineData("// note\n$$", """{"required":["a"],"properties":{"a":{"type":"boolean"}}}""", "{ a }", "// note\n{\n\t\"a\": false\n}")]
    [InlineData("{$$}", """{"required":["a","b","c"]}""", "all required: a, b, c", "{\"a\": null,\n\"b\": null,\n\"c\": null}")]
    [InlineData("{\"a\": 1 $$}", """{"$ref":"#/definitions/x","definitions":{"x":{"allOf":[{"required":["a","b","c"]}]}}}""", "all required: b, c", "{\"a\": 1, \"b\": null,\n\"c\": null}")]
    [InlineData("{\"s\": $$}", """{"properties":{"s":{"oneOf":[{"required":["k","p"],"properties":{"k":{"const":"f"}}},{"required":["k","u"],"properties":{"k":{"const":"h"},"u":{"type":"array"}}}]}}}""", "{ k: \"h\", u }", "{\"s\": {\n\t\"k\": \"h\",\n\t\"u\": []\n}}")]
    public void All_that_is_required_is_written_at_once(string markup, string schema, string label, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text, schema);
        var item = CompletionFeature.Complete(snapshot, marked.Caret, default).Items.Single(item => item.Label == label);
        Assert.Equal(expected, Documents.Accept(snapshot, item));
    }

    [Theory]
    [InlineData("[{ \"a\": 1, \"b\": [] }, { \"b\": [], $$ }]", "a")]
    [InlineData("{ \"x\": { \"on\": { \"p\": 1 } }, \"y\": { \"on\": { $$ } } }", "p")]
    [InlineData("{ \"x\": { \"level\": \"high\" }, \"y\": { \"level\": $$ } }", "\"high\"")]
    [InlineData("{ \"x\": { \"on\": true }, \"y\": { \"on\": $$ } }", "true false")]
    [InlineData("{ \"x\": { \"tags\": [1, 2] }, \"y\": { \"tags\": [3, $$] } }", "1 2 3")]
    [InlineData("[\"a\", {}, $$]", "\"a\" {}")]
    [InlineData("{$$}", "$schema")]
    [InlineData("$$", "{} []")]
    [InlineData("{ \"$schema\": $$ }", "\"https://example.com/s.json\"")]
    public void Without_a_schema_the_file_itself_tells(string markup, string labels)
    {
        var marked = MarkedText.Parse(markup);
        var context = new CompletionContext { Schemas = [new KnownSchema("https://example.com/s.json", "S", "A schema.")] };
        var items = CompletionFeature.Complete(Documents.Create(marked.Text, schema: null), marked.Caret, context, default).Items;
        Assert.Equal(labels, string.Join(' ', items.Select(static item => item.Label)));
    }

    [Theory]
    [InlineData("{ \"x\": { \"token\": \"abc\" }, \"free\": { \"token\": $$ } }", "")]
    [InlineData("{ \"x\": { \"token\": \"abc\" }, \"free\": { \"y\": { \"token\": \"seen\" }, \"token\": $$ } }", "\"seen\"")]
    [InlineData("{ \"x\": { $$ }, \"free\": { \"x\": { \"b\": 1 } } }", "token")]
    [InlineData("{ \"set\": [\"r\", $$] }", "\"g\"")]
    [InlineData("{ \"names\": { $$ } }", "n1 n2")]
    [InlineData("{ \"lists\": $$ }", "[\"e\"] []")]
    public void With_a_schema_the_file_tells_only_where_that_is_silent(string markup, string labels)
    {
        const string schema = """
            {
              "properties": {
                "x": { "properties": { "token": { "writeOnly": true } }, "additionalProperties": false },
                "set": { "uniqueItems": true, "items": { "enum": ["r", "g"] } },
                "names": { "propertyNames": { "enum": ["n1", "n2"] } },
                "lists": { "type": "array", "items": { "examples": ["e"] } }
              }
            }
            """;
        var marked = MarkedText.Parse(markup);
        var items = CompletionFeature.Complete(Documents.Create(marked.Text, schema), marked.Caret, default).Items;
        Assert.Equal(labels, string.Join(' ', items.Select(static item => item.Label)));
    }

    [Theory]
    [InlineData("{ \"p\": \"$$\" }", "", "src/", "{ \"p\": \"src/\" }")]
    [InlineData("{ \"p\": \"lib/s$$\" }", "lib/", "src/", "{ \"p\": \"lib/src/\" }")]
    [InlineData("{ \"p\": $$ }", "", "a \"b\".txt", "{ \"p\": \"a \\\"b\\\".txt\" }")]
    public void A_path_is_continued_with_what_stands_in_its_folder(string markup, string folder, string label, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text, """{"properties":{"p":{"type":"string","format":"safe-path"}}}""");
        Assert.Equal(folder, CompletionFeature.FindPathFolder(snapshot, marked.Caret, default));
        var context = new CompletionContext { PathEntries = [new PathEntry("a \"b\".txt", IsFolder: false), new PathEntry("src", IsFolder: true)] };
        var items = CompletionFeature.Complete(snapshot, marked.Caret, context, default).Items;
        Assert.Equal(["src/", "a \"b\".txt"], items.Select(static item => item.Label));
        Assert.Equal(expected, Documents.Accept(snapshot, items.Single(item => item.Label == label)));
    }

    [Fact]
    public void A_long_list_is_cut_and_narrowed_by_what_is_typed()
    {
        var schema = "{\"enum\":[" + string.Join(',', Enumerable.Range(0, 3000).Select(static i => $"\"v{i}\"")) + "]}";
        var all = CompletionFeature.Complete(Documents.Create("", schema), 0, default);
        Assert.True(all.IsIncomplete);
        Assert.Equal(1000, all.Items.Length);
        var narrowed = CompletionFeature.Complete(Documents.Create("\"v2999", schema), 6, default);
        Assert.Equal(["\"v2999\""], narrowed.Items.Select(static item => item.Label));
    }

    [Theory]
    [InlineData("{ ma$$ }", "maxAgents")]
    [InlineData("{ \"ma$$\" }", "\"maxAgents\"")]
    [InlineData("{ $$ }", "\"maxAgents\"")]
    public void What_is_compared_has_quotes_where_they_are_typed(string markup, string filterText)
    {
        var marked = MarkedText.Parse(markup);
        var item = CompletionFeature.Complete(Documents.Create(marked.Text), marked.Caret, default).Items.Single(static item => item.Label == "maxAgents");
        Assert.Equal(filterText, item.FilterText);
    }

    [Fact]
    public void Items_carry_snippets_details_and_documentation()
    {
        var items = CompletionFeature.Complete(Documents.Create("{}"), 1, default).Items.ToDictionary(static item => item.Label, StringComparer.Ordinal);
        Assert.Equal("\"logLevel\": ${1|\"info\",\"debug\"|}", items["logLevel"].Snippet);
        Assert.Equal("\"name\": \"$1\"", items["name"].Snippet);
        Assert.Equal("integer", items["maxAgents"].Detail);
        Assert.Contains("How many \\*agents\\* may run", items["maxAgents"].Documentation, StringComparison.Ordinal);
        Assert.True(items["old"].IsDeprecated);
        Assert.Equal("\"maxAgents\"", items["maxAgents"].FilterText);
    }

    [Fact]
    public void Every_caret_in_every_sample_is_answered_and_every_item_can_be_accepted()
    {
        foreach (var sample in Syntax.JsonSamples.All.Append("{ \"logLevel\": \"info\", \"tags\": [\"red\"], \"store\": { \"kind\": \"file\" } }"))
        {
            var snapshot = Documents.Create(sample);
            for (var caret = 0; caret <= snapshot.Text.Length; caret++)
            {
                foreach (var item in CompletionFeature.Complete(snapshot, caret, default).Items)
                {
                    Assert.True(item.ReplaceSpan.Touches(caret), $"{item.Label} at {caret} of {sample}");
                    Assert.True(item.ReplaceSpan.Contains(item.InsertSpan));
                    Assert.Equal(snapshot.Text.Lines.GetLine(item.ReplaceSpan.Start), snapshot.Text.Lines.GetLine(item.ReplaceSpan.End));
                    _ = Documents.Accept(snapshot, item);
                }
            }
        }
    }

    private static string Labels(string markup)
    {
        var marked = MarkedText.Parse(markup);
        return string.Join(' ', CompletionFeature.Complete(Documents.Create(marked.Text), marked.Caret, default).Items.Select(static item => item.Label));
    }
}
