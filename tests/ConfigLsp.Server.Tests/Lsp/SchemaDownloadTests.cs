using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Testing;
using ConfigLsp.Testing.Http;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>Schemas of http addresses, and schemas that are open themselves, as an editor sees them.</summary>
public sealed class SchemaDownloadTests : IAsyncDisposable
{
    private const string ThingUri = "file:///folder/thing.json";
    private const string Numbers = """{"properties":{"a":{"type":"number"}}}""";

    private readonly FaultServer _server = new();
    private readonly TemporaryFolder _folder = new();

    private string Using => $$"""{"$schema": "{{_server.At("/s.json")}}", "a": "x"}""";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_trusted_schema_is_downloaded_and_serves_the_next_session_without_network()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await using (LspTestSession online = await StartAsync(Trusting()))
        {
            await online.OpenAsync(Using, ThingUri);
            Assert.Equal(["type-mismatch"], (await UntilAsync(online, "type-mismatch")).Codes);
        }

        _server.Respond("/s.json", FaultResponses.ResetInHeaders());
        await using LspTestSession offline = await StartAsync(Trusting());
        await offline.OpenAsync(Using, ThingUri);
        Assert.Equal(["type-mismatch"], (await UntilAsync(offline, "type-mismatch")).Codes);

        JsonNode schemas = (await offline.Client.RequestAsync("configlsp/health", null))!["checks"]![2]!;
        Assert.Equal("healthy", schemas["status"]!.GetValue<string>());
        Assert.StartsWith("s.json: from the copy that was downloaded 20", schemas["details"]!["schema1"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_trusted_is_not_asked_and_the_setting_that_helps_is_named_and_helps()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await using LspTestSession session = await StartAsync("{}");
        await session.OpenAsync(Using, ThingUri);
        PublishedSet set = await UntilAsync(session, "schema-not-loaded");
        Assert.Equal(["schema-not-loaded"], set.Codes);
        Assert.Contains($"Add \"{_server.At("/")}\": true to `json.schemaDownload.trustedDomains`", set.Diagnostics[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, _server.UnseenRequests);
        JsonNode schemas = (await session.Client.RequestAsync("configlsp/health", null))!["checks"]![2]!;
        Assert.Equal("s.json: its host is not among the trusted ones", schemas["details"]!["failure1"]!.GetValue<string>());

        await PushAsync(session, Trusting());
        Assert.Equal(["type-mismatch"], (await UntilAsync(session, "type-mismatch")).Codes);
    }

    [Fact]
    public async Task A_workspace_that_is_not_trusted_makes_nobody_download()
    {
        _server.Respond("/s.json", FaultResponses.Ok(Numbers));
        await using LspTestSession session = await StartAsync(Trusting(), """{"configlsp":{"trust":false}}""");
        await session.OpenAsync(Using, ThingUri);
        Assert.Contains("is not trusted", (await UntilAsync(session, "schema-not-loaded")).Diagnostics[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task A_protocol_that_the_client_handles_is_the_clients()
    {
        await using LspTestSession session = await StartAsync(
            Trusting(), """{"handledSchemaProtocols":["file"]}""", s => s.Client.Answer("vscode/content", _ => JsonValue.Create(Numbers)));
        await session.OpenAsync(Using, ThingUri);
        Assert.Equal(["type-mismatch"], (await UntilAsync(session, "type-mismatch")).Codes);
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task A_schema_that_is_edited_checks_what_uses_it_through_references_before_it_is_saved()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files
            .Write("/folder/s.json", """{"properties":{"a":{"$ref":"t.json"}}}""")
            .Write("/folder/t.json", """{"type":"string"}"""));
        await session.OpenAsync("""{"$schema": "./s.json", "a": "x"}""", ThingUri);
        Assert.Empty((await NextOfThingAsync(session)).Codes);

        const string Referred = "file:///folder/t.json";
        // That it is open makes no difference as long as it is as on the disk, and what is the same is not published again.
        await session.OpenAsync("""{"type":"string"}""", Referred, "json");
        await session.ReplaceAsync(2, """{"type":"number"}""", Referred);
        Assert.Equal(["type-mismatch"], (await NextOfThingAsync(session)).Codes);

        // Closed without saving, the file counts again.
        await session.CloseAsync(Referred);
        Assert.Empty((await NextOfThingAsync(session)).Codes);
    }

    private static async Task<PublishedSet> NextOfThingAsync(LspTestSession session)
    {
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (set.Uri != ThingUri);
        return set;
    }

    /// <summary>Sets that come before settings or schemas are there may be without the finding.</summary>
    private static async Task<PublishedSet> UntilAsync(LspTestSession session, string code)
    {
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (!set.Codes.Contains(code));
        return set;
    }

    private static Task PushAsync(LspTestSession session, string sections) =>
        session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse(sections) });

    private string Trusting() =>
        $$$$"""{"json":{"schemaDownload":{"trustedDomains":{"{{{{_server.At("/")}}}}":true}}},"configlsp":{"http":{"allowPrivateAddresses":true}}}""";

    private async Task<LspTestSession> StartAsync(string sections, string options = "null", Action<LspTestSession>? prepare = null)
    {
        LspTestSession session = await LspTestSession.StartAsync(
            options: options, prepare: prepare, schemaCache: new SchemaCache(new PhysicalFileSystem(), _folder.PathTo("configlsp/schemas")));
        await PushAsync(session, sections);
        return session;
    }
}
