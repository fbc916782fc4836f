using System.Text;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Configuration.Tests.Service;

public sealed class ReadingTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task Without_any_file_the_schema_supplies_the_settings()
    {
        var service = _workspace.Open();
        var answer = await service.GetAsync("maxAgents");
        Assert.Equal(("3", "defaults", Freshness.Fresh, 0L), (answer.Json(), answer.Source, answer.Freshness, answer.Revision));
        Assert.Equal("\"\"", await service.ReadAsync("aiPath"));
    }

    [Fact]
    public async Task A_stronger_source_wins_and_says_so()
    {
        _workspace.Write("home/.nofx/settings.json", """{"maxAgents": 4, "logLevel": "warn"}""");
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5, "agentSpawnDelay": 1}""");
        _workspace.Write("work/.nofx/settings.production.json", """{"maxAgents": 6}""");
        _workspace.Write("work/.nofx/settings.local.json", """{"maxAgents": 7}""");
        var service = _workspace.Open();
        Assert.Equal("7", await service.ReadAsync("maxAgents"));
        Assert.Equal("\"warn\"", await service.ReadAsync("logLevel"));
        _workspace.Variables["NOFX_MAX_AGENTS"] = "8";
        Assert.Equal("8", await service.ReadAsync("maxAgents"));
        var inspection = (await service.InspectAsync("maxAgents", CancellationToken.None)).Value;
        Assert.Equal(["defaults", "user", "workspace", "workspace-environment", "local", "environment"], inspection.Sources.Select(static s => s.Source));
        Assert.All(inspection.Sources.SkipLast(1), static s => Assert.Equal(ContributionUse.Overridden, s.Use));
        Assert.Equal((ContributionUse.Effective, "NOFX_MAX_AGENTS"), (inspection.Sources[^1].Use, inspection.Sources[^1].Variable));
        Assert.Equal((0, 1), (inspection.Sources[2].Place!.Start.Line, inspection.Sources[2].Place!.Start.Character));
        Assert.Equal("3", Encoding.UTF8.GetString(inspection.Default!.Value.Span));
    }

    [Fact]
    public async Task A_second_read_comes_from_the_cache_and_an_update_forgets_it()
    {
        var service = _workspace.Open();
        Assert.Equal(Freshness.Fresh, (await service.GetAsync("maxAgents")).Freshness);
        Assert.Equal(Freshness.Cached, (await service.GetAsync("maxAgents")).Freshness);
        Assert.Equal("3", service.FindRemembered("maxAgents")!.Json());
        Assert.True((await service.SetAsync("maxAgents", "9")).IsSuccess);
        Assert.Null(service.FindRemembered("maxAgents"));
        Assert.Equal(("9", 1L), ((await service.GetAsync("maxAgents")).Json(), (await service.GetAsync("maxAgents")).Revision));
    }

    [Fact]
    public async Task A_broken_file_keeps_its_last_good_view_and_shows()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open();
        Assert.Equal("5", await service.ReadAsync("maxAgents"));
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": """);
        var answer = await service.GetAsync("maxAgents", TimeSpan.Zero);
        Assert.Equal(("5", Freshness.LastGood), (answer.Json(), answer.Freshness));
        var source = service.ListSources().Single(static s => s.Name == "workspace");
        Assert.Equal((LayerState.LastGood, "SourceInvalid"), (source.State, source.Error!.Descriptor.Name));
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 6}""");
        Assert.Equal("6", await service.ReadAsync("maxAgents"));
        Assert.Null(service.ListSources().Single(static s => s.Name == "workspace").Error);
    }

    [Fact]
    public async Task A_bad_key_is_an_error_of_its_item_only()
    {
        var service = _workspace.Open();
        var result = await service.GetAsync(new GetRequest(["maxAgents", "a..b", "nope", "maxAgents"]) { Default = "1"u8.ToArray() }, CancellationToken.None);
        Assert.Equal(["3", null, "1", "3"], result.Value.Items.Select(static i => i.Json()));
        Assert.Equal("InvalidKey", result.Value.Items[1].Error!.Descriptor.Name);
        var unknown = await service.GetAsync("maxAgent");
        Assert.Equal("UnknownKey", unknown.Error!.Descriptor.Name);
    }

    [Fact]
    public async Task Reads_work_where_no_state_can_be_kept()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open(hasState: false);
        Assert.Equal("5", await service.ReadAsync("maxAgents"));
        Assert.Equal("Unavailable", (await service.SetAsync("maxAgents", "6")).Error!.Descriptor.Name);
        Assert.Equal("""{"maxAgents": 5}""", _workspace.Read());
    }

    [Fact]
    public async Task Keys_are_listed_in_pages()
    {
        var service = _workspace.Open();
        var first = (await service.ListAsync(null, 4, null, CancellationToken.None)).Value;
        var all = first.Keys.ToList();
        for (var cursor = first.Cursor; cursor is not null;)
        {
            var page = (await service.ListAsync(null, 4, cursor, CancellationToken.None)).Value;
            all.AddRange(page.Keys);
            cursor = page.Cursor;
        }

        Assert.Equal(all.Order(StringComparer.Ordinal).Distinct(), all);
        Assert.Contains("maxAgents", all);
        Assert.Equal("maxAgents", Assert.Single((await service.ListAsync("maxAgents", 10, null, CancellationToken.None)).Value.Keys));
    }

    [Fact]
    public async Task Secrets_are_hidden_but_in_a_get()
    {
        _workspace.Write("work/schema.json", """{"properties": {"token": {"type": "string", "writeOnly": true}, "name": {"type": "string"}}}""");
        _workspace.Write("work/configlsp.json", """{"schema": "./schema.json", "sources": [{"name": "a", "type": "file", "path": "a.json"}]}""");
        _workspace.Write("work/a.json", """{"token": "hunter2", "name": "x"}""");
        var service = _workspace.Open();
        Assert.Equal("\"hunter2\"", await service.ReadAsync("token"));
        var effective = (await service.EffectiveAsync(null, CancellationToken.None)).Value;
        Assert.Equal("""{"token":"<redacted>","name":"x"}""", Encoding.UTF8.GetString(effective.Json.Span));
        Assert.Equal("token", Assert.Single(effective.RedactedKeys));
        var inspection = (await service.InspectAsync("token", CancellationToken.None)).Value;
        Assert.True(inspection.IsSecret);
        Assert.Null(inspection.Effective.Value);
        Assert.All(inspection.Sources, static s => Assert.Null(s.Value));
        var refused = await service.SetAsync("token", "12345");
        Assert.DoesNotContain("12345", refused.Error!.Message + string.Concat(refused.Error.Diagnostics.Select(static d => d.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_workspace_reaches_nothing_outside_of_its_folder()
    {
        _workspace.Write("secret.json", """{"maxAgents": 9}""");
        _workspace.Write("work/configlsp.json", """{"sources": [{"name": "out", "type": "file", "path": "../secret.json"}, {"name": "web", "type": "http", "url": "http://127.0.0.1:1/x"}, {"name": "in", "type": "file", "path": "in.json"}]}""");
        _workspace.Write("work/in.json", """{"logLevel": "warn"}""");
        var service = _workspace.Open(trusted: false);
        Assert.Null(await service.ReadAsync("maxAgents"));
        Assert.Equal("\"warn\"", await service.ReadAsync("logLevel"));
        Assert.Equal(["NotTrusted", "NotTrusted", null], service.ListSources().Select(static s => s.Error?.Descriptor.Name));
        Assert.Equal("NotTrusted", (await service.SetAsync("maxAgents", "4", source: "out")).Error!.Descriptor.Name);
    }

    [Fact]
    public async Task Dotted_keys_of_a_section_are_settings()
    {
        _workspace.Write("work/configlsp.json", """{"sources": [{"name": "defaults", "type": "defaults"}, {"name": "code", "type": "vscode", "section": "nofx"}]}""");
        _workspace.Write("work/.vscode/settings.json", "{\n  // mine\n  \"editor.tabSize\": 2,\n  \"nofx.maxAgents\": 5\n}\n");
        var service = _workspace.Open();
        Assert.Equal("5", await service.ReadAsync("maxAgents"));
        Assert.True((await service.SetAsync("logLevel", "\"warn\"")).IsSuccess);
        Assert.True((await service.SetAsync("maxAgents", "6")).IsSuccess);
        Assert.Equal("{\n  // mine\n  \"editor.tabSize\": 2,\n  \"nofx.maxAgents\": 6,\n  \"nofx.logLevel\": \"warn\"\n}\n", _workspace.Read("work/.vscode/settings.json"));
        Assert.True((await service.UnsetAsync("maxAgents")).IsSuccess);
        Assert.Equal("3", await service.ReadAsync("maxAgents"));
    }
}
