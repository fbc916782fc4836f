using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class HostileParamsTests
{
    private static readonly string[] Requests =
    [
        "initialize", "textDocument/hover", "textDocument/completion", "textDocument/documentSymbol", "textDocument/diagnostic", "json/validate",
        "json/validateContent", "json/languageStatus", "configlsp/health", "configlsp/isSettingsFile",
    ];

    private static readonly string[] Notifications =
    [
        "initialized", "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles", "workspace/didChangeWorkspaceFolders", "json/schemaAssociations", "json/schemaContent", "$/setTrace",
    ];

    private static readonly string[] Params =
    [
        "null", "[]", "[null]", "[[]]", "{}", "5", "\"text\"", "[1,2,3]", "{\"textDocument\":null}", "{\"textDocument\":{\"uri\":5}}",
        "{\"textDocument\":{\"uri\":\"\"},\"position\":{\"line\":-1,\"character\":99999999999}}",
        "{\"textDocument\":{\"uri\":\"file:///x\",\"languageId\":null,\"version\":1,\"text\":null}}",
        "{\"textDocument\":{\"uri\":\"\\u0000\",\"version\":\"1\"},\"contentChanges\":[{\"text\":7}]}",
        "{\"textDocument\":{\"uri\":\"file:///x\"},\"contentChanges\":[null,{\"range\":{\"start\":{}},\"text\":\"\"}]}",
        "{\"changes\":[{\"uri\":\"::::\",\"type\":77},null]}", "{\"event\":{\"added\":[{\"uri\":\"%%%\"},{}],\"removed\":5}}",
        "{\"event\":{\"added\":[{\"uri\":\"%%%\"}]}}", "{\"settings\":[1]}", "{\"settings\":{\"json\":[],\"http\":5,\"configlsp\":\"x\"}}",
        "{\"settings\":{\"json\":{\"schemas\":[5,{\"fileMatch\":7},{\"fileMatch\":[\"[\"],\"url\":\"\\u0000\"}]}}}",
        "{\"schemaUri\":\"\",\"content\":\"{\"}", "{\"kind\":\"everything\"}", "{\"uri\":\"..\"}", "{\"capabilities\":5}",
        "[{\"fileMatch\":[\"**\"],\"uri\":\"http://127.0.0.1:1/x\"}]",
    ];

    [Fact]
    public async Task Whatever_the_parameters_are_every_request_is_answered_and_the_server_lives()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        foreach (string parameters in Params)
        {
            foreach (string method in Notifications)
                await session.Client.NotifyAsync(method, JsonNode.Parse(parameters));
            foreach (string method in Requests)
            {
                JsonObject reply = await session.Client.AskAsync(method, JsonNode.Parse(parameters));
                // A bug would be answered with InternalError.
                Assert.NotEqual(RpcErrorCodes.InternalError, reply["error"]?["code"]?.GetValue<int>());
            }
        }

        // The last parameters were an association that is meant as it stands.
        await session.Client.NotifyAsync("json/schemaAssociations", new JsonArray());
        await session.OpenAsync("""{"maxAgents": 99}""");
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (set.Uri != LspTestSession.SettingsUri);
        Assert.Contains("number-too-large", set.Codes);
    }

    [Theory]
    [InlineData("4294967295")]
    [InlineData("9007199254740991")]
    [InlineData("1.7976931348623157e308")]
    public async Task A_position_beyond_all_numbers_is_the_end_of_the_text(string number)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"logLevel": "info"}""");
        JsonNode change = JsonNode.Parse($$$"""{"range":{"start":{"line":0,"character":0},"end":{"line":{{{number}}},"character":{{{number}}}}},"text":"{\"maxAgents\": 99}"}""")!;
        await session.ChangeAsync(2, LspTestSession.SettingsUri, change);
        Assert.Equal(["number-too-large"], (await session.SetOfVersionAsync(2)).Codes);
    }

    [Fact]
    public async Task After_a_change_that_cannot_be_read_nothing_is_said_about_a_text_that_nobody_has()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"maxAgents": 99}""");
        await session.SetOfVersionAsync(1);
        await session.ChangeAsync(2, LspTestSession.SettingsUri, new JsonObject { ["range"] = new JsonObject { ["start"] = 5 }, ["text"] = "x" });
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
        await session.ChangeAsync(3, LspTestSession.SettingsUri, JsonNode.Parse("""{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"{ "}""")!);
        Assert.Null(await session.Client.RequestAsync("textDocument/hover", LspTestSession.At(0, 4)));
        await session.OpenAsync("""{"maxAgents": 98}""", version: 4);
        Assert.Equal(["number-too-large"], (await session.SetOfVersionAsync(4)).Codes);
    }

    [Theory]
    [InlineData("""{"capabilities":{"textDocument":5,"workspace":[],"general":null}}""")]
    [InlineData("""{"processId":"12","capabilities":null,"initializationOptions":7,"workspaceFolders":null}""")]
    [InlineData("""{"rootUri":"::","rootPath":"relative","workspaceFolders":[{"uri":"x"}]}""")]
    [InlineData("""{"capabilities":{"textDocument":{"hover":true,"completion":{"completionItem":1}}},"initializationOptions":{"handledSchemaProtocols":"file","configlsp":[]}}""")]
    public async Task A_client_that_says_odd_things_about_itself_is_served(string initialize)
    {
        await using var session = new LspTestSession();
        await session.Client.RequestAsync("initialize", JsonNode.Parse(initialize));
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(["number-too-large"], (await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task A_bug_in_a_handler_is_answered_and_shown_by_health()
    {
        await using LspTestSession session = await LspTestSession.StartAsync("""{"textDocument": {"diagnostic": {}}}""", files: new BrokenFileSystem());
        JsonObject reply = await session.Client.AskAsync("configlsp/isSettingsFile", new JsonObject { ["uri"] = "file:///folder/config/default.json" });
        Assert.Equal(RpcErrorCodes.InternalError, reply["error"]!["code"]!.GetValue<int>());
        Assert.Contains("configlsp/isSettingsFile", (await session.Client.NextAsync("window/logMessage"))!["message"]!.GetValue<string>());
        JsonNode health = (await session.Client.RequestAsync("configlsp/health", null))!;
        Assert.NotEqual("healthy", health["status"]!.GetValue<string>());
        JsonNode errors = health["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == "errors")!;
        Assert.Contains("configlsp/isSettingsFile", errors["details"]!["lastError"]!.GetValue<string>());
        Assert.NotNull(errors["advice"]);
    }

    /// <summary>Asked for facts about a file, it throws what no file system may throw.</summary>
    private sealed class BrokenFileSystem : IFileSystem
    {
        private readonly InMemoryFileSystem _inner = new();

        public bool IsCaseSensitive => true;

        public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken) => _inner.ReadFile(path, maxLength, cancellationToken);

        public FileResult<FileStatus> GetStatus(string path) => throw new InvalidTimeZoneException("broken");

        public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path) => _inner.EnumerateDirectory(path);

        public FileResult<string> ResolveRealPath(string path) => _inner.ResolveRealPath(path);
    }
}
