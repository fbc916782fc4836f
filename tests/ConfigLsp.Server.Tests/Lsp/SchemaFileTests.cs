using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>Files that are JSON Schemas themselves, opened in the editor.</summary>
public sealed class SchemaFileTests
{
    private const string SchemaUri = "file:///folder/settings.schema.json";

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-06/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    public async Task A_schema_is_held_to_its_meta_schema_and_compiled(string draft)
    {
        string home = draft.Contains("2020-12", StringComparison.Ordinal) ? "$defs" : "definitions";
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync(
            $$$$"""
            {"$schema": "{{{{draft}}}}", "{{{{home}}}}": {"unused": {
              "minLength": "3",
              "pattern": "(",
              "properties": {"a": {"$ref": "#/definitions/none"}} }}}
            """,
            SchemaUri,
            "json");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(["type-mismatch", "format-mismatch", "unresolved-reference"], set.Codes);
        Assert.Equal([1, 2, 3], set.Diagnostics.Select(d => d!["range"]!["start"]!["line"]!.GetValue<int>()));
        // Of two findings about one value the one stays that says why.
        Assert.Contains("The regular expression `(` is not valid", set.Diagnostics[1]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"start":{"line":3,"character":31},"end":{"line":3,"character":51}}""", set.Diagnostics[2]!["range"]!.ToJsonString());
        Assert.Equal($"/{home}/unused/properties/a/$ref", set.Diagnostics[2]!["data"]!["path"]!.GetValue<string>());

        await session.ReplaceAsync(2, $$"""{"$schema": "{{draft}}", "{{home}}": {"used": {"minLength": 3, "pattern": "^a"}, "a": {"$ref": "#/{{home}}/used"} } }""", SchemaUri);
        Assert.Empty((await session.SetOfVersionAsync(2)).Codes);
    }

    [Fact]
    public async Task A_schema_file_that_names_no_draft_is_held_to_the_latest_one()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"required": "name", "prefixItems": [{"$ref": "#/$defs/none"}]}""", SchemaUri, "json");
        Assert.Equal(["type-mismatch", "unresolved-reference"], (await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task An_unknown_vocabulary_is_said_once_and_by_name()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files.Write("/folder/meta.json", """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {
              "https://json-schema.org/draft/2020-12/vocab/validation": true, "https://example.com/vocab/units": true}}
            """));
        await session.OpenAsync("""{"$schema": "meta.json", "properties": {"a": {"unit": "s"}, "b": {"unit": "m"}}}""", SchemaUri, "json");
        PublishedSet set = await session.NextSetAsync();
        JsonNode only = Assert.Single(set.Diagnostics)!;
        Assert.Equal("unknown-vocabulary", only["code"]!.GetValue<string>());
        Assert.Equal(2, only["severity"]!.GetValue<int>());
        Assert.Contains("`https://example.com/vocab/units`", only["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"start":{"line":0,"character":12},"end":{"line":0,"character":23}}""", only["range"]!.ToJsonString());
    }

    [Fact]
    public async Task A_change_of_a_document_that_the_schema_refers_to_checks_it_again()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files.Write("/folder/parts.json", "{}"));
        await session.OpenAsync("""{"properties": {"a": {"$ref": "parts.json#/$defs/n"}}}""", SchemaUri, "json");
        Assert.Equal(["unresolved-reference"], (await session.NextSetAsync()).Codes);

        session.Files.Write("/folder/parts.json", """{"$defs": {"n": {"type": "integer"}}}""");
        await session.Client.NotifyAsync("workspace/didChangeWatchedFiles", JsonNode.Parse("""{"changes":[{"uri":"file:///folder/parts.json","type":2}]}"""));
        Assert.Empty((await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task A_rule_about_schemas_can_be_silenced()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"severity":{"unresolved-reference":"off"}}}}"""));
        await session.OpenAsync("""{"properties": {"a": {"$ref": "#/none"}, "b": {"$anchor": "x"}, "c": {"$anchor": "x"}}}""", SchemaUri, "json");
        Assert.Equal(["duplicate-identifier"], (await session.NextSetAsync()).Codes);
    }
}
