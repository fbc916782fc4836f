using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Tests.Rpc;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Headless;

public sealed class WatchTests
{
    [Fact]
    public async Task A_watch_tells_of_the_update_of_another_client()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient watcher = await process.InitializeAsync();
        LspTestClient writer = await process.InitializeAsync();
        string id = await WatchAsync(watcher, """{"keys":["maxAgents"]}""");
        JsonNode done = (await writer.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}""")))!;
        JsonNode told = (await watcher.NextAsync("configlsp/didChange"))!;
        Assert.Equal(id, told["watchId"]!.GetValue<string>());
        Assert.Equal(done["revision"]!.GetValue<long>(), told["revision"]!.GetValue<long>());
        JsonNode change = Assert.Single(told["changes"]!.AsArray())!;
        Assert.Equal("maxAgents", change["key"]!.GetValue<string>());
        Assert.Equal(5, change["old"]!.GetValue<int>());
        Assert.Equal(6, change["new"]!.GetValue<int>());
        Assert.Equal("workspace", change["source"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_watch_tells_of_an_edit_that_did_not_come_through_the_service()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        await WatchAsync(client, "{}");
        process.Settings = """{ "maxAgents": 11, "logLevel": "debug" }""";
        JsonNode told = (await client.NextAsync("configlsp/didChange"))!;
        Assert.Equal(["logLevel", "maxAgents"], told["changes"]!.AsArray().Select(change => change!["key"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_change_is_told_once_and_in_order()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient watcher = await process.InitializeAsync();
        LspTestClient writer = await process.InitializeAsync();
        await WatchAsync(watcher, """{"prefix":"maxAgents"}""");
        for (int value = 10; value < 20; value++)
            await writer.RequestAsync("configlsp/update", new JsonObject { ["key"] = "maxAgents", ["value"] = value });
        int last = 5;
        long revision = 0;
        while (last != 19)
        {
            JsonNode told = (await watcher.NextAsync("configlsp/didChange"))!;
            JsonNode change = Assert.Single(told["changes"]!.AsArray())!;
            Assert.Equal(last, change["old"]!.GetValue<int>());
            last = change["new"]!.GetValue<int>();
            Assert.True(told["revision"]!.GetValue<long>() > revision);
            revision = told["revision"]!.GetValue<long>();
        }
    }

    [Fact]
    public async Task What_is_not_watched_or_not_any_more_is_not_told()
    {
        await using var process = new HeadlessTestProcess();
        LspTestClient client = await process.InitializeAsync();
        string ended = await WatchAsync(client, """{"keys":["maxAgents"]}""");
        string other = await WatchAsync(client, """{"keys":["logLevel"]}""");
        Assert.Null(await client.RequestAsync("configlsp/unwatch", new JsonObject { ["watchId"] = ended }));
        await client.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"maxAgents","value":6}"""));
        await client.RequestAsync("configlsp/update", JsonNode.Parse("""{"key":"logLevel","value":"debug"}"""));
        JsonNode told = (await client.NextAsync("configlsp/didChange"))!;
        Assert.Equal(other, told["watchId"]!.GetValue<string>());
        Assert.Empty(client.TakeReceived("configlsp/didChange"));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_told_from_where_on_it_missed_something()
    {
        await using var peer = new RpcPeer(new RpcHandlers());
        var feed = new ClientFeed(maxMessages: 4);
        using var subscription = new Subscription(feed, _ => { });
        subscription.Release();
        await using HeadlessTestProcess process = new();
        LspTestClient client = await process.InitializeAsync();
        await WatchAsync(client, "{}");
        Watch watch = (await process.Process.Workspaces.Host!.Services[0].WatchAsync(new WatchRequest(), static (_, _) => { }, CancellationToken.None)).Value;
        subscription.Begin(watch);
        for (int revision = 1; revision <= 10; revision++)
            subscription.Deliver(watch, Change(revision));
        feed.Start(peer.Connection);
        // Two must have gone out before there is room for what follows.
        string last = string.Empty;
        var revisions = new List<long>();
        while (!last.Contains("lagged", StringComparison.Ordinal))
        {
            last = await peer.ReceiveAsync();
            revisions.Add(JsonNode.Parse(last)!["params"]!["revision"]!.GetValue<long>());
        }

        Assert.Equal([1, 2, 3, 4, 10], revisions);
        Assert.Equal(4, JsonNode.Parse(last)!["params"]!["lagged"]!["resumeFrom"]!.GetValue<long>());
        Assert.Empty(JsonNode.Parse(last)!["params"]!["changes"]!.AsArray());
        subscription.Deliver(watch, Change(11));
        Assert.Equal(11, JsonNode.Parse(await peer.ReceiveAsync())!["params"]!["revision"]!.GetValue<long>());
        await feed.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_before_the_client_knows_the_watch_comes_after_it_does()
    {
        await using var peer = new RpcPeer(new RpcHandlers());
        var feed = new ClientFeed();
        await using HeadlessTestProcess process = new();
        using var subscription = new Subscription(feed, _ => { });
        await process.InitializeAsync();
        Watch watch = (await process.Process.Workspaces.Host!.Services[0].WatchAsync(new WatchRequest(), subscription.Deliver, CancellationToken.None)).Value;
        subscription.Deliver(watch, Change(1));
        subscription.Begin(watch);
        feed.Start(peer.Connection);
        await peer.Connection.NotifyAsync("reply", new NoParams(), RpcJsonContext.Default.NoParams);
        Assert.Contains("reply", await peer.ReceiveAsync(), StringComparison.Ordinal);
        subscription.Release();
        Assert.Contains("configlsp/didChange", await peer.ReceiveAsync(), StringComparison.Ordinal);
        await feed.DisposeAsync();
    }

    private static WatchEvent.Changes Change(long revision) =>
        new(revision, DateTimeOffset.UnixEpoch, [new SettingChange("maxAgents", "1"u8.ToArray(), "2"u8.ToArray(), "workspace", IsRedacted: false)]);

    private static async Task<string> WatchAsync(LspTestClient client, string parameters) =>
        (await client.RequestAsync("configlsp/watch", JsonNode.Parse(parameters)))!["watchId"]!.GetValue<string>();
}
