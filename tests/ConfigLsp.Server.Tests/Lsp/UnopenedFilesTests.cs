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
    public async Task A_file_that_is_gone_or_open_loses_its_findings()
    {
        await using LspTestSession session = await StartAsync(Pulling);
        JsonNode first = (await PullAsync(session))[0]!;
        await session.OpenAsync("{}", Other);
        JsonNode second = Assert.Single(await PullAsync(session, (Other, Text(first, "resultId"))))!;
        Assert.Equal("full", Text(second, "kind"));
        Assert.Empty(second["items"]!.AsArray());
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

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
