using System.Text;
using System.Threading.Channels;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Http;

namespace ConfigLsp.Configuration.Tests.Service;

public sealed class WatchingTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly Channel<WatchEvent> _events = Channel.CreateUnbounded<WatchEvent>();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task An_update_is_told_with_its_revision_and_values()
    {
        var service = _workspace.Open();
        using var watch = await WatchAsync(service, new WatchRequest { Prefix = "maxAgents" });
        Assert.Equal(0, watch.Revision);
        Assert.True((await service.SetAsync("logLevel", "\"warn\"")).IsSuccess);
        Assert.True((await service.SetAsync("maxAgents", "6")).IsSuccess);
        var told = Assert.IsType<WatchEvent.Changes>(await NextAsync());
        var change = Assert.Single(told.Items);
        Assert.Equal((2L, "maxAgents", "3", "6", "workspace"), (told.Revision, change.Key, Text(change.Old), Text(change.New), change.Source));
    }

    [Fact]
    public async Task What_is_read_in_the_middle_of_an_update_is_told_with_the_revision_of_the_update()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var files = new FaultyFileSystem(new PhysicalFileSystem());
        var service = _workspace.Open(files: files);
        using var watch = await WatchAsync(service, new WatchRequest { Keys = ["maxAgents"] });
        AfterRename(files, () => Assert.Equal("5", service.GetAsync("maxAgents", TimeSpan.Zero).GetAwaiter().GetResult().Json()));
        var done = await service.SetAsync("maxAgents", "6");
        var told = Assert.IsType<WatchEvent.Changes>(await NextAsync());
        Assert.Equal((done.Value.Revision, "6"), (told.Revision, Text(Assert.Single(told.Items).New)));
    }

    [Fact]
    public async Task An_edit_from_outside_in_the_middle_of_an_update_is_seen_after_it()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var files = new FaultyFileSystem(new PhysicalFileSystem());
        var service = _workspace.Open(files: files);
        using var watch = await WatchAsync(service, new WatchRequest { Keys = ["maxAgents"] });
        AfterRename(files, () =>
        {
            _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 7}""");
            _ = service.GetAsync("maxAgents", TimeSpan.Zero).GetAwaiter().GetResult();
        });
        _ = await service.SetAsync("maxAgents", "6");
        string? last = null;
        while (last != "7")
        {
            last = Text(Assert.IsType<WatchEvent.Changes>(await NextAsync()).Items.Single().New);
        }
    }

    [Fact]
    public async Task An_edit_from_outside_is_seen_and_told()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open(watches: true);
        using var watch = await WatchAsync(service, new WatchRequest());
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 6, "logLevel": "warn"}""");
        var seen = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (seen.Count < 2)
        {
            foreach (var change in Assert.IsType<WatchEvent.Changes>(await NextAsync()).Items)
            {
                seen[change.Key] = Text(change.New);
            }
        }

        Assert.Equal(("6", "\"warn\""), (seen["maxAgents"], seen["logLevel"]));
        Assert.Equal("6", (await service.GetAsync("maxAgents")).Json());
    }

    [Fact]
    public async Task An_update_by_another_process_is_told_with_the_revision_it_has_there()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open(watches: true);
        using var watch = await WatchAsync(service, new WatchRequest { Keys = ["maxAgents"] });
        Assert.Equal(1, (await _workspace.Open().SetAsync("maxAgents", "6")).Value.Revision);
        var told = Assert.IsType<WatchEvent.Changes>(await NextAsync());
        Assert.Equal("6", Text(Assert.Single(told.Items).New));
        Assert.Equal(1, (await service.GetAsync("maxAgents", TimeSpan.Zero)).Revision);
    }

    [Fact]
    public async Task Secrets_are_not_told()
    {
        _workspace.Write("work/schema.json", """{"properties": {"token": {"type": "string", "x-secret": true}}}""");
        _workspace.Write("work/configlsp.json", """{"schema": "schema.json", "sources": [{"name": "a", "type": "file", "path": "a.json"}]}""");
        var service = _workspace.Open();
        using var watch = await WatchAsync(service, new WatchRequest());
        Assert.True((await service.SetAsync("token", "\"hunter2\"")).IsSuccess);
        var change = Assert.Single(Assert.IsType<WatchEvent.Changes>(await NextAsync()).Items);
        Assert.Equal(("token", true, null), (change.Key, change.IsRedacted, Text(change.New)));
    }

    [Fact]
    public async Task A_watch_ends_with_the_workspace()
    {
        var service = _workspace.Open();
        using var watch = await WatchAsync(service, new WatchRequest());
        await service.DisposeAsync();
        Assert.IsType<WatchEvent.Cancelled>(await NextAsync());
    }

    [Fact]
    public async Task Another_configlsp_json_brings_other_sources()
    {
        _workspace.Write("work/a.json", """{"maxAgents": 7}""");
        _workspace.Write("work/configlsp.json", """{"sources": [{"name": "defaults", "type": "defaults"}]}""");
        var service = _workspace.Open(watches: true);
        using var watch = await WatchAsync(service, new WatchRequest { Keys = ["maxAgents"] });
        _workspace.Write("work/configlsp.json", """{"sources": [{"name": "defaults", "type": "defaults"}, {"name": "a", "type": "file", "path": "a.json"}]}""");
        var change = Assert.Single(Assert.IsType<WatchEvent.Changes>(await NextAsync()).Items);
        Assert.Equal(("3", "7", "a"), (Text(change.Old), Text(change.New), change.Source));
    }

    [Fact]
    public async Task A_remote_source_that_fails_serves_its_last_good_content_and_opens_its_breaker()
    {
        await using var server = new FaultServer();
        server.Respond("/settings", FaultResponses.Ok("""{"maxAgents": 7}"""));
        _workspace.Write(
            "work/configlsp.json",
            $$"""{"sources": [{"name": "defaults", "type": "defaults"}, {"name": "web", "type": "http", "url": "{{server.At("/settings")}}", "resilience": {"retry": {"maxAttempts": 5, "baseDelayMs": 0} } }]}""");
        var service = _workspace.Open();
        Assert.Equal(("7", "web"), ((await service.GetAsync("maxAgents")).Json(), (await service.GetAsync("maxAgents")).Source));
        server.Respond("/settings", FaultResponses.Status(503));
        var reload = (await service.ReloadAsync(["web"], CancellationToken.None)).Value;
        Assert.Equal((LayerState.LastGood, BreakerState.Open), (reload.Sources.Single().State, reload.Sources.Single().Breaker.State));
        var answer = await service.GetAsync("maxAgents");
        Assert.Equal(("7", Freshness.LastGood), (answer.Json(), answer.Freshness));
        var probe = Assert.Single((await service.TestSourcesAsync("web", CancellationToken.None)).Value);
        Assert.Equal(ProbeStatus.Unavailable, probe.Status);
        server.Respond("/settings", FaultResponses.Ok("""{"maxAgents": 8}"""));
        Assert.Equal(BreakerState.Closed, service.ControlBreaker("web", BreakerCommand.Reset).Value.State);
        await service.ReloadAsync(null, CancellationToken.None);
        Assert.Equal("8", (await service.GetAsync("maxAgents")).Json());
        lock (_workspace.Events)
        {
            Assert.Contains(_workspace.Events.OfType<ServiceEvent.BreakerChanged>(), static e => e.New.State == BreakerState.Open);
            Assert.Contains(_workspace.Events.OfType<ServiceEvent.SourceStateChanged>(), static e => e.New == LayerState.LastGood);
        }
    }

    /// <summary>Does something when the new file has its name, and the revision is not recorded yet.</summary>
    private static void AfterRename(FaultyFileSystem files, Action action)
    {
        var wasRenamed = false;
        for (var step = 1; step <= 64; step++)
        {
            files.Before(step, () =>
            {
                if (!wasRenamed && files.Steps.Any(static s => s.StartsWith("rename", StringComparison.Ordinal)) && files.Steps[^1].StartsWith("flush folder", StringComparison.Ordinal))
                {
                    wasRenamed = true;
                    action();
                }
            });
        }
    }

    private static string? Text(ReadOnlyMemory<byte>? json) => json is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private async Task<Watch> WatchAsync(ConfigurationService service, WatchRequest request) =>
        (await service.WatchAsync(request, (_, happened) => _events.Writer.TryWrite(happened), CancellationToken.None)).Value;

    private async Task<WatchEvent> NextAsync() => await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
