using System.Text.Json;
using ConfigLsp.Server.Cli;
using ConfigLsp.Testing;
using ConfigLsp.Testing.Http;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class SchemaDownloadCommandTests : IAsyncDisposable
{
    private readonly FaultServer _server = new();
    private readonly TemporaryFolder _folder = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_schema_that_one_run_has_downloaded_serves_the_next_without_network_and_without_trust()
    {
        _server.Respond("/s.json", FaultResponses.Ok("""{"title": "Things", "required": ["b"]}"""));
        WriteThing();
        Assert.Equal(ExitCodes.Findings, (await Run("check", "w/thing.json", "--trust", "--trusted-domain", _server.At("/"), "--allow-private-addresses")).ExitCode);
        await _server.NextRequestAsync();

        Assert.Contains("[missing-key]", (await Run("check", "w/thing.json", "--offline")).Output, StringComparison.Ordinal);
        Assert.Contains("[missing-key]", (await Run("check", "w/thing.json")).Output, StringComparison.Ordinal);
        var shown = await Run("schema", "show", "w/thing.json");
        Assert.Contains("  from     the copy that was downloaded 20", shown.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Run("schema", "show", "w/thing.json", "--json")).Output);
        var origin = json.RootElement.GetProperty("schemas")[0].GetProperty("origin");
        Assert.Equal("cache", origin.GetProperty("kind").GetString());
        Assert.True(origin.GetProperty("fetchedAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Theory]
    [InlineData("", "`--trust`")]
    [InlineData("--trust", "--trusted-domain http://127.0.0.1:")]
    [InlineData("--trust --trusted-domain *", "--allow-private-addresses")]
    [InlineData("--trust --trusted-domain * --offline", "without `--offline`")]
    public async Task What_stands_in_the_way_is_a_warning_that_says_what_to_do(string options, string advice)
    {
        _server.Respond("/s.json", FaultResponses.Ok("false"));
        WriteThing();
        string[] arguments = ["check", "w/thing.json", .. options.Replace("*", _server.At("/"), StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var run = await Run(arguments);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("[schema-not-loaded]", run.Output, StringComparison.Ordinal);
        Assert.Contains(advice, run.Output, StringComparison.Ordinal);
        Assert.Equal(0, _server.UnseenRequests);
    }

    [Fact]
    public async Task A_schema_that_the_person_names_needs_no_trust()
    {
        _server.Respond("/s.json", FaultResponses.Ok("""{"required": ["b"]}"""));
        _folder.Write("w/thing.json", "{}");
        var run = await Run("check", "w/thing.json", "--schema", _server.At("/s.json"), "--allow-private-addresses");
        Assert.Contains("[missing-key]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_trusted_for_good_is_trusted_by_check()
    {
        _server.Respond("/s.json", FaultResponses.Ok("""{"required": ["b"]}"""));
        _folder.Write("w/configlsp.json", "{}");
        WriteThing();
        await Run("trust", "w");
        var run = await Run("check", "w/thing.json", "--trusted-domain", _server.At("/"), "--allow-private-addresses");
        Assert.Contains("[missing-key]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_domain_that_is_no_address_is_refused()
    {
        var run = await Run("check", "--trusted-domain", "example.com");
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("--trusted-domain must be an http(s) address such as https://example.com/, but is 'example.com'.", run.Messages, StringComparison.Ordinal);
    }

    private void WriteThing() => _folder.Write("w/thing.json", $$"""{"$schema": "{{_server.At("/s.json")}}"}""");

    private Task<CommandLineRun> Run(params string[] arguments) => new CommandLineRun
    {
        WorkingDirectory = _folder.Path,
        StateFolder = _folder.PathTo("state"),
        Variables = new() { ["XDG_CACHE_HOME"] = _folder.PathTo("cache"), ["LOCALAPPDATA"] = _folder.PathTo("cache") },
    }.RunAsync(arguments);
}
