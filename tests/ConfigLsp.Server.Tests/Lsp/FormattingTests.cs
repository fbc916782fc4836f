using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class FormattingTests
{
    private const string Dynamic = """{"textDocument":{"rangeFormatting":{"dynamicRegistration":true}}}""";

    [Theory]
    [InlineData("{}", "null", true)]
    [InlineData("{}", """{"provideFormatter":true}""", true)]
    [InlineData("{}", """{"provideFormatter":false}""", false)]
    [InlineData(Dynamic, """{"provideFormatter":true}""", true)]
    [InlineData(Dynamic, "null", false)]
    public async Task Formatting_is_offered_as_the_client_decides(string capabilities, string options, bool isOffered)
    {
        await using var session = new LspTestSession();
        JsonNode offered = (await session.InitializeAsync(capabilities, options))["capabilities"]!;
        Assert.Equal(isOffered, offered["documentFormattingProvider"]?.GetValue<bool>() ?? false);
        Assert.Equal(isOffered, offered["documentRangeFormattingProvider"] is not null);
        Assert.Equal(isOffered ? "}" : null, offered["documentOnTypeFormattingProvider"]?["firstTriggerCharacter"]?.GetValue<string>());
    }

    [Fact]
    public async Task Formatting_comes_and_goes_with_the_setting_where_the_client_lets_it()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Dynamic);
        JsonNode registered = (await session.Client.NextAsync("client/registerCapability"))!;
        Assert.Equal(
            ["textDocument/formatting", "textDocument/rangeFormatting", "textDocument/onTypeFormatting"],
            registered["registrations"]!.AsArray().Select(one => one!["method"]!.GetValue<string>()));
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"json":{"format":{"enable":false}}}}"""));
        JsonNode unregistered = (await session.Client.NextAsync("client/unregisterCapability"))!;
        Assert.Equal(3, unregistered["unregisterations"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_document_a_range_and_what_is_typed_are_formatted()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"a\":1,\n\"b\" :\"😀\",\"c\":2}");
        JsonArray edits = await EditsAsync(session, "textDocument/formatting", "{}");
        Assert.Equal(["\n  ", " ", "  ", "", " ", "\n  ", " ", "\n"], Texts(edits));
        edits = await EditsAsync(session, "textDocument/rangeFormatting", """{"range":{"start":{"line":1,"character":0},"end":{"line":1,"character":6}}}""");
        Assert.Equal(["", " "], Texts(edits));
        edits = await EditsAsync(session, "textDocument/onTypeFormatting", """{"position":{"line":1,"character":10},"ch":","}""");
        Assert.Equal(["  ", "", " "], Texts(edits));
        edits = await EditsAsync(
            session, "textDocument/rangesFormatting",
            """{"ranges":[{"start":{"line":1,"character":0},"end":{"line":1,"character":6}},{"start":{"line":1,"character":0},"end":{"line":1,"character":5}}]}""");
        Assert.Equal(["", " "], Texts(edits));
    }

    [Fact]
    public async Task Settings_switch_formatting_off_and_keep_lines()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"a\":1}");
        foreach (string settings in new[] { """{"json":{"keepLines":{"enable":true}}}""", """{"json":{"format":{"keepLines":true}}}""" })
        {
            await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse(settings) });
            Assert.Equal([" ", " ", " "], Texts(await EditsAsync(session, "textDocument/formatting", "{}")));
        }

        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"json":{"format":{"enable":false}}}}"""));
        Assert.Empty(await EditsAsync(session, "textDocument/formatting", "{}"));
    }

    [Fact]
    public async Task Many_edits_become_one_where_the_client_asks_for_that()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            options: """{"provideFormatter":true,"customCapabilities":{"rangeFormatting":{"editLimit":2}}}""");
        await session.OpenAsync("{\"a\":1,\"b\":2}\n");
        JsonNode edit = Assert.Single(await EditsAsync(session, "textDocument/formatting", "{}"))!;
        Assert.Equal("\n  \"a\": 1,\n  \"b\": 2\n", edit["newText"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"tabSize":"wide","insertSpaces":1}""")]
    [InlineData("""{"tabSize":-4000000000}""")]
    public async Task Options_of_other_types_count_as_not_given(string options)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\"a\":1}");
        var parameters = new JsonObject { ["textDocument"] = LspTestSession.Identifier(LspTestSession.SettingsUri), ["options"] = JsonNode.Parse(options) };
        Assert.Equal(["\n    ", " ", "\n"], Texts((await session.Client.RequestAsync("textDocument/formatting", parameters))!.AsArray()));
    }

    private static async Task<JsonArray> EditsAsync(LspTestSession session, string method, string parameters)
    {
        JsonObject asked = JsonNode.Parse(parameters)!.AsObject();
        asked["textDocument"] = LspTestSession.Identifier(LspTestSession.SettingsUri);
        asked["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true };
        return (await session.Client.RequestAsync(method, asked))!.AsArray();
    }

    private static IEnumerable<string> Texts(JsonArray edits) => edits.Select(edit => edit!["newText"]!.GetValue<string>());
}
