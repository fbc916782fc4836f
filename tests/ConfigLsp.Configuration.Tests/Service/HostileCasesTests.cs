using System.Text;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Configuration.Tests.Service;

/// <summary>What must hold when files, schemas and other processes do their worst.</summary>
public sealed class HostileCasesTests : IAsyncDisposable
{
    private const string OwnSources = "\"sources\": [{\"name\": \"f\", \"type\": \"file\", \"path\": \"f.json\"}]";

    private readonly TestWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task A_value_is_never_given_with_a_revision_that_is_newer_than_it()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 7}""");
        var one = _workspace.Open();
        var other = _workspace.Open();
        Assert.Equal("7", (await one.GetAsync("logLevel")).Json() is null ? null : (await other.GetAsync("maxAgents")).Json());
        Assert.Equal(1, (await other.SetAsync("maxAgents", "8")).Value.Revision);
        var answer = await one.GetAsync("maxAgents");
        Assert.Equal(("8", 1L), (answer.Json(), answer.Revision));
    }

    [Fact]
    public async Task Reads_beside_updates_make_no_revisions()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 1}""");
        var writer = _workspace.Open();
        var reader = _workspace.Open();
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var answer = await reader.GetAsync("maxAgents", TimeSpan.Zero);
                Assert.True(answer.Revision == SettingReader.UnknownRevision || answer.Json() == (answer.Revision + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        });
        for (var i = 2; i <= 40; i++)
        {
            Assert.True((await writer.SetAsync("maxAgents", i.ToString(System.Globalization.CultureInfo.InvariantCulture))).IsSuccess);
        }

        await done.CancelAsync();
        await reading;
        Assert.Equal(39, (await reader.HistoryAsync(new HistoryRequest(), CancellationToken.None)).Value.Revision);
    }

    [Fact]
    public async Task A_file_that_is_nested_without_end_is_passed_over()
    {
        _workspace.Write(TestWorkspace.Settings, $$"""{"logLevel": "warn", "x": {{new string('[', 200_000)}}{{new string(']', 200_000)}}}""");
        var service = _workspace.Open();
        Assert.Equal("\"warn\"", await service.ReadAsync("logLevel"));
        Assert.Null(await service.ReadAsync("x"));
        Assert.True((await service.InspectAsync("x", CancellationToken.None)).IsSuccess);
        Assert.Contains(service.Current!.Findings, static f => f.Diagnostic.Descriptor.Id == "nested-too-deeply");
    }

    [Fact]
    public async Task Names_without_measure_are_passed_over()
    {
        var name = new string('n', 1_000_000);
        _workspace.Write(TestWorkspace.Settings, $$$"""{"logLevel": "warn", "{{{name}}}": {{{{string.Join(',', Enumerable.Range(0, 20_000).Select(static i => $"\"k{i}\": {i}"))}}}}}""");
        var service = _workspace.Open();
        Assert.Equal("\"warn\"", await service.ReadAsync("logLevel"));
        Assert.True(service.Current!.Findings.Length < 10);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_opens_no_door()
    {
        const string Schema = """{"properties": {"n": {"type": "integer", "maximum": 10}, "token": {"type": "string", "writeOnly": true}}}""";
        _workspace.Write("work/schema.json", Schema[..40]);
        _workspace.Write("work/configlsp.json", $$"""{"schema": "schema.json", {{OwnSources}}}""");
        _workspace.Write("work/f.json", """{"n": 1, "token": "hunter2"}""");
        var service = _workspace.Open();
        Assert.Equal("1", await service.ReadAsync("n"));
        Assert.Equal("Unavailable", (await service.SetAsync("n", "99")).Error?.Descriptor.Name);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString((await service.EffectiveAsync(null, CancellationToken.None)).Value.Json.Span), StringComparison.Ordinal);
        Assert.Null((await service.InspectAsync("token", CancellationToken.None)).Value.Effective.Value);
    }

    [Fact]
    public async Task A_schema_that_breaks_later_keeps_checking()
    {
        const string Schema = """{"properties": {"n": {"type": "integer", "maximum": 10}}}""";
        _workspace.Write("work/schema.json", Schema);
        _workspace.Write("work/configlsp.json", $$"""{"schema": "schema.json", {{OwnSources}}}""");
        _workspace.Write("work/f.json", """{"n": 1}""");
        var service = _workspace.Open(watches: true);
        Assert.Equal("1", await service.ReadAsync("n"));
        _workspace.Write("work/schema.json", Schema[..30]);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ValidationFailed", (await service.SetAsync("n", "99")).Error?.Descriptor.Name);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_restore_does_not_show_the_secrets_that_it_brings_back()
    {
        _workspace.Write("work/schema.json", """{"properties": {"token": {"type": "string", "writeOnly": true}, "n": {"type": "integer"}}}""");
        _workspace.Write("work/configlsp.json", $$"""{"schema": "schema.json", {{OwnSources}}}""");
        _workspace.Write("work/f.json", """{"token": "hunter2", "n": 1}""");
        var service = _workspace.Open();
        Assert.True((await service.UnsetAsync("token")).IsSuccess);
        var tried = (await service.RestoreAsync(new RestoreRequest(0) { IsDryRun = true }, CancellationToken.None)).Value;
        Assert.Equal((true, 0), (tried.IsChanged, tried.Edits.Length));
        var set = (await service.SetAsync("token", "\"hunter3\"", dryRun: true)).Value;
        Assert.Equal((true, 0), (set.IsChanged, set.Edits.Length));
        Assert.Single((await service.SetAsync("n", "2", dryRun: true)).Value.Edits);
        _workspace.Write("work/f.json", """{"token": hunter4}""");
        var refused = await service.SetAsync("n", "2");
        Assert.Equal("SourceInvalid", refused.Error?.Descriptor.Name);
        Assert.DoesNotContain("hunter", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_updates_leave_the_breaker_closed()
    {
        var path = _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 7}""");
        File.CreateSymbolicLink(_workspace.PathTo("work/.nofx/settings.local.json"), _workspace.PathTo("nowhere/x.json"));
        Assert.Equal(0, Link(path, _workspace.PathTo("work/second.json")));
        var service = _workspace.Open();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("PermissionDenied", (await service.SetAsync("maxAgents", "8")).Error?.Descriptor.Name);
        }

        Assert.Equal(BreakerState.Closed, service.ListSources().Single(static s => s.Name == "workspace").Breaker.State);
        Assert.Equal(Freshness.Fresh, (await service.GetAsync("maxAgents", TimeSpan.Zero)).Freshness);
    }

    [Fact]
    public async Task A_request_that_had_nothing_to_change_is_not_carried_out_later()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 2}""");
        var service = _workspace.Open();
        Assert.False((await service.SetAsync("maxAgents", "2", transaction: "x")).Value.IsChanged);
        Assert.True((await service.SetAsync("maxAgents", "3")).IsSuccess);
        Assert.True((await service.SetAsync("maxAgents", "2", transaction: "x")).Value.IsReplay);
        Assert.Equal("3", await service.ReadAsync("maxAgents"));
    }

    [Fact]
    public async Task A_stated_age_is_kept()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 2}""");
        var service = _workspace.Open(hasState: false);
        Assert.Equal("2", (await service.GetAsync("maxAgents")).Json());
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 3}""");
        Assert.Equal("2", (await service.GetAsync("maxAgents")).Json());
        await Task.Delay(30);
        Assert.Equal("3", (await service.GetAsync("maxAgents", TimeSpan.FromMilliseconds(20))).Json());
    }

    [Fact]
    public async Task Errors_can_be_mended_one_at_a_time()
    {
        _workspace.Write("work/schema.json", """{"properties": {"l": {"type": "object", "maxProperties": 1}}}""");
        _workspace.Write("work/configlsp.json", $$"""{"schema": "schema.json", {{OwnSources}}}""");
        _workspace.Write("work/f.json", """{"l": {"a": 1, "b": 2, "c": 3}}""");
        var service = _workspace.Open();
        Assert.True((await service.UnsetAsync("l.a")).IsSuccess);
        Assert.True((await service.UnsetAsync("l.b")).IsSuccess);
        Assert.Equal("ValidationFailed", (await service.SetAsync("l.d", "1")).Error?.Descriptor.Name);
    }

    [Fact]
    public async Task A_deleted_file_is_taken_note_of_and_can_be_brought_back()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 2}""");
        var service = _workspace.Open();
        Assert.Equal(1, (await service.SetAsync("maxAgents", "3")).Value.Revision);
        File.Delete(_workspace.PathTo(TestWorkspace.Settings));
        var answer = await service.GetAsync("maxAgents", TimeSpan.Zero);
        Assert.Equal(("3", "defaults", 2L), (answer.Json(), answer.Source, answer.Revision));
        Assert.Equal(LayerState.Missing, service.ListSources().Single(static s => s.Name == "workspace").State);
        Assert.Equal(3, (await service.RestoreAsync(new RestoreRequest(1), CancellationToken.None)).Value.Revision);
        Assert.Equal("""{"maxAgents": 3}""", _workspace.Read());
    }

    [Fact]
    public async Task A_secret_that_is_written_one_level_too_high_is_not_shown()
    {
        _workspace.Write("work/schema.json", """{"properties": {"creds": {"type": "object", "additionalProperties": {"type": "string", "x-secret": true}}, "n": {"type": "integer"}}}""");
        _workspace.Write("work/configlsp.json", $$"""{"schema": "schema.json", {{OwnSources}}}""");
        _workspace.Write("work/f.json", """{"creds": "hunter2"}""");
        var service = _workspace.Open();
        var refused = (await service.SetAsync("creds", "\"hunter3\"")).Error!;
        var noted = (await service.SetAsync("n", "1")).Value;
        var said = string.Concat(refused.Diagnostics.Concat(noted.Diagnostics.Select(static d => d.Diagnostic)).Select(static d => d.Message + d.Data?.Actual)) + refused.Message;
        Assert.Contains("must be an object", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_not_written()
    {
        var service = _workspace.Open();
        Assert.Equal("ValidationFailed", (await service.SetAsync("templatesPath", "\"a\\ud800b\"")).Error?.Descriptor.Name);
        Assert.True((await service.SetAsync("templatesPath", "\"a\\ud83d\\ude00b\"")).IsSuccess);
    }

    private static int Link(string existing, string added)
    {
        using var process = System.Diagnostics.Process.Start("ln", [existing, added]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
