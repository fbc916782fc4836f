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
    public void Values_are_those_the_schema_names(string markup, string labels) => Assert.Equal(labels, Labels(markup));

    [Theory]
    [InlineData("{ // in a comment $$\n }")]
    [InlineData("{ /* $$ */ }")]
    [InlineData("{ \"name\" $$ : 1 }")]
    [InlineData("{} $$")]
    [InlineData("{ \"unknown\": $$ }")]
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
    public void Accepting_an_item_leaves_a_document_without_syntax_errors(string markup, string label, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text);
        var item = CompletionFeature.Complete(snapshot, marked.Caret, default).Items.Single(item => item.Label == label);
        var accepted = Documents.Accept(snapshot, item);
        Assert.Equal(expected, accepted);
        Assert.Empty(JsonParser.Parse(SourceText.From(accepted)).Errors);
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
