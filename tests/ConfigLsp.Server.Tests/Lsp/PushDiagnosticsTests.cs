using System.Text.Json.Nodes;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class PushDiagnosticsTests
{
    /// <summary>A schema that only the client can read, so that a test decides when it comes.</summary>
    private const string ClientSchema = "test://schemas/slow.json";

    [Fact]
    public async Task Opening_a_settings_file_publishes_one_complete_set()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"maxAgents\": 99,\n \"maxAgent\": 1, }");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(LspTestSession.SettingsUri, set.Uri);
        Assert.Equal(1, set.Version);
        Assert.Equal(["number-too-large", "unknown-key"], set.Codes);
        JsonNode first = set.Diagnostics[0]!;
        Assert.Equal("configlsp", first["source"]!.GetValue<string>());
        Assert.Equal(1, first["severity"]!.GetValue<int>());
        Assert.Equal("""{"start":{"line":0,"character":14},"end":{"line":0,"character":16}}""", first["range"]!.ToJsonString());
        Assert.EndsWith("/number-too-large", first["codeDescription"]!["href"]!.GetValue<string>());
        Assert.Equal("/maxAgents", first["data"]!["path"]!.GetValue<string>());
        Assert.Equal("99", first["data"]!["actual"]!.GetValue<string>());
        Assert.Empty(session.Client.TakeReceived("textDocument/publishDiagnostics"));
    }

    [Fact]
    public async Task A_thousand_quick_edits_end_with_exactly_one_set_of_the_last_version()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"maxAgents\": 1}");
        for (int version = 2; version <= 1001; version++)
        {
            await session.ChangeAsync(version, LspTestSession.SettingsUri, new JsonObject
            {
                ["range"] = JsonNode.Parse("""{"start":{"line":0,"character":14},"end":{"line":0,"character":14}}"""),
                ["text"] = version % 2 == 0 ? "9" : " ",
            });
        }

        var versions = new List<int>();
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
            versions.Add(set.Version!.Value);
        }
        while (set.Version != 1001);
        Assert.Equal(versions.Distinct().Order(), versions);
        Assert.NotEmpty(set.Codes);
        await session.CloseAsync();
        // Nothing more of the last version came before the set that closing publishes.
        Assert.Null((await session.NextSetAsync()).Version);
    }

    [Fact]
    public async Task A_result_for_an_old_version_is_never_published()
    {
        var content = new TaskCompletionSource<JsonNode?>();
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Client.Answer("vscode/content", _ => content.Task));
        await session.OpenAsync($$"""{"$schema": "{{ClientSchema}}", "a": 1}""");
        await session.Client.NextAsync("vscode/content");
        // The first version waits for its schema; the second one overtakes it.
        await session.ReplaceAsync(2, $$"""{"$schema": "{{ClientSchema}}", "a": "text"}""");
        await session.SettleAsync();
        content.SetResult("""{"properties": {"a": {"type": "string"}}}""");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(2, set.Version);
        Assert.Empty(set.Diagnostics);
    }

    [Fact]
    public async Task A_schema_that_comes_late_is_waited_for_two_seconds_and_then_checked_with_anyway()
    {
        var time = new FakeTimeProvider();
        var content = new TaskCompletionSource<JsonNode?>();
        await using LspTestSession session = await LspTestSession.StartAsync(time: time, prepare: s => s.Client.Answer("vscode/content", _ => content.Task));
        await session.OpenAsync($$"""{"$schema": "{{ClientSchema}}", "a": 1, }""");
        await session.Client.NextAsync("vscode/content");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(session.Client.TakeReceived("textDocument/publishDiagnostics"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["trailing-comma"], (await session.NextSetAsync()).Codes);

        content.SetResult("""{"properties": {"a": {"type": "string"}}}""");
        PublishedSet complete = await session.NextSetAsync();
        Assert.Equal(1, complete.Version);
        Assert.Equal(["type-mismatch", "trailing-comma"], complete.Codes);
    }

    [Fact]
    public async Task Closing_takes_the_findings_away()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{,}");
        Assert.NotEmpty((await session.NextSetAsync()).Diagnostics);
        await session.CloseAsync();
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
    }

    [Theory]
    [InlineData("json", "any.jsonc", new[] { "comment-not-permitted", "trailing-comma" }, new[] { 1, 1 })]
    [InlineData("jsonc", "any.json", new[] { "trailing-comma" }, new[] { 2 })]
    [InlineData("configlsp", "any.json", new[] { "comment-not-permitted", "trailing-comma" }, new[] { 1, 1 })]
    [InlineData("configlsp", "any.jsonc", new[] { "trailing-comma" }, new[] { 2 })]
    public async Task The_language_decides_how_strict_a_file_is_and_for_our_own_its_name(string languageId, string name, string[] codes, int[] severities)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"a\": 1, /* c */ \"b\": 2,}", "file:///folder/" + name, languageId);
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(codes, set.Codes);
        Assert.Equal(severities, set.Diagnostics.Select(diagnostic => diagnostic!["severity"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_schema_that_allows_comments_overrules_the_language()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{ // comment\n \"maxAgents\": 3, }", languageId: "json");
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
    }

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("vscode-userdata:/User/profile/settings.json")]
    [InlineData("vscode-remote://wsl%2Bubuntu/home/x/any.json")]
    [InlineData("git:/folder/a.json?%7B%22ref%22%3A%22%22%7D")]
    [InlineData("not a uri at all")]
    public async Task Documents_may_have_any_address(string uri)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"a\": }", uri);
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(uri, set.Uri);
        Assert.Equal(["expected-value"], set.Codes);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"textDocument":{"publishDiagnostics":{"relatedInformation":true}}}""", true)]
    public async Task Related_places_are_told_to_clients_that_can_show_them(string capabilities, bool expected)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(capabilities);
        await session.OpenAsync("""{"maxAgents": 1, "maxAgents": 2}""");
        PublishedSet set = await session.NextSetAsync();
        Assert.Contains("duplicate-key", set.Codes);
        Assert.Equal(expected, set.Diagnostics.Any(diagnostic => diagnostic!["relatedInformation"] is JsonArray { Count: > 0 }));
    }

    [Fact]
    public async Task Findings_lead_to_the_line_of_the_schema_and_carry_facts_for_programs()
    {
        await using LspTestSession session = await LspTestSession.StartAsync("""{"textDocument":{"publishDiagnostics":{"relatedInformation":true}}}""");
        await session.OpenAsync("""{"maxAgents": 99}""");
        JsonNode finding = Assert.Single((await session.NextSetAsync()).Diagnostics)!;
        JsonNode data = finding["data"]!;
        Assert.Equal(
            ("/maxAgents", "/properties/maxAgents/maximum", "at most 50", "99", "[\"50\"]"),
            (data["path"]!.GetValue<string>(), data["schemaPointer"]!.GetValue<string>(), data["expected"]!.GetValue<string>(), data["actual"]!.GetValue<string>(), data["suggestions"]!.ToJsonString()));
        JsonNode related = Assert.Single(finding["relatedInformation"]!.AsArray())!;
        Assert.Equal(data["schemaUri"]!.GetValue<string>(), related["location"]!["uri"]!.GetValue<string>());
        Assert.Contains("`maximum`", related["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(related["location"]!["range"]!["start"]!["line"]!.GetValue<int>() > 0);
    }

    [Theory]
    [InlineData("utf-8", 9)]
    [InlineData("utf-16", 7)]
    [InlineData("utf-32", 6)]
    public async Task Columns_are_counted_as_negotiated(string encoding, int expected)
    {
        await using LspTestSession session = await LspTestSession.StartAsync($$$"""{"general":{"positionEncodings":["{{{encoding}}}"]}}""");
        await session.OpenAsync("""{/*😀*/"maxAgent": 1}""");
        JsonNode range = (await session.NextSetAsync()).Diagnostics[0]!["range"]!;
        Assert.Equal(expected, range["start"]!["character"]!.GetValue<int>());
    }
}
