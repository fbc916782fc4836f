using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Tests.Environments;

public sealed class EnvironmentDetectorTests
{
    [Theory]
    // The order, each place yielding to the one before it.
    [InlineData("e1", "e2", "e3", "e4", "Development", "test", "prod-1", "e1", "--env")]
    [InlineData(null, "e2", "e3", "e4", "Development", "test", "prod-1", "e2", "CONFIGLSP_ENV")]
    [InlineData(null, null, "e3", "e4", "Development", "test", "prod-1", "e3", "CONFIG_ENV")]
    [InlineData(null, null, null, "e4", "Development", "test", "prod-1", "e4", "configlsp.json")]
    [InlineData(null, null, null, "auto", "Development", "test", "stage-1", "development", "DOTNET_ENVIRONMENT")]
    [InlineData(null, null, null, "auto", null, "test", "stage-1", "testing", "NODE_ENV")]
    [InlineData(null, null, null, "auto", null, null, "stage-1", "staging", "host name")]
    [InlineData(null, null, null, "auto", null, null, "box", "production", "default")]
    [InlineData(null, null, null, null, null, null, "dev-1", "production", "default")]
    // Usual names, in any case and shortened; names of one's own as they are written.
    [InlineData("PROD", null, null, null, null, null, "", "production", "--env")]
    [InlineData("Training", null, null, null, null, null, "", "Training", "--env")]
    [InlineData(null, " dev ", null, null, null, null, "", "development", "CONFIGLSP_ENV")]
    [InlineData(null, null, null, "training", null, null, "", "training", "configlsp.json")]
    // What says nothing is passed over.
    [InlineData("auto", null, null, null, null, "prod", "", "production", "NODE_ENV")]
    [InlineData("", "  ", "Auto", "auto", "", "stage", "", "staging", "NODE_ENV")]
    public void The_first_place_that_names_an_environment_decides(
        string? stated, string? own, string? config, string? file, string? dotnet, string? node, string host, string expected, string by)
    {
        var detected = Detect(stated, own, config, file, dotnet, node, host);
        Assert.Equal((expected, by), (detected.Name, detected.DetectedBy));
        Assert.Equal((by, EnvironmentOutcome.Chosen), (detected.Trail[^1].Where, detected.Trail[^1].Outcome));
        Assert.Single(detected.Trail, static step => step.Outcome == EnvironmentOutcome.Chosen);
        Assert.Empty(detected.Warnings);
    }

    [Theory]
    [InlineData("device-1", "production")]
    [InlineData("dev-1", "development")]
    [InlineData("DEV01", "development")]
    [InlineData("web.staging.example.org", "staging")]
    [InlineData("ci_test_7", "testing")]
    [InlineData("producer", "production")]
    [InlineData("testing2prod", "production", true)]
    [InlineData("dev-development", "development")]
    [InlineData("contest", "production")]
    [InlineData("", "production")]
    [InlineData("---", "production")]
    public void The_host_name_counts_by_whole_words(string host, string expected, bool isAmbiguous = false)
    {
        var detected = Detect(host: host, file: "auto");
        Assert.Equal(expected, detected.Name);
        Assert.Equal(isAmbiguous, detected.Trail.Any(static s => s.Outcome == EnvironmentOutcome.Ambiguous));
        Assert.Equal(isAmbiguous ? 1 : 0, detected.Warnings.Length);
    }

    [Theory]
    [InlineData("../../etc", null, null, "--env")]
    [InlineData("1st", null, null, "--env")]
    [InlineData("a b", null, null, "--env")]
    [InlineData("a\nb", null, null, "--env")]
    [InlineData("ü", null, null, "--env")]
    [InlineData(null, "${environment}", null, "configlsp.json")]
    [InlineData(null, null, "local", "NODE_ENV")]
    [InlineData(null, null, "auto", "NODE_ENV")]
    public void What_is_no_environment_warns_and_the_search_goes_on(string? stated, string? file, string? node, string place)
    {
        var detected = Detect(stated, file: file, node: node);
        Assert.Equal(("production", "default"), (detected.Name, detected.DetectedBy));
        var warning = Assert.Single(detected.Warnings);
        Assert.Contains($"in {place} is no environment", warning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', warning);
        Assert.Contains(detected.Trail, s => s.Where == place && s.Outcome == EnvironmentOutcome.Unknown);
    }

    [Fact]
    public void A_hostile_value_is_neither_taken_nor_shown_in_full()
    {
        Assert.Equal(new string('a', 63), Detect(new string('a', 63)).Name);
        var detected = Detect(new string('a', 100_000) + "\u0007");
        Assert.Equal("production", detected.Name);
        Assert.InRange(Assert.Single(detected.Warnings).Length, 1, 400);
        Assert.All(detected.Trail, static s => Assert.InRange((s.Value ?? string.Empty).Length, 0, 100));
    }

    [Fact]
    public void The_trail_tells_every_place_that_was_looked_at()
    {
        var detected = Detect("auto", own: null, config: "no name", file: "auto", dotnet: null, node: "banana", host: "web-1");
        Assert.Equal(
            [
                new("--env", "auto", EnvironmentOutcome.Automatic),
                new("CONFIGLSP_ENV", null, EnvironmentOutcome.NotSet),
                new("CONFIG_ENV", "no name", EnvironmentOutcome.Unknown),
                new("configlsp.json", "auto", EnvironmentOutcome.Automatic),
                new("DOTNET_ENVIRONMENT", null, EnvironmentOutcome.NotSet),
                new("NODE_ENV", "banana", EnvironmentOutcome.Unknown),
                new("host name", "web-1", EnvironmentOutcome.Unknown),
                new EnvironmentStep("default", null, EnvironmentOutcome.Chosen),
            ],
            detected.Trail.ToArray());
    }

    [Fact]
    public void A_workspace_file_that_says_nothing_asks_for_detection_and_no_file_does_not()
    {
        var file = new WorkspaceConfiguration { Uri = DocumentUri.Parse("file:///w/configlsp.json") };
        Assert.Equal("auto", EnvironmentInputs.ConfiguredIn(file));
        Assert.Equal("staging", EnvironmentInputs.ConfiguredIn(file with { Environment = "staging" }));
        Assert.Null(EnvironmentInputs.ConfiguredIn(WorkspaceConfiguration.Empty));
    }

    private static DetectedEnvironment Detect(
        string? stated = null, string? own = null, string? config = null, string? file = null, string? dotnet = null, string? node = null, string host = "") =>
        EnvironmentDetector.Detect(new EnvironmentInputs
        {
            Explicit = stated,
            Configured = file,
            Variable = name => name switch
            {
                "CONFIGLSP_ENV" => own,
                "CONFIG_ENV" => config,
                "DOTNET_ENVIRONMENT" => dotnet,
                "NODE_ENV" => node,
                _ => throw new ArgumentException(name, nameof(name)),
            },
            HostName = host,
        });
}
