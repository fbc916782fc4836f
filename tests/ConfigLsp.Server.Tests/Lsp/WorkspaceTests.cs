using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class WorkspaceTests
{
    private const string ThingUri = "file:///folder/thing.json";

    [Fact]
    public async Task A_changed_schema_file_checks_what_uses_it_again()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files.Write("/folder/s.schema.json", """{"properties":{"a":{"type":"string"}}}"""));
        await session.OpenAsync("""{"$schema": "./s.schema.json", "a": 1}""", ThingUri);
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
        session.Files.Write("/folder/s.schema.json", """{"properties":{"a":{"maximum":0}}}""");
        await ChangedAsync(session, "file:///folder/s.schema.json");
        Assert.Equal(["number-too-large"], (await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task A_changed_configlsp_json_checks_what_it_speaks_of_again()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files.Write("/folder/s.schema.json", """{"properties":{"a":{"type":"string"}}}"""));
        await session.OpenAsync("""{"a": 1}""", ThingUri);
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
        Assert.False(await IsSettingsFileAsync(session, ThingUri));
        session.Files.Write("/folder/configlsp.json", """{"schemas":[{"fileMatch":["thing.json"],"url":"./s.schema.json"}]}""");
        await ChangedAsync(session, "file:///folder/configlsp.json");
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
        Assert.True(await IsSettingsFileAsync(session, ThingUri));
    }

    [Fact]
    public async Task Folders_come_and_go()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: s => s.Files
            .Write("/other/s.schema.json", """{"properties":{"a":{"type":"string"}}}""")
            .Write("/other/configlsp.json", """{"schemas":[{"fileMatch":["thing.json"],"url":"./s.schema.json"}]}"""));
        await session.OpenAsync("""{"a": 1}""", "file:///other/thing.json");
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
        await session.Client.NotifyAsync("workspace/didChangeWorkspaceFolders", JsonNode.Parse("""{"event":{"added":[{"uri":"file:///other","name":"other"}],"removed":[]}}"""));
        Assert.Equal(["type-mismatch"], (await session.NextSetAsync()).Codes);
        await session.Client.NotifyAsync("workspace/didChangeWorkspaceFolders", JsonNode.Parse("""{"event":{"added":[],"removed":[{"uri":"file:///other","name":"other"}]}}"""));
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
    }

    [Theory]
    [InlineData("file:///folder/.nofx/settings.json", true)]
    [InlineData("file:///folder/.nofx/settings.local.json", true)]
    [InlineData("file:///folder/configlsp.json", true)]
    [InlineData("file:///folder/package.json", false)]
    [InlineData("untitled:Untitled-1", false)]
    [InlineData("no uri", false)]
    public async Task Settings_files_are_known_by_name(string uri, bool expected)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        Assert.Equal(expected, await IsSettingsFileAsync(session, uri));
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("""{"configlsp":{"trust":true}}""", false)]
    [InlineData("""{"configlsp":{"trust":false}}""", true)]
    [InlineData("""{"configlsp":{"trust":"yes"}}""", true)]
    public async Task Without_trust_no_schema_outside_of_the_folders_is_read(string options, bool refused)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            options: options, prepare: s => s.Files.Write("/elsewhere/s.schema.json", "{}").AddFolder("/folder"));
        await session.OpenAsync("""{"$schema": "file:///elsewhere/s.schema.json"}""", ThingUri);
        Assert.Equal(refused ? ["schema-not-loaded"] : [], (await session.NextSetAsync()).Codes);
        Assert.Equal(!refused, session.Files.Reads.Contains("/elsewhere/s.schema.json"));
    }

    [Fact]
    public async Task Health_tells_real_facts()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{}");
        await session.NextSetAsync();
        JsonNode health = (await session.Client.RequestAsync("configlsp/health", new JsonObject { ["kind"] = "full" }))!;
        // How busy the machine is that runs the tests is a fact, too, and none that a test can know.
        JsonNode[] checks = [.. health["checks"]!.AsArray().Select(check => check!)];
        Assert.All(checks.Where(check => check["name"]!.GetValue<string>() != "resources"), check => Assert.Equal("healthy", check["status"]!.GetValue<string>()));
        Assert.Equal(Environment.ProcessId, health["processId"]!.GetValue<int>());
        Assert.Equal(["server", "documents", "schemas", "connection", "resources", "errors"], health["checks"]!.AsArray().Select(check => check!["name"]!.GetValue<string>()));
        Assert.Equal(1, health["checks"]![1]!["details"]!["open"]!.GetValue<int>());
        Assert.Equal(1, health["checks"]![2]!["details"]!["loaded"]!.GetValue<int>());
        Assert.True(health["checks"]![3]!["details"]!["messages"]!.GetValue<int>() >= 3);
    }

    [Fact]
    public async Task Health_says_what_is_wrong_with_schemas_and_not_where_they_lie()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"$schema": "./folder/missing.json?token=secret"}""", ThingUri);
        await session.NextSetAsync();
        JsonNode schemas = (await session.Client.RequestAsync("configlsp/health", null))!["checks"]![2]!;
        Assert.Equal("degraded", schemas["status"]!.GetValue<string>());
        string failure = schemas["details"]!["failure1"]!.GetValue<string>();
        Assert.StartsWith("missing.json", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("folder", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
        Assert.NotNull(schemas["advice"]);
    }

    [Fact]
    public async Task Health_forgets_a_schema_with_the_last_document_that_asked_for_it()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"$schema": "./folder/missing.json"}""", ThingUri);
        await session.NextSetAsync();
        await session.CloseAsync(ThingUri);
        JsonNode schemas = (await session.Client.RequestAsync("configlsp/health", null))!["checks"]![2]!;
        Assert.Equal("healthy", schemas["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Health_of_the_process_alone_asks_no_component()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        JsonNode health = (await session.Client.RequestAsync("configlsp/health", new JsonObject { ["kind"] = "live" }))!;
        Assert.Equal("healthy", health["status"]!.GetValue<string>());
        Assert.Empty(health["checks"]!.AsArray());
    }

    private static async Task<bool> IsSettingsFileAsync(LspTestSession session, string uri) =>
        (await session.Client.RequestAsync("configlsp/isSettingsFile", new JsonObject { ["uri"] = uri }))!["settings"]!.GetValue<bool>();

    private static Task ChangedAsync(LspTestSession session, string uri) => session.Client.NotifyAsync(
        "workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = 2 }) });
}
