namespace ConfigLsp.Server.Tests.Lsp;

public sealed class EffectiveHoverTests
{
    [Theory]
    [InlineData("""{"maxAgents": 5}""", "", "Effective: `5`. This value is effective. It overrides `3` of defaults.")]
    [InlineData("""{"maxAgents": 5}""", "7", "Effective: `7`, from environment (`NOFX_MAX_AGENTS`). This value is overridden.")]
    [InlineData("""{"maxAgents": 99}""", "", "Effective: `3`, from defaults. This value is passed over. \\`maxAgents\\` must be at most 50")]
    [InlineData("""{"maxAgents": "8"}""", "", "Effective: `8`. It is read from this value.")]
    public async Task A_hover_says_what_programs_read_and_why(string text, string variable, string expected)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, text);
        if (variable.Length > 0)
            workspace.Variables["NOFX_MAX_AGENTS"] = variable;
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session);
        string? hover = await workspace.HoverAsync(session, "maxAgents");
        Assert.StartsWith(expected, hover, StringComparison.Ordinal);
        Assert.Contains("How many agents may run at the same time", hover, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.StateFolder), "A hover must not open the state database.");
    }

    [Fact]
    public async Task A_value_of_a_stronger_file_comes_with_a_link_to_its_line()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""").Write(".nofx/settings.local.json", "{\n  \"maxAgents\": 6\n}\n");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session);
        Assert.Contains($"Effective: `6`, from [local](<{workspace.UriOf(".nofx/settings.local.json")}#L2,3>).", await workspace.HoverAsync(session, "maxAgents"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_not_saved_is_not_taken_for_the_effective_one()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync();
        const string Text = """{"maxAgents": 6, "logLevel": "info"}""";
        await workspace.OpenAsync(session, text: Text);
        Assert.StartsWith("Effective: `5`, from [workspace](<", await workspace.HoverAsync(session, "maxAgents", text: Text), StringComparison.Ordinal);
        Assert.Contains("not saved yet", await workspace.HoverAsync(session, "maxAgents", text: Text), StringComparison.Ordinal);
        Assert.Contains("not saved yet", await workspace.HoverAsync(session, "logLevel", text: Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_an_editor_has_its_keys_in_a_section_and_shows_no_secrets()
    {
        using var workspace = new EditorWorkspace();
        workspace
            .Write("configlsp.json", """
                {"schema": "./app.schema.json", "sources": [
                  {"name": "base", "type": "file", "path": "app.json"},
                  {"name": "editor", "type": "vscode", "path": ".vscode/settings.json", "section": "app"}]}
                """)
            .Write("app.schema.json", """
                {"type": "object", "properties": {
                  "token": {"type": "string", "writeOnly": true}, "limit": {"type": "integer"}, "log": {"type": "object", "properties": {"a": {}, "b": {}}},
                  "list": {"type": "array"}}}
                """)
            .Write("app.json", """{"token": "hunter2", "limit": 1, "log": {"a": 1}, "list": [1, 2]}""")
            .Write(".vscode/settings.json", """{"editor.tabSize": 4, "app.limit": 2, "app": {"token": "hunter3"}, "app.log": {"b": 2}, "app.list": [10, 20]}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, ".vscode/settings.json");
        Assert.Contains("Effective: `2`. This value is effective. It overrides `1` of [base]", await workspace.HoverAsync(session, "app.limit", ".vscode/settings.json"), StringComparison.Ordinal);
        Assert.Contains("Effective: put together, from [base]", await workspace.HoverAsync(session, "app.log", ".vscode/settings.json"), StringComparison.Ordinal);
        Assert.Contains("Effective: `[10,20]`. This value is effective.", await workspace.HoverAsync(session, "20]", ".vscode/settings.json"), StringComparison.Ordinal);
        string? secret = await workspace.HoverAsync(session, "token", ".vscode/settings.json");
        Assert.Contains("Effective: a secret value. This value is effective. It overrides the value of [base]", secret, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", secret, StringComparison.Ordinal);
        string? other = await workspace.HoverAsync(session, "tabSize", ".vscode/settings.json", until: "never");
        Assert.DoesNotContain("Effective", other ?? string.Empty, StringComparison.Ordinal);
    }
}
