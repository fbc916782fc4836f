using System.Text.Json.Nodes;
using ConfigLsp.Server.Lsp;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Asked_to_stop_before_the_client_is_reached_the_server_ends_in_order()
    {
        using var folder = new TemporaryFolder();
        var options = new LspServerOptions { Transport = new LspTransport.Pipe(folder.PathTo("nobody.sock")), LogFile = folder.PathTo("server.log") };
        Assert.Equal(0, await LspServer.RunAsync(options, EditorConfiguration.FromProcess(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("configlsp/health")]
    [InlineData("shutdown")]
    public async Task A_request_before_initialize_is_refused(string method)
    {
        await using var session = new LspTestSession();
        Assert.Equal(RpcErrorCodes.ServerNotInitialized, await session.Client.FailAsync(method, new JsonObject()));
    }

    [Fact]
    public async Task A_second_initialize_is_refused()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        Assert.Equal(RpcErrorCodes.InvalidRequest, await session.Client.FailAsync("initialize", new JsonObject { ["capabilities"] = new JsonObject() }));
    }

    [Fact]
    public async Task After_shutdown_requests_are_refused_and_exit_ends_the_session()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        Assert.Null(await session.Client.RequestAsync("shutdown", null));
        Assert.Equal(RpcErrorCodes.InvalidRequest, await session.Client.FailAsync("configlsp/ping", null));
        await session.Client.NotifyAsync("exit", null);
        Assert.Equal(RpcCloseReason.Exit, (await session.Closed).Reason);
        Assert.True(session.IsShutDown);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_session_without_shutdown()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        session.Client.EndInput();
        Assert.Equal(RpcCloseReason.EndOfInput, (await session.Closed).Reason);
        Assert.False(session.IsShutDown);
    }

    [Fact]
    public async Task The_end_of_the_clients_process_ends_the_session()
    {
        await using var session = new LspTestSession();
        // No process can have this id.
        await session.Client.RequestAsync("initialize", new JsonObject { ["processId"] = int.MaxValue, ["capabilities"] = new JsonObject() });
        Assert.Equal(RpcCloseReason.Stopped, (await session.Closed.WaitAsync(TimeSpan.FromSeconds(30))).Reason);
    }

    [Theory]
    [InlineData("{}", "utf-16")]
    [InlineData("""{"general":{"positionEncodings":["utf-16"]}}""", "utf-16")]
    [InlineData("""{"general":{"positionEncodings":["utf-16","utf-8"]}}""", "utf-8")]
    [InlineData("""{"general":{"positionEncodings":["utf-32","utf-16"]}}""", "utf-16")]
    [InlineData("""{"general":{"positionEncodings":["utf-32"]}}""", "utf-32")]
    [InlineData("""{"general":{"positionEncodings":"utf-8"}}""", "utf-16")]
    [InlineData("""{"general":{"positionEncodings":["utf-7",5]}}""", "utf-16")]
    public async Task The_position_encoding_is_negotiated(string capabilities, string expected)
    {
        await using var session = new LspTestSession();
        JsonNode result = await session.InitializeAsync(capabilities);
        Assert.Equal(expected, result["capabilities"]!["positionEncoding"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_server_names_itself()
    {
        await using var session = new LspTestSession();
        JsonNode info = (await session.InitializeAsync())["serverInfo"]!;
        Assert.Equal("configlsp", info["name"]!.GetValue<string>());
        Assert.Matches(@"^\d+\.\d+\.\d+", info["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_capability_is_answered_and_nothing_else_is_declared()
    {
        await using var session = new LspTestSession();
        var capabilities = (JsonObject)(await session.InitializeAsync("""{"textDocument":{"diagnostic":{}}}"""))["capabilities"]!;
        await session.Client.NotifyAsync("initialized", new JsonObject());
        Assert.Equal(
            [
                "colorProvider", "completionProvider", "definitionProvider", "diagnosticProvider", "documentFormattingProvider",
                "documentHighlightProvider", "documentLinkProvider", "documentOnTypeFormattingProvider", "documentRangeFormattingProvider",
                "documentSymbolProvider", "foldingRangeProvider", "hoverProvider", "inlayHintProvider", "positionEncoding", "referencesProvider",
                "renameProvider", "selectionRangeProvider", "semanticTokensProvider", "textDocumentSync", "typeDefinitionProvider", "workspace",
                "workspaceSymbolProvider",
            ],
            capabilities.Select(member => member.Key).Order(StringComparer.Ordinal));
        foreach (string method in new[] { "textDocument/hover", "textDocument/completion", "textDocument/documentSymbol", "textDocument/diagnostic" })
            await session.Client.RequestAsync(method, LspTestSession.At(0, 0));
    }

    [Fact]
    public async Task A_client_that_forgets_initialized_is_served()
    {
        await using var session = new LspTestSession();
        await session.InitializeAsync();
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(["number-too-large"], (await session.NextSetAsync()).Codes);
    }

    [Theory]
    [InlineData("""{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}""", "workspace/didChangeWatchedFiles")]
    [InlineData("""{"workspace":{"didChangeConfiguration":{"dynamicRegistration":true}}}""", "workspace/didChangeConfiguration")]
    public async Task What_the_client_can_register_is_registered(string capabilities, string method)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(capabilities);
        JsonNode registrations = (await session.Client.NextAsync("client/registerCapability"))!["registrations"]!;
        Assert.Equal([method], registrations.AsArray().Select(registration => registration!["method"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Trace_messages_are_tolerated()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.Client.NotifyAsync("$/setTrace", new JsonObject { ["value"] = "verbose" });
        await session.Client.NotifyAsync("$/logTrace", new JsonObject { ["message"] = "x" });
        await session.SettleAsync();
    }
}
