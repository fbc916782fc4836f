using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class UnopenedFilesTests
{
    private const string Pulling = """{"textDocument": {"diagnostic": {}}}""";

    private const string Other = "file:///folder/.nofx/settings.local.json";

    [Fact]
    public async Task Files_that_are_not_open_are_checked_when_the_client_pulls()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonArray items = await PullAsync(session);
        JsonNode report = Assert.Single(items)!;
        Assert.Equal((Other, "full"), (Text(report, "uri"), Text(report, "kind")));
        Assert.True(report.AsObject().ContainsKey("version"));
        Assert.Equal("number-too-large", Text(report["items"]![0]!, "code"));
    }

    [Fact]
    public async Task A_pull_that_knows_everything_waits_for_news()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonNode first = (await PullAsync(session))[0]!;
        Task<JsonArray> waiting = PullAsync(session, (Other, Text(first, "resultId")));
        await session.SettleAsync();
        Assert.False(waiting.IsCompleted);
        session.Files.Write("/folder/.nofx/settings.local.json", """{"maxAgents": 5}""");
        await ChangedAsync(session, Other);
        JsonNode second = Assert.Single(await waiting)!;
        Assert.Empty(second["items"]!.AsArray());
        Assert.NotEqual(Text(first, "resultId"), Text(second, "resultId"));
    }

    [Fact]
    public async Task A_pull_that_waits_does_not_keep_the_session()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonNode first = (await PullAsync(session))[0]!;
        Task<JsonArray> waiting = PullAsync(session, (Other, Text(first, "resultId")));
        await session.Client.RequestAsync("shutdown", null);
        Assert.Equal("unchanged", Text((await waiting)[0]!, "kind"));
    }

    [Fact]
    public async Task The_server_says_that_it_answers_for_the_workspace()
    {
        await using var session = new LspTestSession();
        JsonNode provider = (await session.InitializeAsync(Pulling))["capabilities"]!["diagnosticProvider"]!;
        Assert.Equal(("configlsp", true, true), (Text(provider, "identifier"), Flag("workspaceDiagnostics"), Flag("interFileDependencies")));
        bool Flag(string name) => provider[name]!.GetValue<bool>();
    }

    [Fact]
    public async Task A_file_that_is_gone_loses_its_findings()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonNode first = (await PullAsync(session))[0]!;
        Task<JsonArray> waiting = PullAsync(session, (Other, Text(first, "resultId")));
        session.Files.Delete("/folder/.nofx/settings.local.json");
        await ChangedAsync(session, Other);
        JsonNode second = AssertEmpty(await waiting);
        waiting = PullAsync(session, (Other, Text(second, "resultId")));
        await session.SettleAsync();
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Of_a_file_that_is_open_nothing_is_said()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonNode first = (await PullAsync(session))[0]!;
        Task<JsonArray> waiting = PullAsync(session, (Other, Text(first, "resultId")));
        await session.OpenAsync("""{"maxAgents": "text"}""", Other);
        JsonNode open = (await session.Client.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = LspTestSession.Identifier(Other) }))!;
        // VS Code names the result of the document once it has one.
        Task<JsonArray> next = PullAsync(session, (Other, Text(open, "resultId")));
        await session.SettleAsync();
        Assert.False(waiting.IsCompleted);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task What_holds_for_the_file_of_a_closed_document_is_told_also_where_it_was_told_before()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        string id = Text((await PullAsync(session))[0]!, "resultId");
        Task<JsonArray> waiting = PullAsync(session, (Other, id));
        await session.OpenAsync("""{"never": "saved"}""", Other);
        await session.CloseAsync(Other);
        for (int i = 0; i < 2; i++)
        {
            JsonNode report = Assert.Single(await waiting)!;
            Assert.Equal(("full", id), (Text(report, "kind"), Text(report, "resultId")));
            waiting = PullAsync(session, (Other, id));
        }

        await session.SettleAsync();
        Assert.False(waiting.IsCompleted);
    }

    [Theory]
    [InlineData("file:///folder/.nofx/settings.local.json")]
    [InlineData("file:///elsewhere/settings.json")]
    [InlineData("other:/settings.json")]
    public async Task A_closed_document_without_a_file_of_the_workspace_loses_its_findings(string uri)
    {
        await using LspTestSession session = await StartAsync(Pulling);
        string id = Text((await PullAsync(session))[0]!, "resultId");
        await session.OpenAsync("""{"maxAgents": 99}""", uri);
        session.Files.Delete("/folder/.nofx/settings.local.json");
        await ChangedAsync(session, Other);
        await session.CloseAsync(uri);
        JsonArray items = await PullAsync(session, (Other, id));
        AssertEmpty([.. items.Where(item => Text(item!, "uri") == uri).Select(static item => item!.DeepClone())]);
    }

    [Fact]
    public async Task Findings_come_in_parts_to_a_client_that_takes_them()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulling, prepare: static s =>
        {
            for (int i = 0; i < 60; i++)
                s.Files.Write($"/folder/p{i:00}/.nofx/settings.json", """{"maxAgents": 99}""");
        });
        JsonNode answer = (await session.Client.RequestAsync(
            "workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray(), ["partialResultToken"] = "t" }))!;
        JsonNode progress = (await session.Client.NextAsync("$/progress"))!;
        Assert.Equal("t", Text(progress, "token"));
        Assert.Equal(60, progress["value"]!["items"]!.AsArray().Count + answer["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Files_that_are_not_open_are_pushed_to_a_client_that_does_not_pull()
    {
        await using LspTestSession session = await StartAsync("{}");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal((Other, (int?)null), (set.Uri, set.Version));
        Assert.Equal(["number-too-large"], set.Codes);
        session.Files.Write("/folder/.nofx/settings.local.json", """{"maxAgents": 5}""");
        await ChangedAsync(session, Other);
        Assert.Empty((await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task Findings_of_files_that_are_not_open_can_be_switched_off()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        await session.Client.NotifyAsync(
            "workspace/didChangeConfiguration", JsonNode.Parse("""{"settings": {"configlsp": {"validate": {"workspace": false}}}}"""));
        Assert.Empty(await PullAsync(session));
    }

    [Fact]
    public async Task Keys_of_all_settings_files_are_found_open_or_not()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        session.Files.Write("/folder/.nofx/settings.json", """{"logLevel": "info"}""");
        await session.OpenAsync("""{"agent": {"maxDepth": 3}}""");
        JsonArray found = (await session.Client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "max" }))!.AsArray();
        Assert.Equal(
            [("maxAgents", ".nofx/settings.local.json"), ("agent.maxDepth", ".nofx/settings.json")],
            found.Select(symbol => (Text(symbol!, "name"), Text(symbol!, "containerName"))));
        Assert.Equal(Other, Text(found[0]!["location"]!, "uri"));
        await session.CloseAsync();
        Assert.Single((await session.Client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "loglevel" }))!.AsArray());
    }

    private static Task<LspTestSession> StartAsync(string capabilities) => LspTestSession.StartAsync(
        capabilities, prepare: static session => session.Files.Write("/folder/.nofx/settings.local.json", """{"maxAgents": 99}"""));

    private static async Task<JsonArray> PullAsync(LspTestSession session, params (string Uri, string Id)[] known) => (await session.Client.RequestAsync(
        "workspace/diagnostic",
        new JsonObject { ["previousResultIds"] = new JsonArray([.. known.Select(k => new JsonObject { ["uri"] = k.Uri, ["value"] = k.Id })]) }))!["items"]!.AsArray();

    private static Task ChangedAsync(LspTestSession session, string uri) => session.Client.NotifyAsync(
        "workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = 2 }) });

    private static JsonNode AssertEmpty(JsonArray items)
    {
        JsonNode report = Assert.Single(items)!;
        Assert.Equal("full", Text(report, "kind"));
        Assert.Empty(report["items"]!.AsArray());
        return report;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
