using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class CodeActionTests
{
    private const string Literals = """ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } """;

    private const string PlainUri = "file:///folder/plain.jsonc";

    private const string Editor = $$"""
        {
          "workspace": { "workspaceEdit": { "documentChanges": true } },
          "textDocument": { "codeAction": { {{Literals}}, "dataSupport": true, "resolveSupport": { "properties": ["edit"] } } }
        }
        """;

    private const string Simple = $$"""{ "textDocument": { "codeAction": { {{Literals}} } } }""";

    private const string Schema = """
        {"json": {"schemas": [{"fileMatch": ["settings.json"], "schema": {
          "required": ["name", "port"],
          "properties": { "port": { "type": "integer" }, "name": { "type": "string" }, "n": { "maximum": 5 } },
          "additionalProperties": false
        }}]}}
        """;

    [Fact]
    public async Task The_kinds_are_offered()
    {
        await using var session = new LspTestSession();
        JsonNode provider = (await session.InitializeAsync(Editor))["capabilities"]!["codeActionProvider"]!;
        Assert.Equal(
            ["quickfix", "refactor.rewrite", "source.fixAll.configlsp", "source.sort.configlsp"],
            provider["codeActionKinds"]!.AsArray().Select(static k => k!.GetValue<string>()));
        Assert.True(provider["resolveProvider"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_client_that_knows_only_commands_gets_nothing()
    {
        await using var session = new LspTestSession();
        Assert.Null((await session.InitializeAsync())["capabilities"]!["codeActionProvider"]);
        await session.Client.NotifyAsync("initialized", new JsonObject());
        await session.OpenAsync("{ \"a\": 1, }", PlainUri);
        Assert.Empty(await AskAsync(session, 0, 8, 0, 9, uri: PlainUri));
    }

    [Fact]
    public async Task A_small_fix_comes_with_its_edit_for_this_version()
    {
        await using var session = await LspTestSession.StartAsync(Editor);
        await session.OpenAsync("{ \"😀\": 1, }", PlainUri, version: 7);
        JsonNode action = Assert.Single(await AskAsync(session, 0, 10, 0, 10, uri: PlainUri))!;
        Assert.Equal("Remove the comma", (string?)action["title"]);
        Assert.Equal("quickfix", (string?)action["kind"]);
        Assert.True((bool)action["isPreferred"]!);
        Assert.Equal("trailing-comma", (string?)action["diagnostics"]![0]!["code"]);
        JsonNode change = Assert.Single(action["edit"]!["documentChanges"]!.AsArray())!;
        Assert.Equal(7, (int)change["textDocument"]!["version"]!);
        Assert.Equal(9, (int)change["edits"]![0]!["range"]!["start"]!["character"]!);
        Assert.Equal("", (string?)change["edits"]![0]!["newText"]);
    }

    [Fact]
    public async Task Only_findings_at_the_place_are_mended()
    {
        await using var session = await LspTestSession.StartAsync(Editor);
        await session.OpenAsync("{\n  \"a\": [1,],\n  b: 1\n}", PlainUri);
        Assert.Equal(["Remove the comma"], Titles(await AskAsync(session, 1, 0, 1, 12, uri: PlainUri)));
        Assert.Equal(["Put the name in double quotes"], Titles(await AskAsync(session, 2, 2, 2, 2, uri: PlainUri)));
        Assert.Empty(await AskAsync(session, 3, 1, 3, 1, uri: PlainUri));
    }

    [Theory]
    [InlineData("quickfix", 1)]
    [InlineData("", 2)]
    [InlineData("refactor", 0)]
    [InlineData("source", 1)]
    [InlineData("source.fixAll", 1)]
    [InlineData("source.fixAll.configlsp", 1)]
    [InlineData("source.fixAll.other", 0)]
    [InlineData("quick", 0)]
    public async Task Only_kinds_that_are_asked_for_are_given(string kind, int expected)
    {
        await using var session = await LspTestSession.StartAsync(Editor);
        await session.OpenAsync("[1,]", PlainUri);
        Assert.Equal(expected, (await AskAsync(session, 0, 2, 0, 2, kind, PlainUri)).Count);
    }

    [Fact]
    public async Task A_larger_edit_is_made_when_it_is_chosen()
    {
        await using var session = await StartWithSchemaAsync(Editor, "{\n  \"n\": 1\n}");
        JsonArray actions = await AskAsync(session, 0, 0, 0, 1);
        Assert.Contains("Add all 2 missing keys", Titles(actions));
        JsonNode offered = actions.First(static a => (string?)a!["title"] == "Add `port`")!;
        Assert.Null(offered["edit"]);
        JsonNode resolved = (await session.Client.RequestAsync("codeAction/resolve", offered.DeepClone()))!;
        Assert.Equal("Add `port`", (string?)resolved["title"]);
        Assert.Equal("missing-key", (string?)resolved["diagnostics"]![0]!["code"]);
        Assert.Equal(",\n  \"port\": 0", (string?)resolved["edit"]!["documentChanges"]![0]!["edits"]![0]!["newText"]);
    }

    [Fact]
    public async Task A_client_that_cannot_ask_later_gets_every_edit_at_once()
    {
        await using var session = await StartWithSchemaAsync(Simple, "{ \"n\": 1 }");
        JsonArray actions = await AskAsync(session, 0, 0, 0, 1);
        Assert.All(actions, static action => Assert.NotNull(action!["edit"]!["changes"]![LspTestSession.SettingsUri]));
        Assert.All(actions, static action => Assert.Null(action!["data"]));
    }

    [Fact]
    public async Task All_missing_keys_can_be_added_from_within_the_object()
    {
        await using var session = await StartWithSchemaAsync(Editor, "{ \"n\": 1 }");
        JsonNode action = Assert.Single(await AskAsync(session, 0, 5, 0, 5, "refactor"))!;
        Assert.Equal("refactor.rewrite", (string?)action["kind"]);
        JsonNode resolved = (await session.Client.RequestAsync("codeAction/resolve", action.DeepClone()))!;
        Assert.Contains("\"name\": \"\"", resolved["edit"]!.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_of_an_older_version_is_not_made()
    {
        await using var session = await StartWithSchemaAsync(Editor, "{ \"n\": 1 }");
        JsonNode offered = (await AskAsync(session, 0, 0, 0, 1))[0]!;
        await session.ReplaceAsync(2, "{ \"x\": {}, \"n\": 1 }");
        Assert.Equal(-32801, await session.Client.FailAsync("codeAction/resolve", offered.DeepClone()));
    }

    [Fact]
    public async Task Everything_safe_is_mended_at_once()
    {
        await using var session = await StartWithSchemaAsync(Editor, "{ 'port': \"80\" \"name\": \"x\", \"n\": 9, }");
        JsonNode action = Assert.Single(await AskAsync(session, 0, 0, 0, 0, "source.fixAll"))!;
        JsonNode resolved = (await session.Client.RequestAsync("codeAction/resolve", action.DeepClone()))!;
        Assert.Equal("source.fixAll.configlsp", (string?)resolved["kind"]);
        Assert.Equal("{ \"port\": 80, \"name\": \"x\", \"n\": 9 }", Apply("{ 'port': \"80\" \"name\": \"x\", \"n\": 9, }", resolved));
    }

    [Theory]
    [InlineData("source.sort.configlsp", 1)]
    [InlineData("source", 1)]
    [InlineData("", 1)]
    [InlineData("source.fixAll", 0)]
    [InlineData("quickfix", 0)]
    [InlineData(null, 0)]
    public async Task Sorting_is_offered_only_when_it_is_asked_for(string? kind, int expected)
    {
        await using var session = await LspTestSession.StartAsync(Editor);
        await session.OpenAsync("{ \"b\": 1, \"a\": 2 }", PlainUri);
        Assert.Equal(expected, (await AskAsync(session, 0, 0, 0, 0, kind, PlainUri)).Count);
    }

    [Theory]
    [InlineData("{ \"a\": 1,    \"b\": 2 }")]
    [InlineData("{ \"b\": 1, \"a\": 2")]
    public async Task What_is_sorted_or_broken_cannot_be_sorted(string text)
    {
        await using var session = await LspTestSession.StartAsync(Editor);
        await session.OpenAsync(text, PlainUri);
        Assert.Empty(await AskAsync(session, 0, 0, 0, 0, "source.sort", PlainUri));
    }

    [Theory]
    [InlineData(Editor)]
    [InlineData(Simple)]
    public async Task Comments_are_sorted_with_their_properties_in_the_style_of_the_document(string capabilities)
    {
        await using var session = await LspTestSession.StartAsync(capabilities);
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse("""{"json":{"validate":{"enable":false}}}""") });
        await session.OpenAsync("{\n\t// of b\n\t\"b\": 1, // one\n\t\"a\": 2\n}\n", PlainUri);
        JsonNode action = Assert.Single(await AskAsync(session, 0, 0, 0, 0, "source.sort", PlainUri))!;
        Assert.Equal("Sort all keys by name", (string?)action["title"]);
        if (capabilities == Editor)
        {
            Assert.Null(action["edit"]);
            action = (await session.Client.RequestAsync("codeAction/resolve", action.DeepClone()))!;
        }

        JsonNode edits = action["edit"]!["documentChanges"]?[0]!["edits"] ?? action["edit"]!["changes"]![PlainUri]!;
        JsonNode edit = Assert.Single(edits.AsArray())!;
        Assert.Equal("\t\"a\": 2,\n\t// of b\n\t\"b\": 1 // one\n", (string?)edit["newText"]);
        Assert.Equal((1, 0, 4, 0), ((int)edit["range"]!["start"]!["line"]!, (int)edit["range"]!["start"]!["character"]!, (int)edit["range"]!["end"]!["line"]!, (int)edit["range"]!["end"]!["character"]!));
    }

    [Fact]
    public async Task A_suppressed_finding_is_not_published()
    {
        await using var session = await StartWithSchemaAsync(
            Editor, "{ \"port\": 1, \"name\": \"\",\n  // configlsp-disable-next-line number-too-large\n  \"n\": 9\n}", languageId: "jsonc");
        PublishedSet set = await session.SetOfVersionAsync(1);
        while (set.Codes.Contains("missing-key"))
            set = await session.NextSetAsync();
        Assert.Empty(set.Codes);
    }

    private static async Task<LspTestSession> StartWithSchemaAsync(string capabilities, string text, string languageId = "jsonc")
    {
        LspTestSession session = await LspTestSession.StartAsync(capabilities);
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse(Schema) });
        await session.OpenAsync(text, languageId: languageId);
        return session;
    }

    private static async Task<JsonArray> AskAsync(LspTestSession session, int startLine, int start, int endLine, int end, string? only = null, string uri = LspTestSession.SettingsUri)
    {
        var context = new JsonObject { ["diagnostics"] = new JsonArray() };
        if (only is not null)
            context["only"] = new JsonArray(only);
        JsonNode? answer = await session.Client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = LspTestSession.Identifier(uri),
            ["range"] = new JsonObject
            {
                ["start"] = new JsonObject { ["line"] = startLine, ["character"] = start },
                ["end"] = new JsonObject { ["line"] = endLine, ["character"] = end },
            },
            ["context"] = context,
        });
        return answer!.AsArray();
    }

    private static string[] Titles(JsonArray actions) => [.. actions.Select(static a => (string)a!["title"]!)];

    /// <summary>Applies edits that are all on the first line.</summary>
    private static string Apply(string text, JsonNode action)
    {
        foreach (JsonNode? edit in action["edit"]!["documentChanges"]![0]!["edits"]!.AsArray().Reverse())
        {
            int start = (int)edit!["range"]!["start"]!["character"]!;
            int end = (int)edit["range"]!["end"]!["character"]!;
            text = text[..start] + (string)edit["newText"]! + text[end..];
        }

        return text;
    }
}
