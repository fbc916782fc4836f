using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Headless;

public sealed class HeadlessLifecycleTests
{
    [Fact]
    public async Task Initialize_tells_the_version_of_the_api_its_methods_and_the_folders()
    {
        await using var process = new HeadlessTestProcess();
        JsonNode result = (await process.Connect().RequestAsync("initialize", HeadlessTestProcess.Initialize()))!;
        Assert.Empty(result["capabilities"]!.AsObject());
        Assert.Equal("configlsp", result["serverInfo"]!["name"]!.GetValue<string>());
        Assert.Equal(ApiDescription.Version, result["configlsp"]!["apiVersion"]!.GetValue<int>());
        Assert.Equal(ApiDescription.Methods.Select(method => method.Name), Texts(result["configlsp"]!["methods"]));
        Assert.Equal([process.Workspace], Texts(result["configlsp"]!["workspaces"]));
    }

    [Fact]
    public async Task Before_initialize_only_ping_is_answered_and_after_shutdown_nothing()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = process.Connect(out Task<RpcClose> closed);
        Assert.NotNull((await client.RequestAsync("configlsp/ping", null))!["instanceId"]);
        Assert.Equal(RpcErrorCodes.ServerNotInitialized, await client.FailAsync("configlsp/get", JsonNode.Parse("""{"keys":["maxAgents"]}""")));
        await client.RequestAsync("initialize", HeadlessTestProcess.Initialize());
        Assert.Equal(RpcErrorCodes.InvalidRequest, await client.FailAsync("initialize", HeadlessTestProcess.Initialize()));
        Assert.Null(await client.RequestAsync("shutdown", null));
        Assert.Equal(RpcErrorCodes.InvalidRequest, await client.FailAsync("configlsp/ping", null));
        await client.NotifyAsync("exit", null);
        Assert.Equal(RpcCloseReason.Exit, (await closed).Reason);
    }

    [Fact]
    public async Task The_end_of_one_connection_leaves_the_others_alone()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient stays = await process.InitializeAsync();
        LspTestClient leaves = process.Connect(out Task<RpcClose> closed);
        await leaves.RequestAsync("initialize", HeadlessTestProcess.Initialize());
        await leaves.RequestAsync("configlsp/watch", new JsonObject());
        leaves.EndInput();
        Assert.Equal(RpcCloseReason.EndOfInput, (await closed).Reason);
        await stays.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}"""));
        Assert.Contains("6", process.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_brings_its_own_folder_which_is_meant_where_it_names_none()
    {
        await using var process = new HeadlessTestProcess();
        process.Folder.Write("other/.nofx/settings.json", """{"maxAgents": 9}""");
        LspTestClient client = await process.InitializeAsync(options: $$"""{"workspaces":["{{process.Folder["other"]}}"]}""");
        Assert.Equal(9, await ValueAsync(client, """{"keys":["maxAgents"]}"""));
        Assert.Equal(5, await ValueAsync(client, $$"""{"keys":["maxAgents"],"workspace":"{{process.Workspace}}"}"""));
        Assert.Equal(5, await ValueAsync(client, $$"""{"keys":["maxAgents"],"workspace":"file://{{process.Workspace}}"}"""));
        JsonObject refusal = await client.AskAsync("configlsp/get", new JsonObject { ["keys"] = new JsonArray("maxAgents"), ["workspace"] = process.Folder["nowhere"] });
        Assert.Equal("Unavailable", refusal["error"]!["data"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"environment":"testing"}""", "--env")]
    [InlineData("""{"cache":{"enabled":false}}""", "configlsp.json")]
    [InlineData("""{"sources":[]}""", "configlsp.json")]
    [InlineData("""{"environment":7}""", "environment")]
    [InlineData("""{"environment":"no such!"}""", "environment")]
    [InlineData("""{"trust":"yes"}""", "trust")]
    [InlineData("""{"workspaces":"/tmp"}""", "workspaces")]
    [InlineData("""{"workspaces":["relative"]}""", "workspaces")]
    [InlineData("""{"workspaces":["/no/such/folder"]}""", "no folder")]
    public async Task What_a_client_cannot_have_is_refused_with_the_reason(string options, string reason)
    {
        await using var process = new HeadlessTestProcess();
        JsonObject reply = await process.Connect().AskAsync("initialize", HeadlessTestProcess.Initialize(options: options));
        Assert.Equal(RpcErrorCodes.InvalidParams, reply["error"]!["code"]!.GetValue<int>());
        Assert.Contains(reason, reply["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_client_of_a_process_chooses_environment_cache_and_trust()
    {
        await using var process = new HeadlessTestProcess(isShared: false);
        process.Folder.Write("workspace/.nofx/settings.testing.json", """{"maxAgents": 8}""");
        LspTestClient client = await process.InitializeAsync(options: """{"environment":"test","cache":{"enabled":true,"ttlMs":1234},"trust":true}""");
        Assert.Equal(8, await ValueAsync(client, """{"keys":["maxAgents"]}"""));
        JsonNode info = (await client.RequestAsync("configlsp/info", null))!;
        Assert.Equal("testing", info["environment"]!["name"]!.GetValue<string>());
        Assert.Equal(1234, info["cache"]!["ttlMs"]!.GetValue<int>());
        Assert.True(info["trusted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_folder_is_not_trusted_unless_somebody_says_so()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        Assert.False((await client.RequestAsync("configlsp/info", null))!["trusted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_folder_that_was_trusted_before_is_trusted()
    {
        await using var process = new HeadlessTestProcess(isShared: false);
        var state = StateFolder.Find(process.Process.Options.Placeholders.EnvironmentVariable)!;
        Assert.Null(new TrustStore(new PhysicalFileSystem(), state.Path).Trust(process.Workspace));
        LspTestClient client = await process.InitializeAsync();
        Assert.True((await client.RequestAsync("configlsp/info", null))!["trusted"]!.GetValue<bool>());
    }

    private static async Task<int> ValueAsync(LspTestClient client, string parameters) =>
        (await client.RequestAsync("configlsp/get", JsonNode.Parse(parameters)))!["items"]![0]!["value"]!.GetValue<int>();

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(item => item!.GetValue<string>());
}
