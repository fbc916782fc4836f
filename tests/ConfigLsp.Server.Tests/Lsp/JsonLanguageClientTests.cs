using System.Text.Json.Nodes;
using ConfigLsp.Server.Lsp.Settings;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>Plays a client that was written for VS Code's JSON language server.</summary>
public sealed class JsonLanguageClientTests
{
    private const string Options = """{"handledSchemaProtocols":["file"],"provideFormatter":false,"customCapabilities":{"rangeFormatting":{"editLimit":10000}}}""";
    private const string SchemaUri = "vscode://schemas/thing";
    private const string File = "file:///folder/thing.json";

    [Fact]
    public async Task Schemas_pushed_in_settings_are_read_from_the_client()
    {
        await using LspTestSession session = await StartAsync("""{"properties":{"a":{"type":"string"}}}""");
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse($$$$"""
            {"settings":{"json":{"validate":{"enable":true},"format":{"enable":true},"schemas":[{"fileMatch":["/thing.json"],"url":"{{{{SchemaUri}}}}"}],"resultLimit":5001},
            "http":{"proxy":"","proxyStrictSSL":true}}}
            """));
        await session.OpenAsync("""{"a": 1}""", File, "json");
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
        Assert.Equal(SchemaUri, (await session.Client.NextAsync("vscode/content"))!.GetValue<string>());
    }

    [Theory]
    [InlineData("""[[{"fileMatch":["thing.json"],"uri":"vscode://schemas/thing"}]]""")]
    [InlineData("""[{"fileMatch":["thing.json"],"uri":"vscode://schemas/thing"}]""")]
    [InlineData("""{"thing.json":["vscode://schemas/thing"]}""")]
    [InlineData("""[{"thing.json":["vscode://schemas/thing"]}]""")]
    public async Task Associations_arrive_in_every_form(string associations)
    {
        await using LspTestSession session = await StartAsync("""{"properties":{"a":{"type":"string"}}}""");
        await session.Client.NotifyAsync("json/schemaAssociations", JsonNode.Parse(associations));
        await session.OpenAsync("""{"a": 1}""", File, "json");
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
    }

    [Theory]
    [InlineData("\"vscode://schemas/thing\"")]
    [InlineData("[\"vscode://schemas/thing\"]")]
    [InlineData("[[\"vscode://schemas/thing\",\"vscode://schemas/other\"]]")]
    public async Task Changed_schema_content_is_asked_for_again(string parameters)
    {
        string schema = """{"properties":{"a":{"type":"string"}}}""";
        await using LspTestSession session = await LspTestSession.StartAsync(
            options: Options, prepare: s => s.Client.Answer("vscode/content", _ => (JsonNode?)JsonValue.Create(schema)));
        await session.OpenAsync($$"""{"$schema": "{{SchemaUri}}", "a": 1}""", File, "json");
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
        schema = """{"properties":{"a":{"type":"number"}}}""";
        await session.Client.NotifyAsync("json/schemaContent", JsonNode.Parse(parameters));
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
    }

    [Fact]
    public async Task Findings_of_a_document_are_given_when_asked_for()
    {
        await using LspTestSession session = await StartAsync("{}");
        await session.OpenAsync("[1,]", File, "json");
        foreach (JsonNode parameters in new JsonNode[] { JsonValue.Create(File)!, new JsonArray(File) })
        {
            JsonNode findings = (await session.Client.RequestAsync("json/validate", parameters))!;
            Assert.Equal("trailing-comma", findings[0]!["code"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Text_that_is_in_no_document_is_checked_against_a_schema_by_address()
    {
        await using LspTestSession session = await StartAsync("""{"type":"object","required":["name"]}""");
        var parameters = new JsonObject { ["schemaUri"] = SchemaUri, ["content"] = "{}" };
        JsonNode findings = (await session.Client.RequestAsync("json/validateContent", parameters))!;
        Assert.Equal(["missing-key"], findings.AsArray().Select(finding => finding!["code"]!.GetValue<string>()));
        JsonNode byPosition = (await session.Client.RequestAsync("json/validateContent", new JsonArray(parameters.DeepClone())))!;
        Assert.Equal(findings.ToJsonString(), byPosition.ToJsonString());
    }

    [Fact]
    public async Task The_schemas_of_a_document_are_told()
    {
        await using LspTestSession session = await StartAsync("{}");
        await session.OpenAsync($$"""{"$schema": "{{SchemaUri}}"}""", File, "json");
        foreach (JsonNode parameters in new JsonNode[] { JsonValue.Create(File)!, new JsonArray(File) })
        {
            JsonNode status = (await session.Client.RequestAsync("json/languageStatus", parameters))!;
            Assert.Equal([SchemaUri], status["schemas"]!.AsArray().Select(uri => uri!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_schema_that_the_client_does_not_have_is_said_in_the_document_with_the_reason()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            options: Options, prepare: s => s.Client.Answer("vscode/content", new Func<JsonNode?, JsonNode?>(_ => throw new InvalidOperationException("no such thing"))));
        await session.OpenAsync($$"""{"$schema": "{{SchemaUri}}"}""", File, "json");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(["schema-not-loaded"], set.Codes);
        Assert.Contains("no such thing", set.Diagnostics[0]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_that_never_answers_is_said_in_the_document_and_in_the_health()
    {
        var time = new FakeTimeProvider();
        await using LspTestSession session = await LspTestSession.StartAsync(
            """{"textDocument":{"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}}""",
            Options,
            s =>
            {
                s.Client.Answer("vscode/content", _ => new TaskCompletionSource<JsonNode?>().Task);
                s.Client.Answer("workspace/diagnostic/refresh", _ => (JsonNode?)null);
            },
            time);
        await session.OpenAsync($$"""{"$schema": "{{SchemaUri}}"}""", File, "json");
        var identifier = new JsonObject { ["textDocument"] = LspTestSession.Identifier(File) };
        Task<JsonNode?> first = session.Client.RequestAsync("textDocument/diagnostic", identifier);
        await session.Client.NextAsync("vscode/content");
        // Enough for all that waits: the caller, and the question itself.
        await time.WaitForTimerAsync(SettingsReadiness.LongestWait);
        time.Advance(ClientContentSource.LongestWait);
        JsonNode report = (await first)!;
        if (report["items"]!.AsArray().Count == 0)
        {
            // The caller's own wait ended before the question's; the client is told when there is more to know.
            await session.Client.NextAsync("workspace/diagnostic/refresh");
            report = (await session.Client.RequestAsync("textDocument/diagnostic", identifier.DeepClone()))!;
        }

        JsonNode finding = Assert.Single(report["items"]!.AsArray())!;
        Assert.Equal("schema-not-loaded", finding["code"]!.GetValue<string>());
        Assert.Contains("did not answer within 10 s", finding["message"]!.GetValue<string>(), StringComparison.Ordinal);
        JsonNode health = (await session.Client.RequestAsync("configlsp/health", null))!["checks"]![2]!;
        Assert.Equal("thing: the editor did not answer within 10 s", health["details"]!["failure1"]!.GetValue<string>());
    }

    [Fact]
    public async Task Validation_can_be_switched_off()
    {
        await using LspTestSession session = await StartAsync("{}");
        await session.OpenAsync("[,]", File, "json");
        Assert.NotEmpty((await session.NextSetAsync()).Diagnostics);
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"json":{"validate":{"enable":false}}}}"""));
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
    }

    private static Task<LspTestSession> StartAsync(string schema) => LspTestSession.StartAsync(
        options: Options, prepare: session => session.Client.Answer("vscode/content", _ => (JsonNode?)JsonValue.Create(schema)));
}
