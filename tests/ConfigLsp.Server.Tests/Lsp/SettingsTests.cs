using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Lsp.Settings;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class SettingsTests
{
    private const string Pulls = """{"workspace":{"configuration":true}}""";

    [Fact]
    public async Task Settings_are_pulled_before_the_first_findings_are_published()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            Pulls, prepare: s => s.Client.Answer("workspace/configuration", _ => JsonNode.Parse("""[null,null,{"severity":{"number-too-large":"hint"}}]""")));
        await session.OpenAsync("""{"maxAgents": 99}""");
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(4, set.Diagnostics[0]!["severity"]!.GetValue<int>());
        JsonNode asked = (await session.Client.NextAsync("workspace/configuration"))!;
        Assert.Equal(["json", "http", "configlsp"], asked["items"]!.AsArray().Select(item => item!["section"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_change_without_values_is_pulled_again()
    {
        int limit = 1;
        await using LspTestSession session = await LspTestSession.StartAsync(
            Pulls, prepare: s => s.Client.Answer("workspace/configuration", _ => JsonNode.Parse($$"""[{},{},{"maxProblems":{{limit}}}]""")));
        await session.OpenAsync("""{"maxAgents": 99, "maxAgent": 1}""");
        Assert.Equal(["number-too-large", "too-many-problems"], (await session.NextSetAsync()).Codes);
        limit = 10;
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        Assert.Equal(["number-too-large", "unknown-key"], (await session.NextSetAsync()).Codes);
    }

    [Fact]
    public async Task What_is_pushed_wins_over_what_is_pulled()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            Pulls, prepare: s => s.Client.Answer("workspace/configuration", _ => JsonNode.Parse("""[{},{},{"severity":{"number-too-large":"hint"}}]""")));
        await session.Client.NotifyAsync(
            "workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"json":{},"http":{},"configlsp":{"severity":{"number-too-large":"warning"}}}}"""));
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(2, (await session.NextSetAsync()).Diagnostics[0]!["severity"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_was_pushed_stays_when_a_change_comes_without_values()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            Pulls, prepare: s => s.Client.Answer("workspace/configuration", _ => JsonNode.Parse("""[{},{},{"severity":{"number-too-large":"hint"}}]""")));
        await session.Client.NotifyAsync(
            "workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"severity":{"number-too-large":"warning"}}}}"""));
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(2, (await session.NextSetAsync()).Diagnostics[0]!["severity"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_client_that_refuses_to_answer_is_served_with_the_defaults()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Pulls);
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(["number-too-large"], (await session.NextSetAsync()).Codes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Findings_wait_for_settings_until_the_last_question_is_answered_and_a_refusal_takes_nothing_back(int refused)
    {
        var answers = new TaskCompletionSource<JsonNode?>[] { new(), new() };
        int asked = 0;
        await using LspTestSession session = await LspTestSession.StartAsync(
            Pulls, prepare: s => s.Client.Answer("workspace/configuration", _ => answers[asked++].Task));
        await session.Client.NextAsync("workspace/configuration");
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await session.Client.NextAsync("workspace/configuration");
        await session.OpenAsync("""{"maxAgents": 99}""");
        for (int question = 1; question <= 2; question++)
        {
            if (question != refused)
            {
                answers[question - 1].SetResult(JsonNode.Parse("""[{},{},{"severity":{"number-too-large":"hint"}}]"""));
                continue;
            }

            answers[question - 1].SetException(new InvalidOperationException("The test refuses."));
            await session.Client.NextAsync("window/logMessage");
            await session.SettleAsync();
        }

        Assert.Equal(4, (await session.NextSetAsync()).Diagnostics[0]!["severity"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("{}", 0)]
    [InlineData("[]", 0)]
    [InlineData("\"text\"", 0)]
    [InlineData("""{"validate":5,"maxProblems":"many","severity":[],"log":{"level":"loud"}}""", 3)]
    [InlineData("""{"validate":{"enable":"yes","formats":"sometimes"}}""", 2)]
    [InlineData("""{"severity":{"unknown-key":"fatal","missing-key":7}}""", 2)]
    [InlineData("""{"maxProblems":{"deep":[1,2,{"a":null}]},"severity":"error"}""", 2)]
    public void A_setting_of_the_wrong_type_keeps_its_default_and_is_said(string configlsp, int expectedProblems)
    {
        LspSettings settings = LspSettingsReader.Read(default, default, Parse(configlsp), out IReadOnlyList<string> problems);
        Assert.Equal(LspSettings.Default, settings);
        Assert.Equal(expectedProblems, problems.Count);
    }

    [Fact]
    public void A_name_that_is_not_valid_Unicode_costs_no_other_setting()
    {
        LspSettings settings = LspSettingsReader.Read(
            Parse("""{"\ud800":1,"schemaDownload":{"trustedDomains":{"\ud800":true,"https://a.example/":true}}}"""),
            default,
            Parse("""{"\udc00":{},"maxProblems":5,"severity":{"\ud800":"error","unknown-key":"warning"}}"""),
            out IReadOnlyList<string> problems);
        Assert.Equal(TrustedSchemaAddresses.Create([KeyValuePair.Create("https://a.example/", true)]), settings.TrustedAddresses);
        Assert.Equal(5, settings.MaxProblems);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(settings.Severities).Value);
        Assert.Contains("not valid Unicode", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-5", 1)]
    [InlineData("0", 1)]
    [InlineData("1e300", 100_000)]
    [InlineData("7.9", 7)]
    public void The_number_of_problems_is_kept_within_bounds(string value, int expected) =>
        Assert.Equal(expected, LspSettingsReader.Read(default, default, Parse($$"""{"maxProblems":{{value}}}"""), out _).MaxProblems);

    [Fact]
    public void Every_setting_is_read()
    {
        LspSettings settings = LspSettingsReader.Read(
            Parse("""{"validate":{"enable":false},"schemas":[1],"resultLimit":17,"schemaDownload":{"enable":false,"trustedDomains":{"https://a.example/":true,"https://b.example/":false}}}"""),
            Parse("""{"proxy":"http://proxy.example:8080","proxyStrictSSL":false,"noProxy":["a.example","b.example"]}"""),
            Parse("""{"validate":{"enable":false,"formats":"dialect"},"maxProblems":5,"severity":{"unknown-key":"warning"},"schemas":[2],"log":{"level":"debug"}}"""),
            out IReadOnlyList<string> problems);
        Assert.Empty(problems);
        Assert.False(settings.JsonValidate);
        Assert.False(settings.Validate);
        Assert.False(settings.IsValidating);
        Assert.False(settings.FormatsAlways);
        Assert.Equal(5, settings.MaxProblems);
        Assert.Equal(DiagnosticSeverity.Warning, settings.Severities["unknown-key"]);
        Assert.Equal("[1]"u8, settings.JsonSchemas.Span);
        Assert.Equal("[2]"u8, settings.OwnSchemas.Span);
        Assert.Equal(17, settings.ResultLimit);
        Assert.False(settings.SchemaDownload);
        Assert.Equal(
            TrustedSchemaAddresses.Create([KeyValuePair.Create("https://a.example/", true), KeyValuePair.Create("https://b.example/", false)]), settings.TrustedAddresses);
        Assert.Equal("a.example,b.example", settings.ToDownloadSettings().Http.NoProxy);
        Assert.False(settings.ToDownloadSettings().IsEnabled);
        Assert.Equal("http://proxy.example:8080", settings.Proxy);
        Assert.False(settings.ProxyStrictSsl);
        Assert.Equal(Server.Logging.LogLevel.Debug, settings.LogLevel);
    }

    [Fact]
    public void The_pulled_name_of_the_limit_is_read_too() =>
        Assert.Equal(9, LspSettingsReader.Read(Parse("""{"maxItemsComputed":9}"""), default, default, out _).ResultLimit);

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_told_to_the_client()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"maxProblems":"many"}}}"""));
        JsonNode message = (await session.Client.NextAsync("window/logMessage"))!;
        Assert.Equal(2, message["type"]!.GetValue<int>());
        Assert.Contains("configlsp.maxProblems", message["message"]!.GetValue<string>());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
