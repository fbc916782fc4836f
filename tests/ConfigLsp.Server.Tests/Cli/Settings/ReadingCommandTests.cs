using System.Text.Json;
using ConfigLsp.Server.Cli;

namespace ConfigLsp.Server.Tests.Cli.Settings;

public sealed class ReadingCommandTests
{
    private const string Secrets =
        """
        { "type": "object", "properties": {
            "name": { "type": "string" },
            "token": { "type": "string", "writeOnly": true },
            "any": {},
            "list": { "type": "array" },
            "deep": { "type": "object", "properties": { "a": { "type": "integer" } } } } }
        """;

    [Theory]
    [InlineData("get maxAgents", "8\n")]
    [InlineData("get logLevel", "debug\n")]
    [InlineData("get aiPath", "\n")]
    [InlineData("get maxAgents logLevel aiPath", "maxAgents = 8\nlogLevel = debug\naiPath = \"\"\n")]
    [InlineData("get useWorktrees", "true\n")]
    public async Task Get_prints_strings_bare_and_everything_else_as_JSON(string line, string output)
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8, "logLevel": "debug" }""");
        var run = await folder.RunAsync(line);
        Assert.Equal((ExitCodes.Success, output, string.Empty), (run.ExitCode, run.Output, run.Messages));
        Assert.False(Directory.Exists(folder.PathTo("state")), "Reading a value needs no state.");
    }

    [Fact]
    public async Task Get_as_JSON_is_one_object_with_value_source_freshness_and_revision()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8 }""");
        var known = await folder.JsonAsync("get maxAgents");
        Assert.Equal(["key", "value", "source", "freshness", "revision"], known.EnumerateObject().Select(p => p.Name));
        Assert.Equal(8, known.GetProperty("value").GetInt32());
        Assert.Equal("workspace", known.GetProperty("source").GetString());
        Assert.Equal("fresh", known.GetProperty("freshness").GetString());
        Assert.Equal(0, known.GetProperty("revision").GetInt64());

        var several = await folder.JsonAsync("get maxAgents nope logLevel", ExitCodes.Findings);
        Assert.Equal(["revision", "items"], several.EnumerateObject().Select(p => p.Name));
        Assert.Equal([false, true, false], several.GetProperty("items").EnumerateArray().Select(i => i.TryGetProperty("error", out _)));
    }

    [Fact]
    public async Task The_revision_of_a_key_counts_updates_and_edits_from_outside()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8, "logLevel": "info" }""");
        async Task<long> RevisionAsync(string key) => (await folder.JsonAsync($"get {key}")).GetProperty("revision").GetInt64();
        Assert.Equal(0, await RevisionAsync("maxAgents"));
        await folder.RunAsync("set maxAgents 9");
        Assert.Equal(1, await RevisionAsync("maxAgents"));
        folder.Write(SettingsFolder.File, """{ "maxAgents": 9, "logLevel": "warn" }""");
        Assert.Equal(1, await RevisionAsync("maxAgents"));
        Assert.Equal(2, await RevisionAsync("logLevel"));
    }

    [Theory]
    [InlineData("get maxAgnts", ExitCodes.Findings, "Did you mean 'maxAgents'?")]
    [InlineData("get a..b", ExitCodes.Findings, "empty segment")]
    [InlineData("get $schema", ExitCodes.NotSet, "$schema is not set, and has no default.")]
    [InlineData("effective nope", ExitCodes.NotSet, "nope is not set")]
    [InlineData("effective maxAgnts", ExitCodes.NotSet, "Did you mean 'maxAgents'?")]
    [InlineData("list nope", ExitCodes.NotSet, "No key is set in nope.")]
    [InlineData("inspect maxAgnts", ExitCodes.Findings, "Did you mean 'maxAgents'?")]
    [InlineData("get maxAgents --source lcal", ExitCodes.Failure, "Did you mean 'local'?")]
    [InlineData("get maxAgents --workspace missing", ExitCodes.Failure, "The workspace folder missing does not exist.")]
    [InlineData("get maxAgents --workspace .nofx/settings.json", ExitCodes.Failure, "is a file and no workspace folder.")]
    [InlineData("sources test nope", ExitCodes.Failure, "There is no source 'nope'.")]
    [InlineData("get", ExitCodes.Failure, "Required argument")]
    [InlineData("history --limit 0", ExitCodes.Failure, "--limit must be a whole number from 1 to 1000, but is '0'.")]
    [InlineData("get --nope", ExitCodes.Failure, "Unknown option '--nope'. Write -- before a key")]
    public async Task What_cannot_be_read_is_explained_and_has_its_exit_code(string line, int exitCode, string message)
    {
        using var folder = new SettingsFolder("{}");
        var run = await folder.RunAsync(line);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_as_JSON_says_what_it_is_and_what_to_do()
    {
        using var folder = new SettingsFolder("{}");
        var unknown = (await folder.JsonAsync("get maxAgnts", ExitCodes.Findings)).GetProperty("error");
        Assert.Equal("UnknownKey", unknown.GetProperty("name").GetString());
        Assert.Equal("validation", unknown.GetProperty("class").GetString());
        Assert.False(unknown.GetProperty("retryable").GetBoolean());
        Assert.NotEmpty(unknown.GetProperty("help").GetString()!);
        var missing = (await folder.JsonAsync("list --workspace missing", ExitCodes.Failure)).GetProperty("error");
        Assert.Equal("InvalidArgument", missing.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_value_that_is_passed_over_is_told_with_its_place()
    {
        using var folder = new SettingsFolder("{\n  \"maxAgents\": 99\n}");
        var run = await folder.RunAsync("get maxAgents");
        Assert.Equal("3\n", run.Output);
        Assert.Contains(".nofx/settings.json:2:16: The value of maxAgents in the source workspace is passed over", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_syntax_errors_takes_nothing_else_away()
    {
        using var folder = new SettingsFolder("{ \"maxAgents\" 8 }");
        folder.Write("work/.nofx/settings.local.json", """{ "logLevel": "error" }""");
        var run = await folder.RunAsync("get logLevel");
        Assert.Equal((ExitCodes.Success, "error\n"), (run.ExitCode, run.Output));
        Assert.Contains("Source workspace is not used: .nofx/settings.json, line 1, column 14", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_and_the_rest_serves()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8 }""");
        folder.Write(
            "work/configlsp.json",
            """{ "sources": [ { "name": "base", "type": "file", "path": ".nofx/settings.json" }, { "name": "remote", "type": "http", "url": "http://127.0.0.1:1/settings.json" } ] }""");
        var run = await folder.RunAsync("get maxAgents --trust");
        Assert.Equal((ExitCodes.Success, "8\n"), (run.ExitCode, run.Output));
        Assert.Contains("Source remote is not used", run.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Unavailable, (await folder.RunAsync("sources test remote --trust")).ExitCode);
    }

    [Fact]
    public async Task Reads_work_where_no_state_can_be_kept()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8 }""");
        folder.Write("state", "a file where the state folder should be");
        Assert.Equal(8, (await folder.JsonAsync("get maxAgents")).GetProperty("value").GetInt32());
        var set = await folder.RunAsync("set maxAgents 9");
        Assert.Equal(ExitCodes.Unavailable, set.ExitCode);
        Assert.Contains("Set XDG_STATE_HOME", set.Messages, StringComparison.Ordinal);
        Assert.Contains("8", folder.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workspace_is_the_nearest_one_above_or_the_one_that_is_named()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8 }""");
        Directory.CreateDirectory(folder.PathTo("work/src/deep"));
        folder.Write("other/.nofx/settings.json", """{ "maxAgents": 9 }""");
        Assert.Equal("9\n", (await folder.RunAsync("get maxAgents --workspace ../other")).Output);
        var deep = new CommandLineRun { WorkingDirectory = folder.PathTo("work/src/deep"), HomeFolder = folder.PathTo("home") };
        Assert.Equal("8\n", (await deep.RunAsync("get", "maxAgents")).Output);
    }

    [Fact]
    public async Task The_environment_of_the_command_line_decides_which_file_applies()
    {
        using var folder = new SettingsFolder("""{ "maxAgents": 8 }""");
        folder.Write("work/.nofx/settings.staging.json", """{ "maxAgents": 9 }""");
        folder.Variables["NOFX_LOG_LEVEL"] = "warn";
        Assert.Equal("8\n", (await folder.RunAsync("get maxAgents")).Output);
        Assert.Equal("9\n", (await folder.RunAsync("get maxAgents --env staging")).Output);
        Assert.Equal("warn\n", (await folder.RunAsync("get logLevel")).Output);
    }

    [Fact]
    public async Task A_terminal_is_not_driven_by_what_a_file_holds()
    {
        using var folder = new SettingsFolder("""{ "aiPath": "a\u001b[31mb", "templatesPath": "x" }""");
        folder.Write("work/configlsp.json", """{ "schema": { "type": "object" } }""");
        var shown = await folder.RunAsync(["get", "aiPath"], input: null, isTerminal: true);
        Assert.Equal("a␛[31mb\n", shown.Output);
        Assert.Equal("a\u001b[31mb\n", (await folder.RunAsync("get aiPath")).Output);
        Assert.DoesNotContain('\u001b', (await folder.RunAsync("get aiPath templatesPath")).Output);
    }

    [Fact]
    public async Task Inspect_shows_every_source_with_its_place_and_use()
    {
        using var folder = new SettingsFolder("{\n  \"logLevel\": \"warn\"\n}");
        folder.Variables["NOFX_LOG_LEVEL"] = "debug";
        var text = (await folder.RunAsync("inspect logLevel")).Output;
        Assert.Contains("logLevel = \"debug\" from environment", text, StringComparison.Ordinal);
        Assert.Matches(@"workspace +overridden +""warn"" +\.nofx/settings\.json:2:3", text);
        Assert.Contains("$NOFX_LOG_LEVEL", text, StringComparison.Ordinal);
        Assert.Contains("type string, default \"info\"", text, StringComparison.Ordinal);

        var json = await folder.JsonAsync("inspect logLevel");
        Assert.Equal("debug", json.GetProperty("effective").GetProperty("value").GetString());
        Assert.Equal(["overridden", "overridden", "effective"], json.GetProperty("sources").EnumerateArray().Select(s => s.GetProperty("use").GetString()));
        Assert.Equal(2, json.GetProperty("sources")[1].GetProperty("line").GetInt32());
        Assert.Contains("workspace", json.GetProperty("writableSources").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task A_secret_is_shown_by_get_only()
    {
        using var folder = new SettingsFolder("""{ "name": "n", "token": "s3cr3t" }""");
        folder.Write("work/configlsp.json", $$"""{ "schema": {{Secrets}} }""");
        Assert.Equal("s3cr3t\n", (await folder.RunAsync("get token")).Output);
        string[] lines =
        [
            "inspect token", "inspect token --json", "effective", "effective --format env", "list --json", "set name other --dry-run", "set name other --dry-run --json",
            "set token s3cr3t2 --dry-run", "set token s3cr3t2", "set token s3cr3t3 --json", "history", "restore 0 --dry-run", "restore 1 --dry-run --json", "restore 1", "unset token --dry-run",
            "set token s3cr3t4 --if-revision 0", "set token s3cr3t4 --if-revision 0 --json", "health", "sources",
        ];
        foreach (var line in lines)
        {
            var run = await folder.RunAsync(line);
            Assert.False((run.Output + run.Messages).Contains("s3cr3t", StringComparison.Ordinal), line);
            Assert.True(run.ExitCode is ExitCodes.Success or ExitCodes.Conflict or ExitCodes.Findings, $"{line}: {run.ExitCode} {run.Messages}");
        }

        Assert.Equal("s3cr3t2\n", (await folder.RunAsync("get token")).Output);
    }

    [Fact]
    public async Task List_and_effective_show_what_is_in_effect()
    {
        using var folder = new SettingsFolder("""{ "name": "it's", "deep": { "a": 1 } }""");
        folder.Write("work/configlsp.json", $$"""{ "schema": {{Secrets}} }""");
        Assert.Equal("deep.a\nname\n", (await folder.RunAsync("list")).Output);
        Assert.Equal("deep.a\n", (await folder.RunAsync("list deep")).Output);
        Assert.Equal(["deep.a", "name"], (await folder.JsonAsync("list")).GetProperty("keys").EnumerateArray().Select(k => k.GetString()));
        using var document = JsonDocument.Parse((await folder.RunAsync("effective")).Output);
        Assert.Equal(1, document.RootElement.GetProperty("deep").GetProperty("a").GetInt32());
        Assert.Equal("{\n  \"a\": 1\n}\n", (await folder.RunAsync("effective deep")).Output);
        Assert.Equal("NOFX_NAME='it'\\''s'\nNOFX_DEEP__A='1'\n", (await folder.RunAsync("effective --format env")).Output);
        Assert.Equal("X_NAME='it'\\''s'\n", (await folder.RunAsync("effective name --format env --prefix X_")).Output);
    }

    [Fact]
    public async Task Sources_are_listed_and_tested()
    {
        using var folder = new SettingsFolder("{}");
        folder.Write("work/configlsp.json", """{ "sources": [ { "name": "base", "type": "file", "path": ".nofx/settings.json" }, { "name": "gone", "type": "file", "path": "gone.json" } ] }""");
        var sources = (await folder.JsonAsync("sources")).GetProperty("sources");
        Assert.Equal(["base", "gone"], sources.EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.True(sources[0].GetProperty("defaultTarget").GetBoolean());
        Assert.Equal("missing", sources[1].GetProperty("state").GetString());
        var tested = (await folder.JsonAsync("sources test", ExitCodes.Unavailable)).GetProperty("sources");
        Assert.Equal(["healthy", "unavailable"], tested.EnumerateArray().Select(s => s.GetProperty("status").GetString()));
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync("sources test base")).ExitCode);
        folder.Write(SettingsFolder.File, "{");
        Assert.Equal(ExitCodes.Findings, (await folder.RunAsync("sources test base")).ExitCode);
    }

    [Fact]
    public async Task Health_says_what_to_do_and_ends_with_the_code_of_its_status()
    {
        using var folder = new SettingsFolder("{}");
        var healthy = await folder.JsonAsync("health");
        Assert.Equal("healthy", healthy.GetProperty("status").GetString());
        Assert.Contains("storage", healthy.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        folder.Write(SettingsFolder.File, "{");
        var ill = await folder.RunAsync("health");
        Assert.Equal(ExitCodes.Findings, ill.ExitCode);
        Assert.StartsWith("degraded\n", ill.Output, StringComparison.Ordinal);
        Assert.Contains("source:workspace: Mend the document", ill.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_trusted_until_that_is_taken_back()
    {
        using var folder = new SettingsFolder();
        folder.Write("work/configlsp.json", """{ "sources": [ { "name": "outer", "type": "file", "path": "../outer.json" } ] }""");
        folder.Write("outer.json", """{ "maxAgents": 8 }""");
        var refused = await folder.RunAsync("get maxAgents");
        Assert.Equal(ExitCodes.NotSet, refused.ExitCode);
        Assert.Contains("the workspace is not trusted", refused.Messages, StringComparison.Ordinal);
        Assert.Equal("8\n", (await folder.RunAsync("get maxAgents --trust")).Output);
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync("trust")).ExitCode);
        Assert.Equal("8\n", (await folder.RunAsync("get maxAgents")).Output);
        Assert.Single((await folder.JsonAsync("trust --list")).GetProperty("folders").EnumerateArray());
        await folder.RunAsync("trust", "--remove");
        Assert.Equal(ExitCodes.NotSet, (await folder.RunAsync("get maxAgents")).ExitCode);
        Assert.Equal(ExitCodes.Failure, (await folder.RunAsync("trust missing")).ExitCode);
        Assert.Equal(ExitCodes.Failure, (await folder.RunAsync("trust --list --remove")).ExitCode);
    }

    [Theory]
    [InlineData("configlsp get max", "maxAgents")]
    [InlineData("configlsp set ", "logLevel")]
    [InlineData("configlsp set logLevel ", "warn")]
    [InlineData("configlsp set useWorktrees ", "false")]
    [InlineData("configlsp set logLevel warn --source ", "local")]
    [InlineData("configlsp set logLevel warn --source=", "local")]
    [InlineData("configlsp sources test ", "environment")]
    [InlineData("configlsp history ", "maxAgents")]
    public async Task Keys_values_and_sources_are_completed(string line, string word)
    {
        using var folder = new SettingsFolder("{}");
        var run = await folder.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Contains(word, run.Output.Split('\n'));
    }

    [Fact]
    public async Task A_value_is_not_completed_with_keys()
    {
        using var folder = new SettingsFolder("{}");
        const string line = "configlsp set logLevel ";
        var words = (await folder.RunAsync($"[suggest:{line.Length}]", line)).Output.Split('\n');
        Assert.Equal(["debug", "error", "info", "warn"], words.Where(static w => w.Length > 0).Order(StringComparer.Ordinal));
    }
}
