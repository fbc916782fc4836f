using ConfigLsp.Core.Features.Rename;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features;

public sealed class RenameTests
{
    [Theory]
    [InlineData("""{ "a$$": 1 }""", "b", """{ "b": 1 }""")]
    [InlineData("""{ "a$$": 1, "x": { "a": 2 }, "a": 3 }""", "b", """{ "b": 1, "x": { "a": 2 }, "b": 3 }""")]
    [InlineData("""[{ "a": 1 }, { "$$a": 2 }]""", "b", """[{ "a": 1 }, { "b": 2 }]""")]
    [InlineData("""{ "a$$": 1 }""", "b\"\\\n\U0001D49C", """{ "b\"\\\n𝒜": 1 }""")]
    [InlineData("""{ 'a$$': 1 }""", "it's", """{ 'it\u0027s': 1 }""")]
    [InlineData("""{ a$$: 1 }""", "b", """{ b: 1 }""")]
    [InlineData("""{ a$$: 1 }""", "b c", """{ "b c": 1 }""")]
    [InlineData("""{ "a$$" 1 "c" }""", "b", """{ "b" 1 "c" }""")]
    [InlineData("{ // a\r\n\t\"a$$\": 1 }", "b", "{ // a\r\n\t\"b\": 1 }")]
    [InlineData("""{ "$defs": { "a$$": { "items": {} } }, "allOf": [{ "$ref": "#/$defs/a" }, { "$ref": "#/$defs/a/items" }, { "$ref": "#/$defs/ab" }] }""", "c d/e",
        """{ "$defs": { "c d/e": { "items": {} } }, "allOf": [{ "$ref": "#/$defs/c%20d~1e" }, { "$ref": "#/$defs/c%20d~1e/items" }, { "$ref": "#/$defs/ab" }] }""")]
    public void A_key_is_renamed_in_its_object_with_what_refers_to_it(string markup, string newName, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text, schema: null);
        var result = RenameFeature.Rename(snapshot, RenameFeature.FindTarget(snapshot.Tree, marked.Caret), newName, default);
        var changes = Assert.IsType<RenameResult.Changes>(result);
        var text = snapshot.Text.WithChanges([.. changes.All]);
        Assert.Equal(expected, text.ToString(new TextSpan(0, text.Length)));
    }

    [Theory]
    [InlineData("""{ "a$$": 1, "b": 2 }""", "b", null, "There is a key 'b' in the same object already.")]
    [InlineData("""{ "a$$": 1, "\u0062": 2 }""", "b", null, "There is a key 'b' in the same object already.")]
    [InlineData("""{ "maxAgents$$": 1 }""", "minAgents", Documents.AgentSchema, "The schema does not permit a key 'minAgents' here.")]
    public void A_name_that_cannot_be_is_refused(string markup, string newName, string? schema, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var snapshot = Documents.Create(marked.Text, schema);
        var result = RenameFeature.Rename(snapshot, RenameFeature.FindTarget(snapshot.Tree, marked.Caret), newName, default);
        Assert.StartsWith(expected, Assert.IsType<RenameResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_key_can_be_renamed_to_any_other()
    {
        var snapshot = Documents.Create("""{ "unknown": 1 }""");
        Assert.IsType<RenameResult.Changes>(RenameFeature.Rename(snapshot, RenameFeature.FindTarget(snapshot.Tree, 4), "other", default));
    }

    [Theory]
    [InlineData("$$")]
    [InlineData("{$$")]
    [InlineData("{ \"a$$")]
    [InlineData("{ \"a\": \"b$$\" }")]
    [InlineData("{ \"a\": $$1 }")]
    [InlineData("{ \"a\": 1 } // \"a$$\"")]
    public void Only_complete_keys_are_renamed(string markup)
    {
        var marked = MarkedText.Parse(markup);
        Assert.True(RenameFeature.FindTarget(Documents.Create(marked.Text).Tree, marked.Caret).IsNone);
    }
}
