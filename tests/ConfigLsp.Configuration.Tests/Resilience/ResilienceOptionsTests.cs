using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Resilience;

public sealed class ResilienceOptionsTests
{
    [Fact]
    public void A_source_wins_over_the_workspace_and_that_over_the_defaults()
    {
        var configuration = Parse(
            """
            {
              "resilience": { "totalTimeoutMs": 20000, "maxConcurrent": 2, "retry": { "maxAttempts": 4, "factor": 1.5, "jitter": false } },
              "sources": [
                { "name": "a", "type": "http", "url": "https://example.org/a", "resilience": {
                  "totalTimeoutMs": 10000, "attemptTimeoutMs": 2000,
                  "retry": { "baseDelayMs": 0, "maxDelayMs": 3000 }, "circuitBreaker": { "failureThreshold": 3, "openMs": 1000 } } },
                { "name": "b", "type": "defaults" },
              ],
            }
            """);
        var workspace = new ResilienceOptions
        {
            TotalTimeout = TimeSpan.FromSeconds(20),
            MaxConcurrent = 2,
            MaxAttempts = 4,
            Factor = 1.5,
            Jitter = false,
        };
        Assert.Equal(workspace, ResilienceOptions.Combine(configuration.Resilience, configuration.Sources[1].Resilience));
        Assert.Equal(
            workspace with
            {
                TotalTimeout = TimeSpan.FromSeconds(10),
                AttemptTimeout = TimeSpan.FromSeconds(2),
                BaseDelay = TimeSpan.Zero,
                MaxDelay = TimeSpan.FromSeconds(3),
                FailureThreshold = 3,
                OpenDuration = TimeSpan.FromSeconds(1),
            },
            ResilienceOptions.Combine(configuration.Resilience, configuration.Sources[0].Resilience));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"retry": 5, "circuitBreaker": null}""")]
    [InlineData("""{"totalTimeoutMs": 99, "attemptTimeoutMs": 600001, "maxConcurrent": 0, "retry": {"maxAttempts": 11, "baseDelayMs": -1, "factor": 0.5, "maxDelayMs": 1.5, "jitter": 1}, "circuitBreaker": {"failureThreshold": 0, "openMs": "1s"}}""")]
    public void What_is_out_of_range_or_of_the_wrong_type_is_left_at_the_default(string text) =>
        Assert.Equal(ResilienceOptions.Default, ResilienceOptions.Combine(Parse($$"""{"resilience": {{text}}}""").Resilience, null));

    [Fact]
    public void The_defaults_are_those_of_the_schema_of_the_file()
    {
        using var stream = typeof(WorkspaceConfiguration).Assembly.GetManifestResourceStream("schemas/configlsp.schema.json")!;
        using var schema = System.Text.Json.JsonDocument.Parse(stream);
        var properties = schema.RootElement.GetProperty("definitions").GetProperty("resilience").GetProperty("properties");
        var stated = Write(properties);
        Assert.Contains("failureThreshold", stated, StringComparison.Ordinal);
        Assert.Equal(ResilienceOptions.Default, ResilienceOptions.Combine(Parse($$"""{"resilience": {{stated}}}""").Resilience, null));

        var options = Parse($$"""{"resilience": {{stated}}}""").Resilience!;
        Assert.All(
            typeof(ResilienceConfiguration).GetProperties(),
            property => Assert.NotNull(property.GetValue(options)));

        static string Write(System.Text.Json.JsonElement properties) => "{" + string.Join(",", properties.EnumerateObject().Select(p =>
            $"\"{p.Name}\":" + (p.Value.TryGetProperty("default", out var value) ? value.GetRawText() : Write(p.Value.GetProperty("properties"))))) + "}";
    }

    private static WorkspaceConfiguration Parse(string text) => WorkspaceFile.Parse(DocumentUri.Parse("file:///w/configlsp.json"), SourceText.From(text));
}
