using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class EffectiveHintTests
{
    [Theory]
    [InlineData("7", """{"maxAgents": 5}""", "overridden by env NOFX_MAX_AGENTS = 7")]
    [InlineData("", """{"maxAgents": 5}""", null)]
    [InlineData("7", """{"logLevel": "info"}""", null)]
    public async Task A_value_that_is_overridden_says_by_what(string variable, string text, string? expected)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, text);
        if (variable.Length > 0)
            workspace.Variables["NOFX_MAX_AGENTS"] = variable;
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session);
        await workspace.HoverAsync(session, text[2..6]);
        JsonArray hints = await HintsAsync(workspace, session, count: expected is null ? 0 : 1);
        Assert.Equal(expected is null ? [] : [expected], hints.Select(hint => hint!["label"]!.GetValue<string>()));
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"inlayHints":{"overrides":false}}}}"""));
        Assert.Empty(await HintsAsync(workspace, session));
    }

    [Fact]
    public async Task A_value_that_never_wins_is_faded_and_a_secret_is_not_told()
    {
        using var workspace = new EditorWorkspace();
        workspace
            .Write("configlsp.json", """
                {"schema": "./app.schema.json", "sources": [
                  {"name": "base", "type": "file", "path": "app.json"}, {"name": "mine", "type": "file", "path": "mine.json"}]}
                """)
            .Write("app.schema.json", """{"properties": {"token": {"x-secret": true}, "limit": {"default": 1}, "free": {"default": 2}}}""")
            .Write("app.json", """{"token": "hunter2", "limit": 1, "free": 2}""")
            .Write("mine.json", """{"token": "hunter3", "limit": 4}""");
        await using LspTestSession session = await workspace.StartAsync();
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"severity":{"equals-default":"hint"}}}}"""));
        await workspace.OpenAsync(session, "app.json");
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (!set.Codes.Contains("overridden-value") || !set.Codes.Contains("equals-default"));
        Assert.Equal(["equals-default", "equals-default", "overridden-value", "overridden-value"], set.Codes.Order(StringComparer.Ordinal));
        Assert.All(set.Diagnostics, diagnostic =>
        {
            Assert.Equal(4, diagnostic!["severity"]!.GetValue<int>());
            Assert.Equal([1], diagnostic["tags"]!.AsArray().Select(tag => tag!.GetValue<int>()));
            Assert.DoesNotContain("hunter", diagnostic.ToJsonString(), StringComparison.Ordinal);
        });
        JsonArray hints = await HintsAsync(workspace, session, "app.json", count: 2);
        Assert.Equal(["overridden by mine", "overridden by mine = 4"], hints.Select(hint => hint!["label"]!.GetValue<string>()));
    }

    [Fact]
    public async Task All_forms_of_a_section_say_by_what_they_are_overridden()
    {
        using var workspace = Section(
            """{"app.a.b": 1, "other": 2, "app.a": {"b": 3, "c": {"d": 4}, "list": [5], "free": 6}, "app": {"e": 7, "free": 8}, "app.e": 9}""",
            """{"a": {"b": 10, "c": {"d": 11}, "list": [12]}, "e": 13}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, ".vscode/settings.json");
        await workspace.HoverAsync(session, "app.a.b", ".vscode/settings.json");
        IEnumerable<string> hints = (await HintsAsync(workspace, session, ".vscode/settings.json", count: 6)).Select(hint => hint!["label"]!.GetValue<string>());
        string[] expected = ["mine = 10", "mine = 10", "mine = 11", "mine = [12]", "mine = 13", "mine = 13"];
        Assert.Equal(expected.Select(value => "overridden by " + value), hints);
    }

    [Fact]
    public async Task A_section_of_very_many_keys_is_looked_through_once()
    {
        string[] keys = [.. Enumerable.Range(0, 20_000).Select(i => "key" + i)];
        using var workspace = Section(
            "{" + string.Join(",\n", keys.Select(key => $"\"app.{key}\": \"a value of the length that values of settings have\"")) + "}",
            "{" + string.Join(",\n", keys.Select(key => $"\"{key}\": 1")) + "}");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, ".vscode/settings.json");
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (set.Uri != workspace.UriOf(".vscode/settings.json") || !set.Codes.Contains("overridden-value"));
        Assert.Equal(200, (await HintsAsync(workspace, session, ".vscode/settings.json", count: 200, lines: 30_000)).Count);
    }

    [Fact]
    public async Task A_folder_that_is_not_trusted_shows_no_environment_variables()
    {
        using var workspace = new EditorWorkspace();
        workspace.Variables["CLOUD_KEY"] = "hunter2";
        workspace
            .Write("configlsp.json", """
                {"schema": "./app.schema.json", "sources": [{"name": "base", "type": "file", "path": "app.json"}, {"name": "all", "type": "environment", "prefix": "CLOUD_"}]}
                """)
            .Write("app.schema.json", """{"properties": {"key": {"type": "string"}}}""")
            .Write("app.json", """{"key": "mine"}""");
        foreach (bool isTrusted in new[] { true, false })
        {
            await using LspTestSession session = await workspace.StartAsync(options: $$$"""{"configlsp":{"trust":{{{(isTrusted ? "true" : "false")}}}}}""");
            await workspace.OpenAsync(session, "app.json");
            string hover = (await workspace.HoverAsync(session, "key", "app.json"))!;
            string hint = Assert.Single(await HintsAsync(workspace, session, "app.json", count: 1))!["label"]!.GetValue<string>();
            Assert.Contains("CLOUD_KEY", hover, StringComparison.Ordinal);
            Assert.Equal(isTrusted, hover.Contains("hunter2", StringComparison.Ordinal));
            Assert.Equal(isTrusted ? "overridden by env CLOUD_KEY = \"hunter2\"" : "overridden by env CLOUD_KEY", hint);
        }
    }

    [Fact]
    public async Task What_never_wins_leads_to_what_does()
    {
        using var workspace = new EditorWorkspace();
        workspace
            .Write("configlsp.json", """
                {"schema": "./app.schema.json", "sources": [
                  {"name": "base", "type": "file", "path": "app.json"}, {"name": "mine", "type": "file", "path": "mine.json"},
                  {"name": "variables", "type": "environment", "prefix": "APP_"}]}
                """)
            .Write("app.schema.json", """{"properties": {"server": {"properties": {"limit": {"type": "integer"}}}, "level": {"type": "integer"}}}""")
            .Write("app.json", """{"server": {"limit": 1}, "level": 2}""")
            .Write("mine.json", "{\n  \"server\": {\n    \"limit\": 4\n  }\n}");
        workspace.Variables["APP_LEVEL"] = "3";
        await using LspTestSession session = await workspace.StartAsync("""{"textDocument":{"publishDiagnostics":{"relatedInformation":true}}}""");
        await workspace.OpenAsync(session, "app.json");
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (!set.Codes.Contains("overridden-value"));
        Assert.Equal(2, set.Diagnostics.Count);
        JsonNode related = Assert.Single(set.Diagnostics[0]!["relatedInformation"]!.AsArray())!;
        Assert.Equal("mine sets it here.", (string?)related["message"]);
        Assert.Equal(workspace.UriOf("mine.json"), (string?)related["location"]!["uri"]);
        Assert.Equal("""{"start":{"line":2,"character":4},"end":{"line":2,"character":11}}""", related["location"]!["range"]!.ToJsonString());
        Assert.Null(set.Diagnostics[1]!["relatedInformation"]);
    }

    [Fact]
    public async Task The_health_of_the_configuration_is_shown_above_a_source()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync(options: """{"configlsp":{"commands":true}}""");
        await workspace.OpenAsync(session);
        await workspace.HoverAsync(session, "maxAgents");
        var asked = new JsonObject { ["textDocument"] = LspTestSession.Identifier(workspace.UriOf(EditorWorkspace.Settings)) };
        JsonArray lenses = await UntilAsync(2, async () => (await session.Client.RequestAsync("textDocument/codeLens", asked))!.AsArray());
        Assert.Equal(["configlsp.openSchema", "configlsp.healthCheck"], lenses.Select(lens => lens!["command"]!["command"]!.GetValue<string>()));
        Assert.EndsWith("all well", lenses[1]!["command"]!["title"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_is_asked_for_again_when_settings_change()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            """{"workspace":{"semanticTokens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true},"codeLens":{"refreshSupport":true}}}""");
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"configlsp":{"maxProblems":5}}}"""));
        foreach (string method in new[] { "workspace/semanticTokens/refresh", "workspace/inlayHint/refresh", "workspace/codeLens/refresh" })
            await session.Client.NextAsync(method);
    }

    /// <summary>A section of an editor's settings, and a file that is stronger.</summary>
    private static EditorWorkspace Section(string settings, string mine) => new EditorWorkspace()
        .Write("configlsp.json", """
            {"schema": "./app.schema.json", "sources": [
              {"name": "editor", "type": "vscode", "path": ".vscode/settings.json", "section": "app"}, {"name": "mine", "type": "file", "path": "mine.json"}]}
            """)
        .Write("app.schema.json", """{"properties": {"any": {}}}""")
        .Write(".vscode/settings.json", settings)
        .Write("mine.json", mine);

    private static Task<JsonArray> HintsAsync(
        EditorWorkspace workspace, LspTestSession session, string path = EditorWorkspace.Settings, int count = 0, int lines = 99)
    {
        var asked = new JsonObject
        {
            ["textDocument"] = LspTestSession.Identifier(workspace.UriOf(path)),
            ["range"] = JsonNode.Parse($$$"""{"start":{"line":0,"character":0},"end":{"line":{{{lines}}},"character":0}}"""),
        };
        return UntilAsync(count, async () => (await session.Client.RequestAsync("textDocument/inlayHint", asked))!.AsArray());
    }

    /// <summary>Asks again while there are fewer: on a busy machine the other sources may not be looked at in time.</summary>
    private static async Task<JsonArray> UntilAsync(int count, Func<Task<JsonArray>> ask)
    {
        JsonArray found = await ask();
        for (int attempt = 0; attempt < 200 && found.Count < count; attempt++)
            found = await ask();
        return found;
    }
}
