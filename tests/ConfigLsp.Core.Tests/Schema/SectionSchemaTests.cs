using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema;

public sealed class SectionSchemaTests
{
    private const string Settings =
        """
        {
          "type": "object",
          "additionalProperties": false,
          "allowComments": false,
          "properties": {
            "maxAgents": {"type": "integer", "maximum": 50, "description": "How many at a time."},
            "old": {"type": "boolean", "deprecationMessage": "Use new."},
            "agent": {"type": "object", "additionalProperties": false, "properties": {"max": {"type": "integer", "description": "Most."}, "name": {"type": "string"}}},
            "labels": {"type": "object", "additionalProperties": {"type": "string", "description": "A label."}},
            "free": {"type": "object"},
            "vault": {"type": "object", "x-secret": true, "properties": {"key": {"type": "string", "description": "A key."}}},
            "either": {"anyOf": [{"properties": {"a": {"type": "string", "description": "In a."}}}, {"properties": {"b": {"type": "string"}}}]}
          },
          "allOf": [{"properties": {"maxAgents": {"minimum": 1}}}]
        }
        """;

    [Theory]
    [InlineData("""{"nofx.maxAgents": 5, "editor.fontSize": "any", "nofxx.a": 1, "other": {}}""", "")]
    [InlineData("""{"nofx.maxAgents": "x"}""", "type-mismatch")]
    [InlineData("""{"nofx.maxAgents": 0}""", "number-too-small")]
    [InlineData("""{"nofx.maxAgents": 99}""", "number-too-large")]
    [InlineData("""{"nofx.maxAgent": 5}""", "unknown-key")]
    [InlineData("""{"nofx.old": true}""", "deprecated-key")]
    [InlineData("""{"nofx.agent": {"max": "x", "mix": 1}}""", "type-mismatch unknown-key")]
    [InlineData("""{"nofx.agent.max": "x", "nofx.agent.mix": 1, "nofx.agent.max.x": 1}""", "type-mismatch unknown-key unknown-key")]
    [InlineData("""{"nofx": {"maxAgents": 99, "x": 1}}""", "number-too-large unknown-key")]
    [InlineData("""{"nofx.labels.team": 5, "nofx.labels.x": "y"}""", "type-mismatch")]
    [InlineData("""{"nofx.free.anything": 5, "nofx.either.a": 5, "nofx.either.c": 5}""", "")]
    [InlineData("""{"nofx.": 5, "nofx..": 5}""", "")]
    [InlineData("{ // comments are welcome here\n \"nofx.maxAgents\": 5 }", "")]
    [InlineData("[]", "")]
    public void The_keys_of_the_section_are_checked_and_others_are_left_alone(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Validate(text).Select(static d => d.Descriptor.Id)));

    [Fact]
    public void A_mistyped_name_is_answered_with_the_one_that_is_meant()
    {
        var finding = Assert.Single(Validate("""{"nofx.maxAgent": 5}"""));
        Assert.Contains("Did you mean `nofx.maxAgents`?", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"nofx.max$$Agents": 5}""", "How many at a time.")]
    [InlineData("""{"nofx.maxAgents": 5$$}""", "How many at a time.")]
    [InlineData("""{"nofx.agent.m$$ax": 5}""", "Most.")]
    [InlineData("""{"nofx.agent": {"m$$ax": 5}}""", "Most.")]
    [InlineData("""{"nofx": {"agent": {"m$$ax": 5}}}""", "Most.")]
    [InlineData("""{"nofx.labels.te$$am": "x"}""", "A label.")]
    [InlineData("""{"nofx.either.$$a": "x"}""", "In a.")]
    [InlineData("""{"editor.font$$Size": 5}""", null)]
    public void The_keys_of_the_section_are_explained(string markup, string? expected)
    {
        var marked = MarkedText.Parse(markup);
        var info = HoverFeature.Hover(Snapshot(marked.Text), marked.Caret, default);
        Assert.Equal(expected is not null, info is not null);
        Assert.Contains(expected ?? string.Empty, info?.Markdown ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"nofx.$$"}""", "nofx.maxAgents nofx.agent nofx.agent.max nofx.agent.name nofx.labels nofx")]
    [InlineData("""{"nofx.agent": {$$}}""", "max name")]
    [InlineData("""{"nofx": {$$}}""", "maxAgents agent labels")]
    public void The_keys_of_the_section_are_completed(string markup, string expected)
    {
        var marked = MarkedText.Parse(markup);
        var labels = CompletionFeature.Complete(Snapshot(marked.Text), marked.Caret, default).Items.Select(static i => i.Label).ToArray();
        Assert.Empty(expected.Split(' ').Except(labels, StringComparer.Ordinal));
        Assert.DoesNotContain("editor.fontSize", labels);
    }

    [Theory]
    [InlineData("""{"nofx.vault": {"key": "s3cret"}}""")]
    [InlineData("""{"nofx.vault.key": "s3cret"}""")]
    [InlineData("""{"nofx.vault.unheard": "s3cret"}""")]
    [InlineData("""{"nofx": {"vault": {"key": "s3cret"}}}""")]
    public void A_secret_stays_one_under_any_name(string text)
    {
        var tree = JsonParser.Parse(SourceText.From(text));
        var span = Assert.Single(SchemaEvaluator.FindSecrets(tree, Schema("nofx")));
        Assert.Contains("s3cret", tree.Text.ToString(span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"my.app.maxAgents": 99}""")]
    [InlineData("""{"my.app": {"maxAgents": 99}}""")]
    [InlineData("""{"my": {"app": {"maxAgents": 99}}}""")]
    public void A_section_may_have_dots(string text) => Assert.Equal("number-too-large", Assert.Single(Validate(text, "my.app")).Descriptor.Id);

    [Fact]
    public void Names_out_of_all_proportion_are_left_alone()
    {
        Assert.Empty(Validate($$"""{"nofx.{{string.Concat(Enumerable.Repeat("a.", 100_000))}}a": 1}"""));
        Assert.Empty(Validate($$"""{"nofx.{{new string('a', 100_000)}}": 1}"""));
    }

    private static ImmutableArray<Diagnostic> Validate(string text, string section = "nofx") =>
        DocumentValidation.Validate(Snapshot(text, section), new ValidationOptions(), CancellationToken.None).Diagnostics;

    private static DocumentSnapshot Snapshot(string text, string section = "nofx") =>
        new("file:///w/.vscode/settings.json", 1, JsonParser.Parse(SourceText.From(text)), Schema(section), SyntaxDialect.JsonWithComments);

    private static JsonSchema Schema(string section) =>
        JsonSchema.ForSection(section, new SchemaRegistry().Compile("https://example.com/s.json", JsonParser.Parse(SourceText.From(Settings))).Schema);
}
