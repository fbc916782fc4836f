using ConfigLsp.Server.Cli;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Cli;

/// <summary>Files that are JSON Schemas themselves, on the command line.</summary>
public sealed class CheckSchemaFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-06/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    public async Task A_schema_is_held_to_its_meta_schema_and_compiled(string draft)
    {
        _folder.Write("bad.json", $$$$"""{"$schema": "{{{{draft}}}}", "properties": {"a": {"type": "integr"}, "b": {"pattern": "["}, "c": {"$ref": "#/nowhere"} } }""");
        _folder.Write("good.json", $$$$"""{"$schema": "{{{{draft}}}}", "properties": {"a": {"type": "integer"}, "b": {"pattern": "[a]"}, "c": {"$ref": "#/properties/a"} } }""");
        var bad = await RunAsync("check", "bad.json");
        Assert.Equal(ExitCodes.Findings, bad.ExitCode);
        Assert.Contains("[unresolved-reference]", bad.Output, StringComparison.Ordinal);
        Assert.Contains("`#/nowhere` cannot be resolved", bad.Output, StringComparison.Ordinal);
        Assert.Contains("The regular expression `[` is not valid", bad.Output, StringComparison.Ordinal);
        Assert.Contains("integr", bad.Output, StringComparison.Ordinal);

        var good = await RunAsync("check", "--fail-on", "warning", "good.json");
        Assert.Equal((ExitCodes.Success, string.Empty), (good.ExitCode, good.Messages));
    }

    [Fact]
    public async Task A_schema_file_is_known_by_its_name_but_is_no_settings_file()
    {
        _folder.Write("own.schema.json", """{"type": "integr"}""");
        Assert.Equal(ExitCodes.Findings, (await RunAsync("check", "own.schema.json")).ExitCode);
        Assert.Equal(ExitCodes.Failure, (await RunAsync("check")).ExitCode);
    }

    private Task<CommandLineRun> RunAsync(params string[] arguments) => new CommandLineRun { WorkingDirectory = _folder.Path }.RunAsync(arguments);
}
