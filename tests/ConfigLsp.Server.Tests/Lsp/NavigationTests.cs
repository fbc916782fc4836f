using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class NavigationTests
{
    private const string Linking = """
        {"workspace": {"workspaceEdit": {"documentChanges": true}}, "textDocument": {"definition": {"linkSupport": true}, "typeDefinition": {"linkSupport": true}}}
        """;

    private const string Local = ".nofx/settings.local.json";

    [Fact]
    public async Task The_definition_of_a_setting_is_the_next_weaker_source_that_sets_it()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, "{\n  \"maxAgents\": 5\n}").Write(Local, """{"logLevel": "info", "maxAgents": 6}""");
        await using LspTestSession session = await workspace.StartAsync(Linking);
        await workspace.OpenAsync(session, Local);
        JsonArray found = await AskAsync(session, "textDocument/definition", LspTestSession.At(0, 25, workspace.UriOf(Local)));
        Assert.Equal(workspace.UriOf(EditorWorkspace.Settings), Text(Assert.Single(found)!, "targetUri"));
        Assert.Equal(Range(1, 2, 1, 13), found[0]!["targetSelectionRange"]!.ToJsonString());
        Assert.Equal(Range(0, 21, 0, 32), found[0]!["originSelectionRange"]!.ToJsonString());
    }

    [Fact]
    public async Task The_definition_of_a_setting_that_nothing_weaker_sets_is_its_schema()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync("{}", """{"configlsp": {"schemaContent": true}}""");
        await workspace.OpenAsync(session);
        JsonArray found = await AskAsync(session, "textDocument/definition", LspTestSession.At(0, 4, workspace.UriOf(EditorWorkspace.Settings)));
        string address = Text(found[0]!, "uri");
        Assert.StartsWith("configlsp-schema:///", address, StringComparison.Ordinal);
        JsonNode content = (await session.Client.RequestAsync("configlsp/schemaContent", new JsonObject { ["uri"] = address }))!;
        int line = found[0]!["range"]!["start"]!["line"]!.GetValue<int>();
        Assert.Contains("\"maxAgents\"", Text(content, "text").Split('\n')[line], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_cannot_show_embedded_schemas_gets_no_address_of_one()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""");
        await using LspTestSession session = await workspace.StartAsync("{}");
        await workspace.OpenAsync(session);
        Assert.Empty(await AskAsync(session, "textDocument/typeDefinition", LspTestSession.At(0, 4, workspace.UriOf(EditorWorkspace.Settings))));
    }

    [Fact]
    public async Task The_content_of_files_is_not_given_as_schema()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write("private.json", "{}");
        await using LspTestSession session = await workspace.StartAsync("{}");
        Assert.Null(await session.Client.RequestAsync("configlsp/schemaContent", new JsonObject { ["uri"] = workspace.UriOf("private.json") }));
    }

    [Fact]
    public async Task Type_definition_and_references_lead_into_schema_files()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write("app.schema.json", """{"properties": {"a": {"$ref": "parts.schema.json#/$defs/a"}}}""").Write("parts.schema.json", """{"$defs": {"a": {"type": "string"}}}""");
        workspace.Write("app.json", """{"$schema": "./app.schema.json", "a": ""}""");
        await using LspTestSession session = await workspace.StartAsync(Linking);
        await workspace.OpenAsync(session, "app.json");
        await workspace.OpenAsync(session, "app.schema.json");
        JsonArray types = await AskAsync(session, "textDocument/typeDefinition", LspTestSession.At(0, 35, workspace.UriOf("app.json")));
        Assert.Equal([workspace.UriOf("app.schema.json"), workspace.UriOf("parts.schema.json")], types.Select(type => Text(type!, "targetUri")));
        JsonArray definition = await AskAsync(session, "textDocument/definition", LspTestSession.At(0, 35, workspace.UriOf("app.schema.json")));
        Assert.Equal(workspace.UriOf("parts.schema.json"), Text(Assert.Single(definition)!, "targetUri"));
        Assert.Equal(Range(0, 11, 0, 14), definition[0]!["targetSelectionRange"]!.ToJsonString());
        JsonObject asked = LspTestSession.At(0, 35, workspace.UriOf("app.schema.json"));
        asked["context"] = new JsonObject { ["includeDeclaration"] = true };
        JsonArray references = await AskAsync(session, "textDocument/references", asked);
        Assert.Equal([workspace.UriOf("parts.schema.json"), workspace.UriOf("app.schema.json")], references.Select(place => Text(place!, "uri")));
    }

    [Fact]
    public async Task References_to_a_part_of_a_schema_are_found_in_schema_files_that_are_not_open()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write("parts.schema.json", """{"$defs": {"a": {"type": "string"}, "b": {}}}""")
            .Write("deep/app.schema.json", "{\n\"items\": {\"$ref\": \"../parts.schema.json#/$defs/a\"}, \"not\": {\"$ref\": \"../parts.schema.json#/$defs/b\"}}")
            .Write("plain.schema.json", """{"$ref": "#/$defs/a", "$defs": {"a": {}}}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, "parts.schema.json");
        JsonObject asked = LspTestSession.At(0, 12, workspace.UriOf("parts.schema.json"));
        asked["context"] = new JsonObject { ["includeDeclaration"] = false };
        JsonNode found = Assert.Single(await AskAsync(session, "textDocument/references", asked))!;
        Assert.Equal((workspace.UriOf("deep/app.schema.json"), Range(1, 18, 1, 49)), (Text(found, "uri"), found["range"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Only_a_trusted_folder_has_somebody_look_where_its_paths_lead(string trust, bool looks)
    {
        var files = new AskedFiles();
        files.Inner.Write("/folder/path.schema.json", """{"properties": {"file": {"type": "string", "format": "path"}}}""").Write("/share/a.txt", "").Write("/folder/a.txt", "");
        await using LspTestSession session = await LspTestSession.StartAsync(options: $$$"""{"configlsp":{"trust":{{{trust}}}}}""", files: files);
        const string Text = """{"$schema": "./path.schema.json", "file": "/share/a.txt"}""";
        await session.OpenAsync(Text, "file:///folder/app.json");
        await session.Client.RequestAsync("textDocument/definition", LspTestSession.At(0, 46, "file:///folder/app.json"));
        await session.Client.RequestAsync("textDocument/completion", LspTestSession.At(0, 50, "file:///folder/app.json"));
        Assert.Equal(looks, files.Asked.Any(path => path.StartsWith("/share", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a.txt", true)]
    [InlineData("gone.txt", false)]
    public async Task A_path_leads_to_its_file_if_there_is_one(string path, bool leads)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write("path.schema.json", """{"properties": {"file": {"type": "string", "format": "safe-path"}}}""").Write("a.txt", "");
        workspace.Write("app.json", $$"""{"$schema": "./path.schema.json", "file": "{{path}}"}""");
        await using LspTestSession session = await workspace.StartAsync("{}");
        await workspace.OpenAsync(session, "app.json");
        JsonArray found = await AskAsync(session, "textDocument/definition", LspTestSession.At(0, 46, workspace.UriOf("app.json")));
        Assert.Equal(leads ? workspace.UriOf("a.txt") : workspace.UriOf("path.schema.json"), Text(found[0]!, "uri"));
    }

    [Fact]
    public async Task References_of_a_setting_are_all_sources_that_set_it()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""").Write(Local, """{"maxAgents": 6}""");
        await using LspTestSession session = await workspace.StartAsync("{}");
        await workspace.OpenAsync(session);
        JsonArray found = await AskAsync(session, "textDocument/references", LspTestSession.At(0, 4, workspace.UriOf(EditorWorkspace.Settings)));
        Assert.Equal([workspace.UriOf(Local), workspace.UriOf(EditorWorkspace.Settings)], found.Select(place => Text(place!, "uri")));
    }

    [Fact]
    public async Task Highlights_tell_references_from_definitions()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"$defs": {"a": {}}, "$ref": "#/$defs/a"}""", "file:///folder/x.schema.json");
        JsonArray found = await AskAsync(session, "textDocument/documentHighlight", LspTestSession.At(0, 12, "file:///folder/x.schema.json"));
        Assert.Equal([3, 2], found.Select(highlight => highlight!["kind"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_setting_is_renamed_in_all_its_sources_in_one_edit()
    {
        using var workspace = new EditorWorkspace();
        Section(workspace);
        workspace.Write("app.json", """{"log": {"level": 1}, "keep": 2}""").Write(".vscode/settings.json", """{"app.log.level": 3, "app.log": {"level": 4}, "other": 5}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, "app.json");
        JsonObject at = LspTestSession.At(0, 11, workspace.UriOf("app.json"));
        JsonNode prepared = (await session.Client.RequestAsync("textDocument/prepareRename", at.DeepClone()))!;
        Assert.Equal((Range(0, 10, 0, 15), "level"), (prepared["range"]!.ToJsonString(), Text(prepared, "placeholder")));
        at["newName"] = "depth";
        JsonArray changes = (await session.Client.RequestAsync("textDocument/rename", at))!["documentChanges"]!.AsArray();
        Assert.Equal(
            [(workspace.UriOf("app.json"), "1", 1), (workspace.UriOf(".vscode/settings.json"), "null", 2)],
            changes.Select(change => (
                Text(change!["textDocument"]!, "uri"),
                change!["textDocument"]!.AsObject().TryGetPropertyValue("version", out JsonNode? version) ? version?.ToJsonString() ?? "null" : "missing",
                change["edits"]!.AsArray().Count)));
        Assert.Equal(Range(0, 10, 0, 15), changes[1]!["edits"]![0]!["range"]!.ToJsonString());
    }

    [Theory]
    [InlineData("// moved\n{ \"x\": tru \"keep\": 6", 12)]
    [InlineData("\n  {\"keep\": 6}", 4)]
    public async Task A_file_that_is_not_open_is_changed_where_the_key_stands_now(string now, int character)
    {
        using var workspace = new EditorWorkspace();
        Section(workspace);
        workspace.Write("app.json", """{"keep": 2}""").Write(".vscode/settings.json", "{}").Write("configlsp.json", """
            {"schema": "./app.schema.json", "sources": [{"name": "base", "type": "file", "path": "app.json"}, {"name": "top", "type": "file", "path": "top.json"}]}
            """).Write("top.json", """{"keep": 1}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, "app.json");
        await workspace.HoverAsync(session, "keep", "app.json");
        workspace.Write("top.json", now);
        JsonObject at = LspTestSession.At(0, 3, workspace.UriOf("app.json"));
        at["newName"] = "kept";
        JsonArray changes = (await session.Client.RequestAsync("textDocument/rename", at))!["documentChanges"]!.AsArray();
        JsonNode change = changes.Single(change => Text(change!["textDocument"]!, "uri") == workspace.UriOf("top.json"))!;
        Assert.Equal(Range(1, character, 1, character + 4), change["edits"]![0]!["range"]!.ToJsonString());
    }

    [Fact]
    public async Task In_a_section_the_segment_under_the_caret_is_renamed()
    {
        using var workspace = new EditorWorkspace();
        Section(workspace);
        workspace.Write("app.json", """{"log": {"level": 1}}""").Write(".vscode/settings.json", """{"app.log.level": 3}""");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session, ".vscode/settings.json");
        JsonNode prepared = (await session.Client.RequestAsync("textDocument/prepareRename", LspTestSession.At(0, 7, workspace.UriOf(".vscode/settings.json"))))!;
        Assert.Equal((Range(0, 6, 0, 9), "log"), (prepared["range"]!.ToJsonString(), Text(prepared, "placeholder")));
        Assert.Equal(
            RpcErrorCodes.RequestFailed, await session.Client.FailAsync("textDocument/prepareRename", LspTestSession.At(0, 3, workspace.UriOf(".vscode/settings.json"))));
    }

    [Theory]
    [InlineData("maxAgents", "", "logLevel", "The source 'local' sets 'logLevel' already")]
    [InlineData("maxAgents", "", "a..b", "A key must not hold '..'")]
    [InlineData("maxAgents", "", "fewestAgents", "The schema does not permit")]
    [InlineData("maxAgents", "7", "defaultTimeout", "The source 'environment' sets 'maxAgents' too")]
    public async Task A_renaming_that_cannot_be_is_refused_in_words(string key, string variable, string newName, string expected)
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, $$"""{"{{key}}": 5}""").Write(Local, """{"logLevel": "info"}""");
        workspace.Write("configlsp.json", """{"schema": "./app.schema.json"}""")
            .Write("app.schema.json", """{"properties": {"maxAgents": {}, "logLevel": {}, "defaultTimeout": {}, "a..b": {}}, "additionalProperties": false}""");
        if (variable.Length > 0)
            workspace.Variables["NOFX_MAX_AGENTS"] = variable;
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session);
        JsonObject at = LspTestSession.At(0, 4, workspace.UriOf(EditorWorkspace.Settings));
        at["newName"] = newName;
        JsonObject answer = await session.Client.AskAsync("textDocument/rename", at);
        Assert.StartsWith(expected, answer["error"]?["message"]?.GetValue<string>() ?? answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_could_never_be_read_is_not_passed_over_by_a_renaming()
    {
        using var workspace = new EditorWorkspace();
        workspace.Write(EditorWorkspace.Settings, """{"maxAgents": 5}""").Write(Local, "{'maxAgents': 6, ").Write("configlsp.json", """{"schema": "./app.schema.json"}""").Write("app.schema.json", "{}");
        await using LspTestSession session = await workspace.StartAsync();
        await workspace.OpenAsync(session);
        JsonObject at = LspTestSession.At(0, 4, workspace.UriOf(EditorWorkspace.Settings));
        at["newName"] = "mostAgents";
        JsonObject answer = await session.Client.AskAsync("textDocument/rename", at);
        Assert.StartsWith("The source 'local' cannot be read", answer["error"]?["message"]?.GetValue<string>() ?? answer.ToJsonString(), StringComparison.Ordinal);
    }

    private static void Section(EditorWorkspace workspace) => workspace.Write("configlsp.json", """
        {"sources": [
          {"name": "base", "type": "file", "path": "app.json"},
          {"name": "editor", "type": "vscode", "path": ".vscode/settings.json", "section": "app"}],
         "schema": "./app.schema.json"}
        """).Write("app.schema.json", "{}");

    /// <summary>Files in memory; remembers what was asked about.</summary>
    private sealed class AskedFiles : IFileSystem
    {
        public InMemoryFileSystem Inner { get; } = new();

        public System.Collections.Concurrent.ConcurrentBag<string> Asked { get; } = [];

        public bool IsCaseSensitive => true;

        public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken) => Inner.ReadFile(Note(path), maxLength, cancellationToken);

        public FileResult<FileStatus> GetStatus(string path) => Inner.GetStatus(Note(path));

        public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path) => Inner.EnumerateDirectory(Note(path));

        public FileResult<string> ResolveRealPath(string path) => Inner.ResolveRealPath(Note(path));

        private string Note(string path)
        {
            Asked.Add(path);
            return path;
        }
    }

    private static async Task<JsonArray> AskAsync(LspTestSession session, string method, JsonObject parameters) =>
        (await session.Client.RequestAsync(method, parameters))!.AsArray();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Range(int line, int character, int endLine, int endCharacter) =>
        $$$"""{"start":{"line":{{{line}}},"character":{{{character}}}},"end":{"line":{{{endLine}}},"character":{{{endCharacter}}}}}""";
}
