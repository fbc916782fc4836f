using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConfigLsp.Server.Cli;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private const string Good = """{ "maxAgents": 5 }""";
    private const string Bad = """{ "maxAgents": 99 }""";
    private const string Twice = """{ "maxAgents": 5, "maxAgents": 5 }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Good, "error", ExitCodes.Success)]
    [InlineData(Good, "warning", ExitCodes.Success)]
    [InlineData(Twice, "error", ExitCodes.Success)]
    [InlineData(Twice, "warning", ExitCodes.Findings)]
    [InlineData(Bad, "error", ExitCodes.Findings)]
    [InlineData(Bad, "warning", ExitCodes.Findings)]
    public async Task The_exit_code_says_whether_there_are_findings_that_matter(string content, string failOn, int exitCode)
    {
        _folder.Write(".nofx/settings.json", content);
        Assert.Equal(exitCode, (await RunAsync("check", "--fail-on", failOn)).ExitCode);
    }

    [Fact]
    public async Task A_comment_suppresses_findings_as_in_the_editor()
    {
        _folder.Write(".nofx/settings.json", "{\n  // configlsp-disable-next-line number-too-large\n  \"maxAgents\": 99\n}");
        Assert.Equal(ExitCodes.Success, (await RunAsync("check", "--fail-on", "warning")).ExitCode);
    }

    [Theory]
    [InlineData("check missing.json", "There is no file or folder 'missing.json'.")]
    [InlineData("check empty", "There is no settings file in 'empty'.")]
    [InlineData("check **/*.nothing", "**/*.nothing")]
    [InlineData("check --schema missing.schema.json", "The schema missing.schema.json could not be loaded")]
    [InlineData("check --format xml", "--format must be one of text, json, sarif, github, but is 'xml'.")]
    [InlineData("check --fomat json", "Unknown option '--fomat'. Did you mean '--format'?")]
    [InlineData("check -x", "Unknown option '-x'. Write -- before a path that starts with a dash.")]
    [InlineData("check --stdin-path a.json", "Add - to them.")]
    public async Task What_cannot_be_done_is_explained_and_ends_with_2(string line, string message)
    {
        Directory.CreateDirectory(_folder.PathTo("empty"));
        var run = await RunAsync(line.Split(' '));
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_gives_its_settings_files_in_the_order_of_their_paths()
    {
        foreach (var name in new[] { "b/.nofx/settings.json", "a/.nofx/settings.local.json", "a/.nofx/settings.json", "node_modules/.nofx/settings.json" })
        {
            _folder.Write(name, Bad);
        }

        _folder.Write("other.json", "{,}");
        Assert.Equal(["a/.nofx/settings.json", "a/.nofx/settings.local.json", "b/.nofx/settings.json"], await CheckedPathsAsync("check"));
        Assert.Equal(["b/.nofx/settings.json"], await CheckedPathsAsync("check", "b"));
    }

    [Fact]
    public async Task Globs_and_files_take_what_they_name_and_nothing_twice()
    {
        _folder.Write("one.json", Good);
        _folder.Write("two.json", Good);
        _folder.Write("deep/three.json", Good);
        Assert.Equal(["one.json", "two.json"], await CheckedPathsAsync("check", "*.json", "one.json"));
        Assert.Equal(["deep/three.json", "one.json", "two.json"], await CheckedPathsAsync("check", "**/*.json"));
    }

    [Fact]
    public async Task A_path_that_starts_with_a_dash_stands_behind_two_dashes()
    {
        _folder.Write("-odd.json", Good);
        Assert.Equal(["-odd.json"], await CheckedPathsAsync("check", "--format", "json", "--", "-odd.json"));
    }

    [Fact]
    public async Task The_order_does_not_depend_on_which_file_is_done_first()
    {
        // The first files are much larger than the last ones, so that they are done after them.
        for (var i = 0; i < 40; i++)
        {
            var filler = string.Concat(Enumerable.Repeat("// filler\n", i < 8 ? 50_000 : 1));
            _folder.Write($"{i:D2}/.nofx/settings.json", $"{{ {filler} \"maxAgents\": 99 }}");
        }

        var expected = Enumerable.Range(0, 40).Select(i => $"{i:D2}/.nofx/settings.json").ToList();
        Assert.Equal<string?>(expected, await CheckedPathsAsync("check"));
        var outputs = new HashSet<string>();
        foreach (var parallelism in new[] { 1, 2, 16 })
        {
            outputs.Add((await new CommandLineRun { WorkingDirectory = _folder.Path, Parallelism = parallelism }.RunAsync("check", "--format", "github")).Output);
        }

        Assert.Single(outputs);
    }

    [Fact]
    public async Task Bad_files_are_reported_and_the_others_are_still_checked()
    {
        _folder.Write("a/.nofx/settings.json", [0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0]);
        _folder.Write("b/.nofx/settings.json", [(byte)'{', 0, 1, 2, (byte)'}']);
        _folder.Write("c/.nofx/settings.json", new string('[', 200_000));
        _folder.Write("d/.nofx/settings.json", [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        _folder.Write("e/.nofx/settings.json", Bad);
        File.CreateSymbolicLink(_folder.PathTo("f.json"), _folder.PathTo("nowhere.json"));
        var run = await RunAsync("check", ".", "f.json", "--format", "json");
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        using var report = JsonDocument.Parse(run.Output);
        var errors = report.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).ToList();
        Assert.Equal(["binary", "nothing-matched", "wrong-encoding"], errors.Order(StringComparer.Ordinal));
        Assert.Contains("invalid-encoding", Rules(report, "d/.nofx/settings.json"));
        Assert.Equal(["number-too-large"], Rules(report, "e/.nofx/settings.json"));
        Assert.NotEmpty(Rules(report, "c/.nofx/settings.json"));
    }

    [Fact]
    public async Task Standard_input_is_checked_by_the_schema_of_the_path_it_stands_for()
    {
        var run = await RunWithInputAsync(Bad, "check", "-", "--stdin-path", ".nofx/settings.json");
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.StartsWith(".nofx/settings.json:1:16: error: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_without_a_name_is_checked_by_its_own_schema_key()
    {
        var run = await RunWithInputAsync("""{ "$schema": "https://configlsp.dev/schemas/agent-settings.schema.json", "maxAgents": 0 }""", "check", "-");
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.StartsWith("-:1:", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await RunWithInputAsync("{}", "check", "-")).ExitCode);
    }

    [Fact]
    public async Task A_named_schema_checks_all_files()
    {
        _folder.Write("port.schema.json", """{ "properties": { "port": { "type": "integer" } } }""");
        _folder.Write("a.json", """{ "port": "80" }""");
        _folder.Write(".nofx/settings.json", Bad);
        var run = await RunAsync("check", "--schema", "port.schema.json", "--format", "json", "a.json", ".nofx/settings.json");
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(["type-mismatch"], Rules(report, "a.json"));
        Assert.Empty(Rules(report, ".nofx/settings.json"));
    }

    [Fact]
    public async Task Cancelling_reports_what_there_is_and_ends_with_130()
    {
        _folder.Write(".nofx/settings.json", Bad);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var run = await new CommandLineRun { WorkingDirectory = _folder.Path, CancellationToken = cancelled.Token }.RunAsync("check", "--format", "json");
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        using var report = JsonDocument.Parse(run.Output);
        Assert.True(report.RootElement.GetProperty("summary").GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_an_error_and_no_crash()
    {
        _folder.Write(".nofx/settings.json", Bad);
        using var full = new FullDisk();
        var run = await new CommandLineRun { WorkingDirectory = _folder.Path, OutputStream = full }.RunAsync("check", "--format", "json");
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("The report could not be written: no space left", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("", false, false)]
    [InlineData("NO_COLOR=1", true, false)]
    [InlineData("TERM=dumb", true, false)]
    [InlineData("FORCE_COLOR=1", false, true)]
    [InlineData("FORCE_COLOR=0", true, false)]
    [InlineData("FORCE_COLOR=1,NO_COLOR=1", false, true)]
    public async Task Colours_are_for_terminals_that_want_them(string variables, bool terminal, bool colored)
    {
        _folder.Write(".nofx/settings.json", Bad);
        var environment = variables.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        environment.TryAdd("TERM", "xterm");
        var run = await new CommandLineRun { WorkingDirectory = _folder.Path, Variables = environment, Terminal = new TerminalCapabilities(terminal, 80) }.RunAsync("check");
        Assert.Equal(colored, run.Output.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_of_a_file_cannot_drive_the_terminal()
    {
        _folder.Write(".nofx/settings.json", "{ \"\e]0;owned\a\u202E\": 1 }");
        var run = await RunAsync("check");
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.DoesNotContain(run.Output, c => c is '\e' or '\a' or '\u202E');
    }

    [Fact]
    public async Task A_short_run_shows_no_progress()
    {
        _folder.Write(".nofx/settings.json", Good);
        var run = await new CommandLineRun { WorkingDirectory = _folder.Path, Terminal = new TerminalCapabilities(IsTerminal: true, 80), Time = new StoppedTime() }.RunAsync("check");
        Assert.Equal("no findings in 1 file\n", run.Output.Replace("\e[32m", string.Empty, StringComparison.Ordinal).Replace("\e[0m", string.Empty, StringComparison.Ordinal));
        Assert.Empty(run.Messages);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public async Task The_sample_workspace_is_reported_as_recorded(string format)
    {
        var root = Repository.PathOf("tests", "samples", "workspace");
        var run = await new CommandLineRun { WorkingDirectory = root }.RunAsync("check", "--format", format);
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.Empty(run.Messages);
        var output = run.Output.Replace(new Uri(root).AbsoluteUri, "file:///samples/workspace", StringComparison.Ordinal);

        // The rules have their own tests; a new one must not change what is recorded here.
        output = Regex.Replace(output, "(?<=\"rules\": \\[).*?(?=\\n {10}\\])", string.Empty, RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        output = Regex.Replace(output, "(?<=\"ruleIndex\": )[0-9]+", "0", RegexOptions.None, TimeSpan.FromSeconds(5));
        Baseline.Matches(output, "tests", "ConfigLsp.Server.Tests", "Cli", "Baselines", $"workspace.{format}.txt");
    }

    [Fact]
    public async Task The_clean_samples_have_no_findings()
    {
        var run = await new CommandLineRun { WorkingDirectory = Repository.PathOf("tests", "samples", "clean") }.RunAsync("check", "--fail-on", "warning");
        Assert.Equal("no findings in 9 files\n", run.Output);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
    }

    private static List<string?> Rules(JsonDocument report, string path) =>
        [.. report.RootElement.GetProperty("files").EnumerateArray()
            .Single(file => file.GetProperty("path").GetString() == path).GetProperty("diagnostics").EnumerateArray()
            .Select(diagnostic => diagnostic.GetProperty("rule").GetString())];

    private async Task<List<string?>> CheckedPathsAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments.Contains("--format") ? arguments : [.. arguments, "--format", "json"]);
        using var report = JsonDocument.Parse(run.Output);
        return [.. report.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString())];
    }

    [Theory]
    [InlineData("json", ExitCodes.Findings)]
    [InlineData("jsonc", ExitCodes.Success)]
    public async Task The_format_of_a_source_decides_about_comments_whatever_its_schema_allows(string format, int exitCode)
    {
        _folder.Write("configlsp.json", $$"""{ "schema": { "allowComments": {{(format == "json" ? "true" : "false")}} }, "sources": [{ "name": "app", "type": "file", "path": "conf/app.json", "format": "{{format}}" }] }""");
        _folder.Write("conf/app.json", "{ /* why */ }");
        Assert.Equal(exitCode, (await RunAsync("check", "conf/app.json")).ExitCode);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public async Task No_report_shows_a_secret(string format)
    {
        _folder.Write("secret.schema.json", """{ "properties": { "password": { "writeOnly": true }, "port": { "maximum": 1 } } }""");
        _folder.Write("a.json", """{ "port": 2, "password": hunter2, "password": "hunter2", "port": 3 }""");
        var run = await RunAsync("check", "--schema", "secret.schema.json", "--format", format, "a.json");
        Assert.Equal(ExitCodes.Findings, run.ExitCode);
        Assert.Contains("invalid-literal", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output + run.Messages, StringComparison.Ordinal);
    }

    private Task<CommandLineRun> RunAsync(params string[] arguments) => new CommandLineRun { WorkingDirectory = _folder.Path }.RunAsync(arguments);

    private Task<CommandLineRun> RunWithInputAsync(string input, params string[] arguments) =>
        new CommandLineRun { WorkingDirectory = _folder.Path, Input = Encoding.UTF8.GetBytes(input) }.RunAsync(arguments);

    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NeverTimer();

        private sealed class NeverTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
