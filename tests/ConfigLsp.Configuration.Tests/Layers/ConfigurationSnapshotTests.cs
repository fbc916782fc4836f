using System.Text;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Configuration.Tests.Layers;

public sealed class ConfigurationSnapshotTests
{
    private static readonly JsonSchema AgentSettings = Compile(File.ReadAllText(Repository.PathOf("schemas", "agent-settings.schema.json")));

    [Fact]
    public void Objects_merge_by_key_and_everything_else_replaces()
    {
        var snapshot = Create(null, """{"a": {"x": 1, "y": [1, 2]}, "b": 1, "c": {"z": 1}, "d": 1}""", """{"a": {"y": [3], "w": null}, "b": {"q": 1}, "c": 2, "e": {}}""");
        Assert.Equal("""{"a":{"x":1,"y":[3],"w":null},"b":{"q":1},"c":2,"d":1,"e":{}}""", Text(snapshot.Root));
        Assert.Equal(0, snapshot.Find(Key("a.x"))!.Origin.Layer);
        Assert.Equal(1, snapshot.Find(Key("a.y"))!.Origin.Layer);
    }

    [Fact]
    public void An_object_without_members_does_not_hide_what_is_below_but_replaces_a_value()
    {
        Assert.Equal("""{"a":{"x":1},"b":{}}""", Text(Create(null, """{"a": {"x": 1}, "b": 5}""", """{"a": {}, "b": {}}""").Root));
    }

    [Fact]
    public void Null_is_a_value_and_absence_is_none()
    {
        var snapshot = Create(null, """{"a": 1}""", """{"a": null}""");
        Assert.Equal("null", Text(snapshot.Find(Key("a"))!));
        Assert.Null(snapshot.Find(Key("b")));
    }

    [Fact]
    public void Of_a_duplicated_key_the_last_one_counts_at_every_depth()
    {
        Assert.Equal("""{"a":{"x":2},"l":[{"y":4}]}""", Text(Create(null, """{"a": {"x": 9, "z": 1}, "l": [{"y": 3, "y": 4}], "a": {"x": 1, "x": 2}}""").Root));
    }

    [Fact]
    public void Comments_do_not_reach_readers()
    {
        Assert.Equal("""{"a":[1,2],"b":"x // no \u00e4"}""", Text(Create(null, "{/*1*/\"a\": [1, /*2*/ 2,], // 3\n\"b\": \"x // no \\u00e4\"}").Root));
    }

    [Theory]
    [InlineData("\"8\"", "8", FindingOutcome.Coerced)]
    [InlineData("\" 8 \"", "8", FindingOutcome.Coerced)]
    [InlineData("7.9", "7", FindingOutcome.Coerced)]
    [InlineData("\"7.9\"", "7", FindingOutcome.Coerced)]
    [InlineData("0", "3", FindingOutcome.Skipped)]
    [InlineData("99", "3", FindingOutcome.Skipped)]
    [InlineData("0.5", "3", FindingOutcome.Skipped)]
    [InlineData("-7.5", "3", FindingOutcome.Skipped)]
    [InlineData("\"many\"", "3", FindingOutcome.Skipped)]
    [InlineData("[8]", "3", FindingOutcome.Skipped)]
    [InlineData("{\"x\": 8}", "3", FindingOutcome.Skipped)]
    [InlineData("{}", "3", FindingOutcome.Skipped)]
    [InlineData("null", "3", FindingOutcome.Skipped)]
    public void A_value_that_the_schema_refuses_is_brought_into_form_or_passed_over(string written, string served, FindingOutcome outcome)
    {
        var snapshot = Create(AgentSettings, """{"maxAgents": 3}""", $$"""{"logLevel": "warn", "maxAgents": {{written}}}""");
        Assert.Equal(served, Text(snapshot.Find(Key("maxAgents"))!));
        Assert.Equal("\"warn\"", Text(snapshot.Find(Key("logLevel"))!));
        var finding = Assert.Single(snapshot.Findings);
        Assert.Equal((1, outcome), (finding.Layer, finding.Outcome));
        Assert.StartsWith("maxAgents", finding.Key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"../evil\"", "\"\"")]
    [InlineData("\"a|b\"", "\"\"")]
    [InlineData("\" claude \"", "\"claude\"")]
    [InlineData("5", "\"tools/ai\"")]
    public void An_unsafe_path_reads_as_empty(string written, string served) =>
        Assert.Equal(served, Text(Create(AgentSettings, """{"aiPath": "tools/ai"}""", $$"""{"aiPath": {{written}}}""").Find(Key("aiPath"))!));

    [Fact]
    public void An_unknown_key_is_passed_over_where_the_schema_permits_no_other_keys()
    {
        var snapshot = Create(AgentSettings, """{"maxAgent": 5, "maxAgents": 4}""");
        Assert.Equal("""{"maxAgents":4}""", Text(snapshot.Root));
        Assert.Contains("Did you mean `maxAgents`", Assert.Single(snapshot.Findings).Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_layer_lacks_another_may_supply()
    {
        var schema = Compile("""{"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer"}}}""");
        Assert.Empty(Create(schema, """{"a": 1}""", """{"b": 2}""").Findings);
        var finding = Assert.Single(Create(schema, """{"a": 1}""").Findings);
        Assert.Equal(FindingOutcome.Reported, finding.Outcome);
    }

    [Fact]
    public void A_conflict_between_layers_is_reported_where_its_value_comes_from()
    {
        var schema = Compile("""{"properties": {"a": {}, "b": {}}, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": {"const": 1}}}}""");
        var finding = Assert.Single(Create(schema, """{"a": 1}""", """{"b": 2}""").Findings);
        Assert.Equal((1, "b", FindingOutcome.Reported), (finding.Layer, finding.Key.ToString(), finding.Outcome));
    }

    [Fact]
    public void A_value_that_is_nested_too_deeply_is_passed_over()
    {
        var snapshot = Create(null, $$"""{"a": {{new string('[', 50_000)}}{{new string(']', 50_000)}}, "b": 1}""");
        Assert.Equal("""{"b":1}""", Text(snapshot.Root));
        Assert.Equal("nested-too-deeply", Assert.Single(snapshot.Findings).Diagnostic.Descriptor.Id);
    }

    [Fact]
    public void Secrets_are_known_by_the_schema_with_all_that_is_in_them()
    {
        var schema = Compile("""{"properties": {"token": {"writeOnly": true}, "db": {"x-secret": true}, "n": {"properties": {"key": {"x-secret": true}}}}}""");
        var snapshot = Create(schema, """{"token": "t", "db": {"password": "p"}, "n": {"key": 1, "other": 2}}""");
        Assert.True(snapshot.IsSecret(Key("token")));
        Assert.True(snapshot.IsSecret(Key("db.password")));
        Assert.True(snapshot.IsSecret(Key("n.key")));
        Assert.False(snapshot.IsSecret(Key("n")));
        Assert.True(snapshot.HoldsSecret(Key("n")));
        Assert.False(snapshot.HoldsSecret(Key("n.other")));
    }

    private static JsonSchema Compile(string schema) =>
        new SchemaRegistry().Compile("test:schema", JsonParser.Parse(SourceText.From(schema))).Schema!;

    private static ConfigurationSnapshot Create(JsonSchema? schema, params string[] documents) => ConfigurationSnapshot.Create(
        documents.Select((text, i) =>
        {
            var tree = JsonParser.Parse(SourceText.From(text));
            return (new Layer($"source{i}", SourceType.File, LayerState.Loaded) { Content = new SourceContent(tree) }, (LayerEntries?)LayerEntries.Of(tree));
        }),
        schema);

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(text));

    private static string Text(SettingNode node) => Encoding.UTF8.GetString(JsonRendering.ToJson(node).Span);
}
