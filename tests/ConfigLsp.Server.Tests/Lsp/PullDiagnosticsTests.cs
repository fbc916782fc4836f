using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class PullDiagnosticsTests
{
    private const string Pulls = """{"textDocument":{"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}}""";

    [Fact]
    public async Task A_client_that_pulls_gets_what_it_asks_for_and_nothing_pushed()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls);
        await session.OpenAsync("""{"maxAgents": 99}""");
        JsonNode report = await PullAsync(session);
        Assert.Equal("full", report["kind"]!.GetValue<string>());
        Assert.Equal("number-too-large", report["items"]![0]!["code"]!.GetValue<string>());
        await session.CloseAsync();
        await session.SettleAsync();
        Assert.Empty(session.Client.TakeReceived("textDocument/publishDiagnostics"));
    }

    [Fact]
    public async Task A_result_that_still_holds_is_not_sent_again()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls);
        await session.OpenAsync("""{"maxAgents": 99}""");
        string id = (await PullAsync(session))["resultId"]!.GetValue<string>();
        JsonNode again = await PullAsync(session, id);
        Assert.Equal("unchanged", again["kind"]!.GetValue<string>());
        Assert.Equal(id, again["resultId"]!.GetValue<string>());

        await session.ReplaceAsync(2, """{"maxAgents": 9}""");
        JsonNode changed = await PullAsync(session, id);
        Assert.Equal("full", changed["kind"]!.GetValue<string>());
        Assert.Empty(changed["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_version_number_of_a_document_opened_again_is_not_the_same_result()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls);
        await session.OpenAsync("""{"maxAgents": 99}""");
        string id = (await PullAsync(session))["resultId"]!.GetValue<string>();
        await session.CloseAsync();
        await session.OpenAsync("{}");
        Assert.Equal("full", (await PullAsync(session, id))["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_change_of_settings_asks_the_client_to_pull_again()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls, prepare: s => s.Client.Answer("workspace/diagnostic/refresh", _ => (JsonNode?)null));
        await session.OpenAsync("""{"maxAgents": 99}""");
        string id = (await PullAsync(session))["resultId"]!.GetValue<string>();
        await session.Client.NotifyAsync(
            "workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"severity":{"number-too-large":"off"}}}}"""));
        await session.Client.NextAsync("workspace/diagnostic/refresh");
        JsonNode report = await PullAsync(session, id);
        Assert.Equal("full", report["kind"]!.GetValue<string>());
        Assert.Empty(report["items"]!.AsArray());
    }

    [Fact]
    public async Task A_client_that_cannot_refresh_is_not_asked_to()
    {
        await using LspTestSession session = await LspTestSession.StartAsync("""{"textDocument":{"diagnostic":{}}}""");
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"maxProblems":5}}}"""));
        await session.SettleAsync();
        Assert.Empty(session.Client.TakeReceived("workspace/diagnostic/refresh"));
    }

    [Fact]
    public async Task A_document_that_is_not_open_has_no_findings()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls);
        JsonNode report = await PullAsync(session);
        Assert.Equal("full", report["kind"]!.GetValue<string>());
        Assert.Empty(report["items"]!.AsArray());
    }

    private static async Task<JsonNode> PullAsync(LspTestSession session, string? previous = null)
    {
        var parameters = new JsonObject { ["textDocument"] = LspTestSession.Identifier(LspTestSession.SettingsUri) };
        if (previous is not null)
            parameters["previousResultId"] = previous;
        return (await session.Client.RequestAsync("textDocument/diagnostic", parameters))!;
    }
}
