using ConfigLsp.Configuration.Sources;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class EnvironmentVariablesSourceTests
{
    private const string Closed =
        """
        {
          "additionalProperties": false,
          "properties": {
            "maxAgents": {"type": "integer"},
            "ai-path": {"type": "string"},
            "log_level": {"enum": ["debug", "info"]},
            "useTrees": {"type": "boolean"},
            "delay": {"type": "number"},
            "tags": {"type": "array"},
            "either": {"type": ["integer", "string"]},
            "perhaps": {"type": ["boolean", "null"]},
            "agent": {"type": "object", "additionalProperties": false, "properties": {"max": {"type": "integer"}, "limits": {"properties": {"perHour": {"type": "integer"}}}}},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}}
          }
        }
        """;

    [Theory]
    // Names.
    [InlineData("NOFX_MAX_AGENTS=5", """{"maxAgents":5}""")]
    [InlineData("nofx_max_agents=5", """{"maxAgents":5}""")]
    [InlineData("NOFX_maxAgents=5", """{"maxAgents":5}""")]
    [InlineData("NOFX_MAXAGENTS=5", """{"maxAgents":5}""")]
    [InlineData("NOFX_AI_PATH=x", """{"ai-path":"x"}""")]
    [InlineData("NOFX_LOGLEVEL=info", """{"log_level":"info"}""")]
    [InlineData("NOFX_AGENT__MAX=2", """{"agent":{"max":2}}""")]
    [InlineData("NOFX_AGENT__LIMITS__PER_HOUR=2", """{"agent":{"limits":{"perHour":2}}}""")]
    [InlineData("NOFX_AGENT__LIMITS__OTHER_THING=2", """{"agent":{"limits":{"otherThing":2}}}""")]
    [InlineData("NOFX_LABELS__TEAM_NAME=7", """{"labels":{"teamName":"7"}}""")]
    [InlineData("NOFX_LABELS__teamX_y=7", """{"labels":{"teamXY":"7"}}""")]
    // Values by type.
    [InlineData("NOFX_MAX_AGENTS= 5 ", """{"maxAgents":5}""")]
    [InlineData("NOFX_MAX_AGENTS=1e1", """{"maxAgents":1e1}""")]
    [InlineData("NOFX_MAX_AGENTS=12345678901234567890", """{"maxAgents":12345678901234567890}""")]
    [InlineData("NOFX_MAX_AGENTS=many", """{"maxAgents":"many"}""")]
    [InlineData("NOFX_MAX_AGENTS=0x10", """{"maxAgents":"0x10"}""")]
    [InlineData("NOFX_MAX_AGENTS=5 //", """{"maxAgents":"5 //"}""")]
    [InlineData("NOFX_MAX_AGENTS=", "{}")]
    [InlineData("NOFX_DELAY=-0.50", """{"delay":-0.50}""")]
    [InlineData("NOFX_AI_PATH=", """{"ai-path":""}""")]
    [InlineData("NOFX_AI_PATH=5", """{"ai-path":"5"}""")]
    [InlineData("NOFX_AI_PATH= a\"\\\n", """{"ai-path":" a\"\\\u000a"}""")]
    [InlineData("NOFX_AI_PATH=null", """{"ai-path":"null"}""")]
    [InlineData("NOFX_USE_TREES=true", """{"useTrees":true}""")]
    [InlineData("NOFX_USE_TREES=0", """{"useTrees":false}""")]
    [InlineData("NOFX_USE_TREES=Yes", """{"useTrees":true}""")]
    [InlineData("NOFX_USE_TREES=OFF", """{"useTrees":false}""")]
    [InlineData("NOFX_USE_TREES=maybe", """{"useTrees":"maybe"}""")]
    [InlineData("NOFX_PERHAPS=null", """{"perhaps":null}""")]
    [InlineData("NOFX_TAGS=[\"a\", 1]", """{"tags":["a", 1]}""")]
    [InlineData("NOFX_TAGS=[1", """{"tags":"[1"}""")]
    [InlineData("NOFX_EITHER=5", """{"either":5}""")]
    [InlineData("NOFX_EITHER=true", """{"either":"true"}""")]
    [InlineData("NOFX_LABELS={\"a\": \"b\"}", """{"labels":{"a": "b"}}""")]
    // Not of the source.
    [InlineData("OTHER_MAX_AGENTS=5", "{}")]
    [InlineData("NOFX_=5", "{}")]
    public async Task A_variable_sets_the_key_of_its_name_by_the_type_of_the_schema(string variable, string expected)
    {
        var content = await LoadAsync(Closed, variable);
        Assert.Equal(expected, content.Text());
        Assert.Empty(content.Tree.Errors);
        Assert.Empty(content.Warnings);
    }

    [Theory]
    [InlineData("NOFX_MAX_AGENT=5")]
    [InlineData("NOFX_AGENT_MAX=5")]
    [InlineData("NOFX_AGENT__MIN=5")]
    [InlineData("NOFX_MAX_AGENTS__X=5")]
    [InlineData("NOFX___MAX=5")]
    [InlineData("NOFX_AGENT__=5")]
    [InlineData("NOFX_LABELS__A<B=5")]
    [InlineData("NOFX_ü=5")]
    public async Task A_variable_without_a_key_is_passed_over_with_a_warning_that_holds_no_value(string variable)
    {
        var content = await LoadAsync(Closed, variable[..^1] + "s3cret", "NOFX_MAX_AGENTS=5");
        Assert.Equal("""{"maxAgents":5}""", content.Text());
        var warning = Assert.Single(content.Warnings);
        Assert.Contains(variable[..variable.IndexOf('=', StringComparison.Ordinal)], warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "NOFX_MAX_AGENTS=5", """{"maxAgents":5}""")]
    [InlineData("true", "NOFX_X=on", """{"x":"on"}""")]
    [InlineData("true", "NOFX_X=\"5\"", """{"x":"5"}""")]
    [InlineData("true", "NOFX_A__B_C={\"d\": [true]}", """{"a":{"bC":{"d": [true]}}}""")]
    [InlineData("""{"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}""", "NOFX_X1=5", """{"x1":"5"}""")]
    [InlineData("""{"properties": {"a": {"properties": {"b": {"type": "string"}}}, "A": {"type": "string"}}}""", "NOFX_A=1", """{"A":"1"}""")]
    [InlineData("""{"oneOf": [{"properties": {"someKey": {"type": "string"}}}, {"properties": {"other": {}}}]}""", "NOFX_SOME_KEY=1", """{"someKey":"1"}""")]
    public async Task Names_that_the_schema_permits_but_does_not_know_are_converted(string schema, string variable, string expected)
    {
        var content = await LoadAsync(schema, variable);
        Assert.Equal(expected, content.Text());
        Assert.Empty(content.Warnings);
    }

    [Fact]
    public async Task Of_two_variables_for_one_key_the_first_by_name_counts_whatever_their_order()
    {
        string[] variables = ["NOFX_max_agents=1", "NOFX_MAX_AGENTS=2", "NOFX_MAXAGENTS=3"];
        foreach (var order in (string[][])[variables, [.. variables.Reverse()]])
        {
            var content = await LoadAsync(Closed, order);
            Assert.Equal("""{"maxAgents":3}""", content.Text());
            Assert.Equal(2, content.Warnings.Length);
            Assert.Equal("NOFX_MAXAGENTS", content.Variables?["/maxAgents"]);
        }
    }

    [Fact]
    public async Task A_variable_for_a_part_changes_what_another_gives_as_a_whole()
    {
        var content = await LoadAsync(Closed, "NOFX_AGENT__MAX=2", "NOFX_AGENT={\"max\": 1, \"limits\": {}}", "NOFX_AGENT__LIMITS__PER_HOUR=9");
        Assert.Equal("""{"agent":{"max":2,"limits":{"perHour":9}}}""", content.Text());
        Assert.Contains("NOFX_AGENT__MAX", Assert.Single(content.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            ["/agent/limits/perHour=NOFX_AGENT__LIMITS__PER_HOUR", "/agent/max=NOFX_AGENT__MAX", "/agent=NOFX_AGENT"],
            content.Variables!.Select(static v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Values_that_are_too_large_are_passed_over()
    {
        var large = await LoadAsync(Closed, "NOFX_AI_PATH=" + new string('x', (64 * 1024) + 1), "NOFX_MAX_AGENTS=5");
        Assert.Equal("""{"maxAgents":5}""", large.Text());
        Assert.Single(large.Warnings);

        var many = await LoadAsync("true", [.. Enumerable.Range(100, 300).Select(static i => $"NOFX_V{i}=" + new string('x', 10_000))]);
        Assert.InRange(many.Tree.Text.Length, 900_000, 1_100_000);
        Assert.Equal(100, many.Warnings.Length);
        Assert.Contains("\"v100\":", many.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_environment_gives_the_previous_content()
    {
        var variables = new Dictionary<string, string> { ["NOFX_MAX_AGENTS"] = "5" };
        using var source = new EnvironmentVariablesSource("env", "NOFX_", () => variables, () => null);
        var first = await SourceTests.LoadAsync(source);
        Assert.Same(first, await SourceTests.LoadAsync(source, first));
        variables["NOFX_MAX_AGENTS"] = "6";
        Assert.Equal("""{"maxAgents":6}""", (await SourceTests.LoadAsync(source, first)).Text());
    }

    [Fact]
    public void The_variables_of_the_process_are_there() =>
        Assert.Contains(EnvironmentVariablesSource.OfProcess(), static v => v.Key.Equals("PATH", StringComparison.OrdinalIgnoreCase) && v.Value.Length > 0);

    private static async Task<SourceContent> LoadAsync(string schema, params string[] variables)
    {
        var pairs = variables.Select(static v => v.Split('=', 2)).Select(static p => KeyValuePair.Create(p[0], p[1])).ToArray();
        using var source = new EnvironmentVariablesSource("env", "NOFX_", () => pairs, () => SourceTests.Compile(schema));
        return await SourceTests.LoadAsync(source);
    }
}
