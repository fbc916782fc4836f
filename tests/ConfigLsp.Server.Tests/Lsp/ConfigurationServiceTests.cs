using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Testing.Http;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>The configuration service on the connection of an editor.</summary>
public sealed class ConfigurationServiceTests
{
    [Fact]
    public async Task The_folders_of_the_editor_are_served_with_its_trust_and_follow_it()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""").Write("other/.nofx/settings.json", """{"maxAgents": 6}""");
        await using LspTestSession session = await workspace.StartAsync(options: """{"configlsp": {"trust": false}}""");
        Assert.Equal(5, await GetAsync(session, "maxAgents"));
        JsonNode info = (await session.Client.RequestAsync("configlsp/info", new JsonObject()))!;
        Assert.False(info["trusted"]!.GetValue<bool>());

        string root = DocumentUri.FromFilePath(workspace.Folder).Text;
        await session.Client.NotifyAsync("workspace/didChangeWorkspaceFolders", JsonNode.Parse($$$"""
            {"event": {"added": [{"uri": "{{{workspace.UriOf("other")}}}", "name": "other"}], "removed": [{"uri": "{{{root}}}", "name": "work"}]}}
            """));
        Assert.Equal(6, await GetAsync(session, "maxAgents"));
        Assert.Equal(-33022, await session.Client.FailAsync("configlsp/get", new JsonObject { ["keys"] = new JsonArray("maxAgents"), ["workspace"] = root }));
    }

    [Theory]
    [InlineData("""{"workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true}}}""", true)]
    [InlineData("""{"workspace": {"applyEdit": true}}""", false)]
    public async Task An_update_of_a_file_with_unsaved_changes_is_made_in_the_editor(string capabilities, bool versioned)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync(capabilities);
        session.Client.Answer("workspace/applyEdit", _ => JsonNode.Parse("""{"applied": true}"""));
        await session.OpenAsync("{\n  // mine\n  \"maxAgents\": 6\n}\n", workspace.UriOf(EditorWorkspace.Settings), version: 4);
        JsonNode result = (await EditorWorkspace.UpdateAsync(session, "maxAgents", 7))["result"]!;
        Assert.True(result["pendingSave"]!.GetValue<bool>());
        Assert.Null(result["revision"]);

        JsonNode edit = (await session.Client.NextAsync("workspace/applyEdit"))!["edit"]!;
        JsonNode made = versioned
            ? edit["documentChanges"]![0]!["edits"]![0]!
            : edit["changes"]![workspace.UriOf(EditorWorkspace.Settings)]![0]!;
        Assert.Equal(("7", 2), (made["newText"]!.GetValue<string>(), made["range"]!["start"]!["line"]!.GetValue<int>()));
        if (versioned)
            Assert.Equal(4, edit["documentChanges"]![0]!["textDocument"]!["version"]!.GetValue<int>());
        Assert.Equal("""{"maxAgents": 5}""", workspace.Read());
    }

    [Fact]
    public async Task A_file_that_says_already_what_is_wanted_does_not_hide_what_the_person_has_typed()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 7}""");
        await using LspTestSession session = await workspace.StartAsync();
        session.Client.Answer("workspace/applyEdit", _ => JsonNode.Parse("""{"applied": true}"""));
        await workspace.OpenAsync(session, text: """{"maxAgents": 6}""");
        Assert.True((await EditorWorkspace.UpdateAsync(session, "maxAgents", 7))["result"]!["pendingSave"]!.GetValue<bool>());
        Assert.NotNull(await session.Client.NextAsync("workspace/applyEdit"));
    }

    [Theory]
    [InlineData(EditorWorkspace.Capabilities, """{"applied": false}""")]
    [InlineData(EditorWorkspace.Capabilities, null)]
    [InlineData("{}", """{"applied": true}""")]
    public async Task Where_the_editor_does_not_make_the_change_nothing_is_changed(string capabilities, string? answer)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync(capabilities);
        if (answer is not null)
            session.Client.Answer("workspace/applyEdit", _ => JsonNode.Parse(answer));
        await workspace.OpenAsync(session, text: """{"maxAgents": 6}""");
        Assert.Equal(-33011, (await EditorWorkspace.UpdateAsync(session, "maxAgents", 7))["error"]!["code"]!.GetValue<int>());
        Assert.Equal("""{"maxAgents": 5}""", workspace.Read());
    }

    [Theory]
    [InlineData("{\"maxAgents\": 5}", "{\"maxAgents\": 5}")]
    [InlineData("\uFEFF{\"maxAgents\": 5}", "{\"maxAgents\": 5}")]
    [InlineData("{\r\n  \"maxAgents\": 5\n}\n", "{\r\n  \"maxAgents\": 5\r\n}\r\n")]
    public async Task An_open_file_without_unsaved_changes_is_changed_on_the_disk(string saved, string open)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, string.Empty);
        File.WriteAllBytes(Path.Join(workspace.Folder, EditorWorkspace.Settings), System.Text.Encoding.UTF8.GetBytes(saved));
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, text: open);
        JsonNode result = (await EditorWorkspace.UpdateAsync(session, "maxAgents", 7))["result"]!;
        Assert.False(result["pendingSave"]!.GetValue<bool>());
        Assert.NotNull(result["revision"]);
        Assert.Contains("\"maxAgents\": 7", workspace.Read(), StringComparison.Ordinal);
        Assert.Empty(session.Client.TakeReceived("workspace/applyEdit"));
    }

    [Fact]
    public async Task What_is_wrong_with_all_sources_together_is_said_in_the_open_file_and_taken_back_by_an_update()
    {
        using var workspace = new EditorWorkspace();
        workspace
            .Write("configlsp.json", """
                {"schema": "./app.schema.json", "sources": [{"name": "base", "type": "file", "path": "base.json"}, {"name": "top", "type": "file", "path": "top.json"}]}
                """)
            .Write("app.schema.json", """{"type": "object", "not": {"required": ["a", "b"]}}""")
            .Write("base.json", """{"a": 1}""")
            .Write("top.json", """{"b": 1}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, "top.json");
        PublishedSet set = await SetWithAsync(session, "merged-settings-invalid");
        Assert.Equal("top.json", set.Uri[(set.Uri.LastIndexOf('/') + 1)..]);
        Assert.Contains("all sources together", set.Diagnostics[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        Assert.NotNull((await session.Client.AskAsync("configlsp/update", new JsonObject { ["op"] = "unset", ["key"] = "a", ["source"] = "base" }))["result"]);
        Assert.Empty((await session.NextSetAsync()).Codes);

        // An edit from outside counts as well.
        workspace.Write("base.json", """{"a": 2}""");
        await SetWithAsync(session, "merged-settings-invalid");
    }

    [Fact]
    public async Task Private_addresses_are_for_the_person_to_allow()
    {
        await using var server = new FaultServer();
        server.Respond("/s.json", FaultResponses.Ok("""{"maxAgents": 9}"""));
        using var workspace = new EditorWorkspace();
        workspace.Write("configlsp.json", $$"""
            {"sources": [{"name": "defaults", "type": "defaults"}, {"name": "web", "type": "http", "url": "{{server.At("/s.json")}}", "optional": true}]}
            """);
        await using LspTestSession session = await workspace.StartAsync();
        Assert.Equal(3, await GetAsync(session, "maxAgents"));
        Assert.Equal(0, server.UnseenRequests);
        await session.Client.RequestAsync("configlsp/watch", new JsonObject());
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""
            {"settings": {"json": {}, "http": {}, "configlsp": {"http": {"allowPrivateAddresses": true}}}}
            """));
        JsonNode told = (await session.Client.NextAsync("configlsp/didChange"))!;
        Assert.Equal("9", told["changes"]![0]!["new"]!.ToJsonString());
    }

    [Fact]
    public async Task Health_tells_of_the_sources()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync();
        Assert.Equal(5, await GetAsync(session, "maxAgents"));
        JsonNode report = (await session.Client.RequestAsync("configlsp/health", new JsonObject { ["kind"] = "full" }))!;
        string[] names = [.. report["checks"]!.AsArray().Select(check => check!["name"]!.GetValue<string>())];
        Assert.Superset(new HashSet<string> { "server", "documents", "schemas", "connection", "configuration-manager", "source:workspace", "breakers", "cache", "storage" }, names.ToHashSet());
        Assert.Equal("healthy", report["status"]!.GetValue<string>());
    }

    private static async Task<int> GetAsync(LspTestSession session, string key)
    {
        JsonNode reply = (await session.Client.RequestAsync("configlsp/get", new JsonObject { ["keys"] = new JsonArray(key) }))!;
        return reply["items"]![0]!["value"]!.GetValue<int>();
    }

    /// <summary>The next set of an open file with a finding. Before it was opened, the file may have had the same one.</summary>
    private static async Task<PublishedSet> SetWithAsync(LspTestSession session, string code)
    {
        PublishedSet set;
        do
        {
            set = await session.NextSetAsync();
        }
        while (set.Version is null || !set.Codes.Contains(code));
        return set;
    }
}
