using System.Text;
using ConfigLsp.Server.Cli;
using ConfigLsp.Server.Cli.Settings;

namespace ConfigLsp.Server.Tests.Cli.Settings;

public sealed class UpdateCommandTests
{
    private const string Before = "{\n  // how many\n  \"maxAgents\": 8,\n  \"logLevel\": \"info\"\n}\n";

    [Fact]
    public async Task Set_changes_the_value_alone_and_says_where()
    {
        using var folder = new SettingsFolder(Before);
        var run = await folder.RunAsync("set maxAgents 9");
        Assert.Equal((ExitCodes.Success, "Set maxAgents to 9 in .nofx/settings.json (source workspace). Revision 1.\n", string.Empty), (run.ExitCode, run.Output, run.Messages));
        Assert.Equal(Before.Replace("8", "9", StringComparison.Ordinal), folder.Read());
        Assert.Equal("maxAgents was 9 in .nofx/settings.json (source workspace) already.\n", (await folder.RunAsync("set maxAgents 9")).Output);
    }

    [Theory]
    [InlineData("logLevel", "warn", "\"warn\"")]
    [InlineData("aiPath", "7", "\"7\"")]
    [InlineData("aiPath", "", "\"\"")]
    [InlineData("aiPath", "naïve/ß", "\"naïve/ß\"")]
    [InlineData("claudeInitializationDelay", "2.5", "2.5")]
    [InlineData("useWorktrees", "false", "false")]
    public async Task A_value_is_text_where_the_schema_says_string_and_else_JSON(string key, string value, string written)
    {
        using var folder = new SettingsFolder("{}");
        var run = await folder.RunAsync("set", key, value);
        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Messages));
        Assert.Contains($"\"{key}\": {written}", folder.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aiPath", "tools/ai\n", "\"tools/ai\"")]
    [InlineData("aiPath", "tools/ai\r\n", "\"tools/ai\"")]
    [InlineData("maxAgents", " 12\n", "12")]
    public async Task A_dash_takes_the_value_from_standard_input(string key, string input, string written)
    {
        using var folder = new SettingsFolder("{}");
        var run = await folder.RunAsync(["set", key, "-"], Encoding.UTF8.GetBytes(input));
        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Messages));
        Assert.Contains($"\"{key}\": {written}", folder.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set maxAgnts 5", ExitCodes.Findings, "Did you mean `maxAgents`?")]
    [InlineData("set maxAgents 99", ExitCodes.Findings, "`maxAgents` must be at most 50, but is 99.")]
    [InlineData("set maxAgents -5", ExitCodes.Findings, "must be at least 1, but is -5.")]
    [InlineData("set maxAgents five", ExitCodes.Findings, "The value of maxAgents must be JSON, which this is not")]
    [InlineData("set maxAgents [1,", ExitCodes.Findings, "must be JSON")]
    [InlineData("set maxAgents /*x*/5", ExitCodes.Findings, "is not one value of JSON")]
    [InlineData("set logLevel debgu", ExitCodes.Findings, "Did you mean \"debug\"?")]
    [InlineData("set a<b 1", ExitCodes.Findings, "A key must not hold <.")]
    [InlineData("set maxAgents 5 --source defaults", ExitCodes.Findings, "cannot be written")]
    [InlineData("set maxAgents 5 --source lcal", ExitCodes.Failure, "Did you mean 'local'?")]
    [InlineData("set maxAgents 5 --if-revision 7", ExitCodes.Conflict, "'maxAgents' is at revision 0 in the source 'workspace', not at 7.")]
    [InlineData("set maxAgents 5 --if-revision x", ExitCodes.Failure, "--if-revision must be a whole number")]
    [InlineData("set maxAgents 5 --workspace missing", ExitCodes.Failure, "does not exist")]
    [InlineData("set maxAgents", ExitCodes.Failure, "Required argument")]
    [InlineData("set maxAgents 5 6", ExitCodes.Failure, "Unknown argument '6'.")]
    [InlineData("restore 7", ExitCodes.Findings, "`configlsp history` shows the revisions")]
    [InlineData("restore seven", ExitCodes.Failure, "The revision must be a whole number")]
    public async Task What_is_refused_is_explained_and_changes_nothing(string line, int exitCode, string message)
    {
        using var folder = new SettingsFolder(Before);
        var run = await folder.RunAsync(line);
        Assert.Equal((exitCode, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
        Assert.Equal(Before, folder.Read());
    }

    [Fact]
    public async Task Text_for_a_key_of_any_type_is_asked_to_have_quotes()
    {
        using var folder = new SettingsFolder("{}");
        folder.Write("work/configlsp.json", """{ "schema": { "properties": { "mixed": { "type": ["string", "integer"] } } } }""");
        Assert.Contains("quotes of its own", (await folder.RunAsync("set mixed abc")).Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync("set", "mixed", "\"abc\"")).ExitCode);
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync("set free.key {\"a\":[1]}")).ExitCode);
        Assert.Equal("abc\n", (await folder.RunAsync("get mixed")).Output);
    }

    [Fact]
    public async Task Standard_input_that_is_no_UTF8_is_refused()
    {
        using var folder = new SettingsFolder("{}");
        var run = await folder.RunAsync(["set", "aiPath", "-"], [0xFF, 0xFE]);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("not in UTF-8", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_and_writes_nothing()
    {
        using var folder = new SettingsFolder(Before);
        var run = await folder.RunAsync("set maxAgents 9 --dry-run");
        Assert.Equal("--- .nofx/settings.json\n+++ .nofx/settings.json\n@@ -1,5 +1,5 @@\n {\n   // how many\n-  \"maxAgents\": 8,\n+  \"maxAgents\": 9,\n   \"logLevel\": \"info\"\n }\n", run.Output);
        Assert.Contains("Nothing was written.", run.Messages, StringComparison.Ordinal);
        Assert.Equal(Before, folder.Read());
        var json = await folder.JsonAsync("unset logLevel --dry-run");
        Assert.True(json.GetProperty("changed").GetBoolean() && json.GetProperty("dryRun").GetBoolean());
        Assert.Contains("-  \"logLevel\": \"info\"", json.GetProperty("diff").GetString(), StringComparison.Ordinal);
        Assert.Contains("There is nothing to change.", (await folder.RunAsync("set maxAgents 8 --dry-run")).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_says_that_a_stronger_source_hides_it()
    {
        using var folder = new SettingsFolder(Before);
        folder.Variables["NOFX_MAX_AGENTS"] = "4";
        var run = await folder.RunAsync("set maxAgents 9");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("the source environment, which is stronger, sets maxAgents too", run.Messages, StringComparison.Ordinal);
        Assert.Equal("environment", (await folder.JsonAsync("set maxAgents 10")).GetProperty("overriddenBy").GetString());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_created()
    {
        using var folder = new SettingsFolder();
        var dry = await folder.RunAsync("set logLevel debug --source local --dry-run");
        Assert.StartsWith("--- /dev/null\n+++ .nofx/settings.local.json\n@@ -0,0 +1,", dry.Output, StringComparison.Ordinal);
        Assert.False(folder.Exists("work/.nofx/settings.local.json"));
        var result = await folder.JsonAsync("set logLevel debug --source local");
        Assert.Equal(folder.PathTo("work/.nofx/settings.local.json"), result.GetProperty("file").GetString());
        Assert.Equal(1, result.GetProperty("revision").GetInt64());
        Assert.True(folder.Exists("work/.nofx/settings.local.json"));
    }

    [Fact]
    public async Task A_file_with_syntax_errors_is_not_changed()
    {
        using var folder = new SettingsFolder("{\n  \"maxAgents\" 8\n}");
        var run = await folder.RunAsync("set maxAgents 9");
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.Contains("syntax error at line 2, column 14", run.Messages, StringComparison.Ordinal);
        Assert.Equal("{\n  \"maxAgents\" 8\n}", folder.Read());
    }

    [Fact]
    public async Task Compare_and_swap_takes_the_revision_that_get_gave()
    {
        using var folder = new SettingsFolder(Before);
        async Task<long> RevisionAsync() => (await folder.JsonAsync("get maxAgents")).GetProperty("revision").GetInt64();
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync($"set maxAgents 9 --if-revision {await RevisionAsync()}")).ExitCode);
        var seen = await RevisionAsync();
        folder.Write(SettingsFolder.File, Before.Replace("8", "20", StringComparison.Ordinal));
        var conflict = (await folder.JsonAsync($"set maxAgents 10 --if-revision {seen}", ExitCodes.Conflict)).GetProperty("error");
        Assert.Equal(20, conflict.GetProperty("current").GetProperty("value").GetInt32());
        var revision = conflict.GetProperty("current").GetProperty("revision").GetInt64();
        Assert.Equal(await RevisionAsync(), revision);
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync($"set maxAgents 10 --if-revision {revision}")).ExitCode);
    }

    [Fact]
    public async Task Unset_removes_and_is_content_where_nothing_is_set()
    {
        using var folder = new SettingsFolder(Before);
        Assert.Equal("Removed logLevel from .nofx/settings.json (source workspace). Revision 1.\n", (await folder.RunAsync("unset logLevel")).Output);
        var again = await folder.RunAsync("unset logLevel");
        Assert.Equal((ExitCodes.Success, "logLevel was not set in .nofx/settings.json (source workspace).\n"), (again.ExitCode, again.Output));
        Assert.Contains("Did you mean 'logLevel'?", (await folder.RunAsync("unset logLevl")).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_shows_what_changed_and_restore_brings_it_back()
    {
        using var folder = new SettingsFolder(Before);
        await folder.RunAsync("set maxAgents 9");
        await folder.RunAsync("set logLevel warn");
        folder.Write(SettingsFolder.File, "{ \"maxAgents\": 1 }");
        var items = (await folder.JsonAsync("history")).GetProperty("items");
        Assert.Equal([3, 2, 1], items.EnumerateArray().Select(i => i.GetProperty("revision").GetInt64()));
        Assert.Equal(["outside", "update", "update"], items.EnumerateArray().Select(i => i.GetProperty("kind").GetString()));
        Assert.Equal("command line", items[1].GetProperty("actor").GetString());
        Assert.Single((await folder.JsonAsync("history logLevel --before 3")).GetProperty("items").EnumerateArray());
        Assert.Contains("2  ", (await folder.RunAsync("history --limit 1 --before 3")).Output, StringComparison.Ordinal);

        Assert.Contains("+  \"logLevel\": \"info\"", (await folder.RunAsync("restore 1 --dry-run")).Output, StringComparison.Ordinal);
        Assert.Equal("Brought .nofx/settings.json (source workspace) back to what it held at revision 1. Revision 4.\n", (await folder.RunAsync("restore 1")).Output);
        Assert.Equal(Before.Replace("8", "9", StringComparison.Ordinal), folder.Read());
        Assert.Contains("already", (await folder.RunAsync("restore 1")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await folder.RunAsync("restore 0 --source workspace")).ExitCode);
        Assert.Equal(Before, folder.Read());
    }

    [Theory]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")]
    [InlineData("", "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("a\n", "", "@@ -1,1 +0,0 @@\n-a\n")]
    [InlineData("a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n2\n3\n4\n5\n6\n7\n8\n0\n", "@@ -1,4 +1,4 @@\n-1\n+0\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+0\n")]
    [InlineData("1\n2\n3\n4\n5\n", "0\n2\n3\n4\n0\n", "@@ -1,5 +1,5 @@\n-1\n+0\n 2\n 3\n 4\n-5\n+0\n")]
    public void A_difference_has_the_unified_format(string old, string @new, string hunks)
    {
        var difference = UnifiedDiff.Create(old, @new, "f");
        Assert.Equal($"--- {(old.Length == 0 ? "/dev/null" : "f")}\n+++ f\n{hunks}", difference);
        Assert.Empty(UnifiedDiff.Create(old, old, "f"));
    }
}
