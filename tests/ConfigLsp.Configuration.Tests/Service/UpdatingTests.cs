using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;

namespace ConfigLsp.Configuration.Tests.Service;

public sealed class UpdatingTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task An_update_changes_one_value_and_no_other_byte()
    {
        _workspace.Write(TestWorkspace.Settings, "{\r\n\t// how many\r\n\t\"maxAgents\": 5, // now\r\n\t\"logLevel\": \"info\"\r\n}");
        var service = _workspace.Open();
        var result = (await service.SetAsync("maxAgents", "6")).Value;
        Assert.Equal((1L, true, "workspace"), (result.Revision, result.IsChanged, result.Source));
        Assert.Equal("{\r\n\t// how many\r\n\t\"maxAgents\": 6, // now\r\n\t\"logLevel\": \"info\"\r\n}", _workspace.Read());
        Assert.Equal(ContentHash.Of(File.ReadAllBytes(_workspace.PathTo(TestWorkspace.Settings))), result.Etag);
    }

    [Fact]
    public async Task The_first_update_creates_the_file()
    {
        Directory.Delete(_workspace.PathTo("work/.nofx"));
        var service = _workspace.Open();
        Assert.Equal(1, (await service.SetAsync("maxAgents", "6")).Value.Revision);
        Assert.Equal("{\n  \"maxAgents\": 6\n}\n", _workspace.Read());
    }

    [Theory]
    [InlineData("maxAgents", "99", "ValidationFailed", "at most 50")]
    [InlineData("maxAgents", "\"8\"", "ValidationFailed", "integer")]
    [InlineData("maxAgent", "8", "UnknownKey", "maxAgents")]
    [InlineData("maxAgents.x", "8", "ValidationFailed", "")]
    [InlineData("../x", "8", "InvalidKey", "")]
    [InlineData("maxAgents", "8 9", "ValidationFailed", "not one value")]
    [InlineData("maxAgents", "", "ValidationFailed", "not one value")]
    [InlineData("aiPath", "\"../../bin/sh\"", "ValidationFailed", "")]
    public async Task What_the_schema_refuses_is_not_written(string key, string value, string error, string message)
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open();
        var result = await service.SetAsync(key, value);
        Assert.Equal(error, result.Error?.Descriptor.Name);
        Assert.Contains(message, result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("""{"maxAgents": 5}""", _workspace.Read());
        Assert.Equal(0, (await service.HistoryAsync(new HistoryRequest(), CancellationToken.None)).Value.Revision);
    }

    [Fact]
    public async Task An_error_that_was_there_before_does_not_block_an_unrelated_change()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 99, "logLevel": "info"}""");
        var service = _workspace.Open();
        Assert.True((await service.SetAsync("logLevel", "\"warn\"")).IsSuccess);
        Assert.Equal("""{"maxAgents": 99, "logLevel": "warn"}""", _workspace.Read());
    }

    [Fact]
    public async Task A_change_that_would_break_the_settings_in_effect_is_refused()
    {
        _workspace.Write("work/schema.json", """{"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "dependentRequired": {"a": ["b"]}}""");
        _workspace.Write("work/configlsp.json", """{"schema": "schema.json", "sources": [{"name": "one", "type": "file", "path": "1.json"}, {"name": "two", "type": "file", "path": "2.json", "optional": true}]}""");
        _workspace.Write("work/1.json", """{"b": 1}""");
        var service = _workspace.Open();
        Assert.True((await service.SetAsync("a", "1", source: "two")).IsSuccess);
        var refused = await service.UnsetAsync("b", source: "one");
        Assert.Equal("ValidationFailed", refused.Error?.Descriptor.Name);
        Assert.Equal("""{"b": 1}""", _workspace.Read("work/1.json"));
    }

    [Fact]
    public async Task Expectations_are_compared_after_outside_edits_were_taken_note_of()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open();
        Assert.Equal(0, (await service.GetAsync("maxAgents")).Revision);
        Assert.Equal(1, (await service.SetAsync("maxAgents", "6", new UpdateExpectation { Revision = 0 })).Value.Revision);
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 7, "logLevel": "warn"}""");
        var conflict = await service.SetAsync("maxAgents", "8", new UpdateExpectation { Revision = 1 });
        Assert.Equal("Conflict", conflict.Error?.Descriptor.Name);
        Assert.Equal((2L, "7"), (conflict.Error!.Current!.Revision, conflict.Error.Current.Value));
        Assert.Equal("""{"maxAgents": 7, "logLevel": "warn"}""", _workspace.Read());
        Assert.Equal(3, (await service.SetAsync("maxAgents", "8", new UpdateExpectation { Revision = 2 })).Value.Revision);
        Assert.Equal("Conflict", (await service.SetAsync("logLevel", "\"info\"", new UpdateExpectation { IsAbsent = true })).Error?.Descriptor.Name);
        Assert.Equal(4, (await service.SetAsync("agentSpawnDelay", "5", new UpdateExpectation { IsAbsent = true })).Value.Revision);
        Assert.Equal("Conflict", (await service.SetAsync("agentSpawnDelay", "6", new UpdateExpectation { Etag = "00" })).Error?.Descriptor.Name);
    }

    [Fact]
    public async Task The_same_transaction_is_carried_out_once()
    {
        var service = _workspace.Open();
        Assert.Equal(1, (await service.SetAsync("maxAgents", "6", transaction: "t1")).Value.Revision);
        Assert.True((await service.SetAsync("maxAgents", "7")).IsSuccess);
        var again = (await _workspace.Open().SetAsync("maxAgents", "6", transaction: "t1")).Value;
        Assert.Equal((1L, true), (again.Revision, again.IsReplay));
        Assert.Equal("7", await service.ReadAsync("maxAgents"));
        Assert.Equal("Conflict", (await service.SetAsync("maxAgents", "8", transaction: "t1")).Error?.Descriptor.Name);
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_does_nothing()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5}""");
        var service = _workspace.Open();
        var result = (await service.SetAsync("maxAgents", "6", dryRun: true)).Value;
        Assert.Equal((true, null), (result.IsChanged, result.Revision));
        Assert.Equal("6", Assert.Single(result.Edits).NewText);
        Assert.Equal("""{"maxAgents": 5}""", _workspace.Read());
    }

    [Fact]
    public async Task A_value_that_is_there_already_makes_no_revision()
    {
        _workspace.Write(TestWorkspace.Settings, """{"maxAgents": 5.0}""");
        var service = _workspace.Open();
        var result = (await service.SetAsync("maxAgents", "5")).Value;
        Assert.Equal((false, 0L), (result.IsChanged, result.Revision));
        Assert.Equal("""{"maxAgents": 5.0}""", _workspace.Read());
    }

    [Fact]
    public async Task A_stronger_source_that_hides_the_change_is_named()
    {
        _workspace.Variables["NOFX_MAX_AGENTS"] = "8";
        Assert.Equal("environment", (await _workspace.Open().SetAsync("maxAgents", "6")).Value.OverriddenBy);
    }

    [Fact]
    public async Task A_file_with_syntax_errors_is_not_touched()
    {
        _workspace.Write(TestWorkspace.Settings, "{\n  \"maxAgents\": 5\n  \"logLevel\": \"info\"\n}");
        var service = _workspace.Open();
        var result = await service.SetAsync("maxAgents", "6");
        Assert.Equal("SourceInvalid", result.Error?.Descriptor.Name);
        Assert.Contains("line 2", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_out_of_an_untrusted_folder_is_not_written_through()
    {
        var outside = _workspace.Write("outside.json", """{"maxAgents": 5}""");
        File.CreateSymbolicLink(_workspace.PathTo(TestWorkspace.Settings), outside);
        var result = await _workspace.Open(trusted: false).SetAsync("maxAgents", "6");
        Assert.Equal("PathOutsideRoot", result.Error?.Descriptor.Name);
        Assert.Equal("""{"maxAgents": 5}""", _workspace.Read("outside.json"));
        Assert.True((await _workspace.Open(trusted: true).SetAsync("maxAgents", "6")).IsSuccess);
        Assert.Equal("""{"maxAgents": 6}""", _workspace.Read("outside.json"));
        Assert.NotNull(new FileInfo(_workspace.PathTo(TestWorkspace.Settings)).LinkTarget);
    }

    [Fact]
    public async Task History_tells_what_changed_and_a_restore_goes_back_forward()
    {
        _workspace.Write(TestWorkspace.Settings, "{\n  // kept\n  \"maxAgents\": 5\n}\n");
        var service = _workspace.Open();
        Assert.True((await service.SetAsync("maxAgents", "6")).IsSuccess);
        Assert.True((await service.SetAsync("logLevel", "\"warn\"")).IsSuccess);
        _workspace.Write(TestWorkspace.Settings, "{}");
        var items = (await service.HistoryAsync(new HistoryRequest(), CancellationToken.None)).Value.Items;
        Assert.Equal([], items.Where(static i => i.Revision > 3));
        _ = await service.ReadAsync("maxAgents");
        items = (await service.HistoryAsync(new HistoryRequest(), CancellationToken.None)).Value.Items;
        Assert.Equal([ChangeKind.Outside, ChangeKind.Update, ChangeKind.Update], items.Select(static i => i.Kind));
        Assert.Equal([(3, "test")], items.Skip(1).Take(1).Select(static i => (3, i.Actor!)));
        var restored = (await service.RestoreAsync(new RestoreRequest(0) { Source = "workspace" }, CancellationToken.None)).Value;
        Assert.Equal(4, restored.Revision);
        Assert.Equal("{\n  // kept\n  \"maxAgents\": 5\n}\n", _workspace.Read());
        Assert.Equal(5, (await service.RestoreAsync(new RestoreRequest(2), CancellationToken.None)).Value.Revision);
        Assert.Equal("\"warn\"", await service.ReadAsync("logLevel"));
    }

    [Fact]
    public async Task Two_processes_never_lose_an_increment()
    {
        _workspace.Write("work/schema.json", """{"properties": {"n": {"type": "integer"}}}""");
        _workspace.Write("work/configlsp.json", """{"schema": "schema.json", "sources": [{"name": "f", "type": "file", "path": "n.json"}]}""");
        _workspace.Write("work/n.json", """{"n": 0}""");
        ImmutableArray<ConfigurationService> processes = [_workspace.Open(), _workspace.Open()];
        var acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            var service = processes[client % 2];
            for (var done = 0; done < 5;)
            {
                var now = await service.GetAsync("n", TimeSpan.Zero);
                var next = int.Parse(now.Json()!, CultureInfo.InvariantCulture) + 1;
                var result = await service.SetAsync("n", next.ToString(CultureInfo.InvariantCulture), new UpdateExpectation { Revision = now.Revision });
                if (result.IsSuccess)
                {
                    Interlocked.Increment(ref acknowledged);
                    done++;
                }
                else
                {
                    Assert.Equal("Conflict", result.Error.Descriptor.Name);
                }
            }
        }));
        Assert.Equal(40, acknowledged);
        Assert.Equal("40", await processes[0].ReadAsync("n"));
        Assert.Equal("40", await processes[1].ReadAsync("n"));
        Assert.Equal(40, (await processes[1].GetAsync("n")).Revision);
    }
}
