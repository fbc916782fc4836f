using System.Text.Json;
using System.Text.RegularExpressions;
using ConfigLsp.Server.Cli;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class OtherCommandTests
{
    [Fact]
    public async Task The_version_names_product_runtime_and_platform()
    {
        var run = await new CommandLineRun().RunAsync("--version");
        Assert.Matches(new Regex(@"^configlsp \d+\.\d+\.\d+ \(\.NET \d+\.\d+\.\d+, [a-z0-9-]+\)\n$", RegexOptions.None, TimeSpan.FromSeconds(1)), run.Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("schema list")]
    [InlineData("schema list --format json")]
    [InlineData("completion bash")]
    public async Task An_output_that_cannot_be_written_is_an_error_and_no_crash(string line)
    {
        using var full = new FullDisk();
        var run = await new CommandLineRun { OutputStream = full }.RunAsync(line.Split(' '));
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("The output could not be written: no space left", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "configlsp schema show settings.json")]
    [InlineData("check --help", "--stdin-path <path>")]
    [InlineData("check --format bogus -h", "Examples:")]
    [InlineData("lsp --help", "--clientProcessId <pid>")]
    [InlineData("schema list --help", "configlsp schema list --format json")]
    public async Task Help_is_a_result_and_has_examples(string line, string text)
    {
        var run = await new CommandLineRun().RunAsync(line.Split(' '));
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Messages);
    }

    [Theory]
    [InlineData("configlsp ", "check")]
    [InlineData("/usr/bin/configlsp ch", "check")]
    [InlineData("configlsp check --fo", "--format")]
    [InlineData("configlsp check --format ", "sarif")]
    [InlineData("configlsp check --format=", "sarif")]
    [InlineData("configlsp check --fail-on w", "warning")]
    [InlineData("configlsp schema ", "show")]
    [InlineData("configlsp completion ", "fish")]
    [InlineData("configlsp lsp --log-level ", "debug")]
    public async Task The_words_that_may_follow_are_suggested(string line, string word)
    {
        var run = await new CommandLineRun().RunAsync($"[suggest:{line.Length}]", line);
        Assert.Contains(word, run.Output.Split('\n'));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Each_shell_gets_a_script_that_asks_for_suggestions(string shell)
    {
        var run = await new CommandLineRun().RunAsync("completion", shell);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Output);
    }

    [Fact]
    public async Task The_list_has_the_workspace_before_the_catalogue()
    {
        var run = await new CommandLineRun { WorkingDirectory = Repository.PathOf("tests", "samples", "workspace") }.RunAsync("schema", "list", "--format", "json");
        using var list = JsonDocument.Parse(run.Output);
        var schemas = list.RootElement.GetProperty("schemas");
        Assert.Equal("workspace", schemas[0].GetProperty("source").GetString());
        Assert.Equal("services/*.json", schemas[0].GetProperty("fileMatch")[0].GetString());
        Assert.Equal("Agent settings", schemas[1].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("services/checkout.json", "workspace", "Service", "configlsp.json says so for services/*.json")]
    [InlineData(".nofx/settings.json", "workspace", "Agent settings", "the file is one of the sources in configlsp.json")]
    [InlineData("alert-config.json", "catalog", "Alert configuration", "the catalogue's entry \"Alert configuration\" covers **/alert-config.json")]
    [InlineData("new/backup-strategy.json", "catalog", "Backup strategy", "the catalogue's entry \"Backup strategy\" covers **/backup-strategy.json")]
    [InlineData("README.md", "none", null, null)]
    public async Task Show_says_which_schema_applies_and_why(string file, string level, string? title, string? reason)
    {
        var run = await new CommandLineRun { WorkingDirectory = Repository.PathOf("tests", "samples", "workspace") }.RunAsync("schema", "show", file, "--json");
        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal(level, answer.RootElement.GetProperty("level").GetString());
        Assert.Equal(title is null ? 0 : 1, answer.RootElement.GetProperty("schemas").GetArrayLength());
        foreach (var schema in answer.RootElement.GetProperty("schemas").EnumerateArray())
        {
            Assert.Equal(title, schema.GetProperty("title").GetString());
            Assert.Equal(reason, schema.GetProperty("reason").GetString());
            Assert.Equal(0, schema.GetProperty("problems").GetArrayLength());
        }
    }

    [Fact]
    public async Task Show_says_what_is_wrong_with_a_schema()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.json", """{ "$schema": "./missing.schema.json" }""");
        var run = await new CommandLineRun { WorkingDirectory = folder.Path }.RunAsync("schema", "show", "a.json");
        Assert.Contains("because  the file names it as $schema", run.Output, StringComparison.Ordinal);
        Assert.Contains("problem", run.Output, StringComparison.Ordinal);
        Assert.Contains("missing.schema.json", run.Output, StringComparison.Ordinal);
    }
}
