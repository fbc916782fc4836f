using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class StructureTests
{
    private const string SchemaUri = "file:///folder/s.json";

    [Fact]
    public async Task Lines_fold_within_the_limits_of_client_and_settings()
    {
        await using LspTestSession session = await LspTestSession.StartAsync("""{"textDocument":{"foldingRange":{"rangeLimit":2}}}""");
        await session.OpenAsync("// a\n// b\n{\n\"a\": [\n1\n],\n\"b\": [\n2\n]\n}");
        Assert.Equal(["0-1 comment", "2-8 object"], await FoldAsync(session));
        await ConfigureAsync(session, """{"json":{"jsoncFoldingLimit":10,"jsonFoldingLimit":0}}""");
        Assert.Equal(["0-1 comment", "2-8 object", "3-4 array", "6-7 array"], await FoldAsync(session));
    }

    [Fact]
    public async Task A_selection_grows_outwards()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"a": "😀b"}""");
        JsonObject asked = Parameters("positions", """[{"line":0,"character":9},{"line":9,"character":9}]""");
        JsonArray ranges = (await session.Client.RequestAsync("textDocument/selectionRange", asked))!.AsArray();
        Assert.Equal(2, ranges.Count);
        var steps = new List<string>();
        for (JsonNode? step = ranges[0]; step is not null; step = step["parent"])
            steps.Add($"{step["range"]!["start"]!["character"]}-{step["range"]!["end"]!["character"]}");
        Assert.Equal(["7-10", "6-11", "1-11", "0-12"], steps);
    }

    [Fact]
    public async Task A_selection_in_deep_nesting_is_answered()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync(new string('[', 5000) + "1");
        JsonArray ranges = (await session.Client.RequestAsync("textDocument/selectionRange", Parameters("positions", """[{"line":0,"character":5001}]""")))!.AsArray();
        Assert.Equal(5000, ranges[0]!["range"]!["start"]!["character"]!.GetValue<int>());
    }

    [Fact]
    public async Task Colors_links_and_keys_follow_the_schema()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: PutSchema);
        await session.OpenAsync("""{"$schema": "../s.json", "color": "#ff0000", "home": "https://a.example", "gone": 1, "what": 2, "ref": {"$ref": "#/gone"}}""");
        JsonArray colors = (await session.Client.RequestAsync("textDocument/documentColor", Parameters()))!.AsArray();
        Assert.Equal("""{"red":1,"green":0,"blue":0,"alpha":1}""", Assert.Single(colors)!["color"]!.ToJsonString());

        JsonObject chosen = Parameters("range", colors[0]!["range"]!.ToJsonString());
        chosen["color"] = JsonNode.Parse("""{"red":0,"green":0.5,"blue":1,"alpha":0.5}""");
        JsonNode presentation = Assert.Single((await session.Client.RequestAsync("textDocument/colorPresentation", chosen))!.AsArray())!;
        Assert.Equal("#0080ff80", presentation["label"]!.GetValue<string>());
        Assert.Equal("\"#0080ff80\"", presentation["textEdit"]!["newText"]!.GetValue<string>());

        JsonArray links = (await session.Client.RequestAsync("textDocument/documentLink", Parameters()))!.AsArray();
        Assert.Equal([SchemaUri, "https://a.example", LspTestSession.SettingsUri + "#1,83"], links.Select(link => link!["target"]!.GetValue<string>()));

        JsonArray tokens = (await session.Client.RequestAsync("textDocument/semanticTokens/full", Parameters()))!["data"]!.AsArray();
        Assert.Equal([0, 1, 9, 0, 0], tokens.Take(5).Select(number => number!.GetValue<int>()));
        Assert.Equal([0, 0, 0, 1, 2, 2], tokens.Select(number => number!.GetValue<int>()).Where((_, index) => index % 5 == 4));
        JsonObject range = Parameters("range", """{"start":{"line":0,"character":30},"end":{"line":0,"character":34}}""");
        tokens = (await session.Client.RequestAsync("textDocument/semanticTokens/range", range))!["data"]!.AsArray();
        Assert.Equal([0, 25, 7, 0, 0], tokens.Select(number => number!.GetValue<int>()));
    }

    [Theory]
    [InlineData("\"x\"", "\"xyz\"", 10, 10, 10)]
    [InlineData("\"delay\": 1", "\"delay\": 12345", 0, 0, 0)]
    [InlineData("\"x\": 1, ", "", 15, 5, 0)]
    [InlineData("\"delay\"", "\"b\": 1, \"delay\"", 5, 5, 10)]
    public async Task Only_tokens_that_differ_are_sent_to_a_client_that_has_the_others(string before, string after, int start, int deleted, int added)
    {
        string text = "{\"$schema\": \"../s.json\",\n\"delay\": 1,\n\"x\": 1, \"y\": 2}".Replace(before, after, StringComparison.Ordinal);
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: PutSchema);
        await session.OpenAsync("{\"$schema\": \"../s.json\",\n\"delay\": 1,\n\"x\": 1, \"y\": 2}");
        JsonNode whole = (await session.Client.RequestAsync("textDocument/semanticTokens/full", Parameters()))!;
        await session.ReplaceAsync(2, text);
        JsonNode delta = (await session.Client.RequestAsync("textDocument/semanticTokens/full/delta", Parameters("previousResultId", whole["resultId"]!.ToJsonString())))!;
        Assert.Null(delta["data"]);
        List<int> numbers = [.. whole["data"]!.AsArray().Select(number => number!.GetValue<int>())];
        foreach (JsonNode? edit in delta["edits"]!.AsArray())
        {
            Assert.Equal((start, deleted), (edit!["start"]!.GetValue<int>(), edit["deleteCount"]!.GetValue<int>()));
            int[] data = [.. (edit["data"] ?? new JsonArray()).AsArray().Select(number => number!.GetValue<int>())];
            Assert.Equal(added, data.Length);
            numbers.RemoveRange(start, deleted);
            numbers.InsertRange(start, data);
        }

        Assert.Equal(deleted + added > 0 ? 1 : 0, delta["edits"]!.AsArray().Count);
        JsonNode again = (await session.Client.RequestAsync("textDocument/semanticTokens/full/delta", Parameters("previousResultId", "\"of another time\"")))!;
        Assert.Null(again["edits"]);
        Assert.Equal(numbers, again["data"]!.AsArray().Select(number => number!.GetValue<int>()));
    }

    [Fact]
    public async Task Units_are_shown_unless_the_person_does_not_want_them()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(prepare: PutSchema);
        await session.OpenAsync("{\"$schema\": \"../s.json\",\n\"delay\": 90000}");
        JsonObject asked = Parameters("range", """{"start":{"line":0,"character":0},"end":{"line":9,"character":0}}""");
        JsonNode hint = Assert.Single((await session.Client.RequestAsync("textDocument/inlayHint", asked.DeepClone()))!.AsArray())!;
        Assert.Equal("= 1 min 30 s", hint["label"]!.GetValue<string>());
        Assert.Equal("""{"line":1,"character":14}""", hint["position"]!.ToJsonString());
        await ConfigureAsync(session, """{"configlsp":{"inlayHints":{"units":false}}}""");
        Assert.Empty((await session.Client.RequestAsync("textDocument/inlayHint", asked))!.AsArray());
    }

    [Fact]
    public async Task The_schema_in_use_is_shown_to_clients_that_can_open_it()
    {
        await using var plain = new LspTestSession();
        Assert.Null((await plain.InitializeAsync())["capabilities"]!["codeLensProvider"]);

        await using LspTestSession session = await LspTestSession.StartAsync(options: """{"configlsp":{"commands":true}}""", prepare: PutSchema);
        await session.OpenAsync("\n {\"$schema\": \"../s.json\"}");
        JsonNode lens = Assert.Single((await session.Client.RequestAsync("textDocument/codeLens", Parameters()))!.AsArray())!;
        Assert.Equal("Schema: s.json", lens["command"]!["title"]!.GetValue<string>());
        Assert.Equal(SchemaUri, lens["command"]!["arguments"]![0]!.GetValue<string>());
        Assert.Equal("""{"line":1,"character":1}""", lens["range"]!["start"]!.ToJsonString());
        await ConfigureAsync(session, """{"configlsp":{"codeLens":{"enable":false}}}""");
        Assert.Empty((await session.Client.RequestAsync("textDocument/codeLens", Parameters()))!.AsArray());
    }

    [Fact]
    public async Task Sorting_gives_edits_as_vs_code_asks_for_them()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{\n  \"b\": 1,\n  \"a\": 2\n}");
        var asked = new JsonObject { ["uri"] = LspTestSession.SettingsUri, ["options"] = JsonNode.Parse("""{"tabSize":2,"insertSpaces":true}""") };
        JsonNode edit = Assert.Single((await session.Client.RequestAsync("json/sort", asked))!.AsArray())!;
        Assert.Equal("  \"a\": 2,\n  \"b\": 1\n", edit["newText"]!.GetValue<string>());
        asked["uri"] = "file:///folder/none.json";
        Assert.Empty((await session.Client.RequestAsync("json/sort", asked.DeepClone()))!.AsArray());
    }

    private static void PutSchema(LspTestSession session) => session.Files.Write("/folder/s.json", """
        {
          "properties": {
            "color": { "format": "color-hex" },
            "home": { "format": "uri" },
            "gone": { "deprecated": true },
            "delay": { "x-unit": "ms" }
          }
        }
        """);

    private static JsonObject Parameters(string? name = null, string value = "null")
    {
        var parameters = new JsonObject { ["textDocument"] = LspTestSession.Identifier(LspTestSession.SettingsUri) };
        if (name is not null)
            parameters[name] = JsonNode.Parse(value);
        return parameters;
    }

    private static Task ConfigureAsync(LspTestSession session, string settings) =>
        session.Client.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = JsonNode.Parse(settings) });

    private static async Task<IEnumerable<string>> FoldAsync(LspTestSession session) =>
        (await session.Client.RequestAsync("textDocument/foldingRange", Parameters()))!.AsArray()
            .Select(range => $"{range!["startLine"]}-{range["endLine"]} {range["kind"]}");
}
