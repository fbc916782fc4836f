using System.Text.Json.Nodes;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class LanguageFeatureTests
{
    private const string Text = """{"maxAgents": 3, "logLevel": "info", "$schema": {"a": [1, true, null]}}""";

    [Theory]
    [InlineData("""{"textDocument":{"hover":{"contentFormat":["markdown","plaintext"]}}}""", "markdown")]
    [InlineData("""{"textDocument":{"hover":{"contentFormat":["plaintext"]}}}""", "plaintext")]
    [InlineData("{}", "plaintext")]
    public async Task Hover_comes_in_the_form_that_the_client_renders(string capabilities, string kind)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(capabilities);
        await session.OpenAsync(Text);
        JsonNode hover = (await session.Client.RequestAsync("textDocument/hover", LspTestSession.At(0, 4)))!;
        Assert.Equal(kind, hover["contents"]!["kind"]!.GetValue<string>());
        Assert.Contains("50", hover["contents"]!["value"]!.GetValue<string>());
        Assert.Equal(0, hover["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_outline_shows_no_secret()
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            """{"textDocument":{"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}""",
            prepare: s => s.Files.Write("/folder/s.schema.json", """{"properties": {"token": {"x-secret": true}, "list": {"items": {"writeOnly": true}}}}"""));
        await session.OpenAsync("""{"$schema": "./s.schema.json", "a": "seen1", "token": "hunter2", "list": ["hunter3", {"b": "hunter4"}], "c": "seen2"}""", "file:///folder/x.json");
        string outline = (await session.Client.RequestAsync("textDocument/documentSymbol", new JsonObject { ["textDocument"] = LspTestSession.Identifier("file:///folder/x.json") }))!.ToJsonString();
        Assert.DoesNotContain("hunter", outline, StringComparison.Ordinal);
        Assert.Contains("seen1", outline, StringComparison.Ordinal);
        Assert.Contains("seen2", outline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_offers_keys_as_snippets_only_to_clients_that_expand_them()
    {
        foreach ((string capabilities, bool snippets) in new[] { ("{}", false), ("""{"textDocument":{"completion":{"completionItem":{"snippetSupport":true}}}}""", true) })
        {
            await using LspTestSession session = await LspTestSession.StartAsync(capabilities);
            await session.OpenAsync("{\n  \n}");
            JsonArray items = await CompleteAsync(session, 1, 2);
            Assert.Contains(items, item => item!["label"]!.GetValue<string>().Contains("maxAgents", StringComparison.Ordinal));
            Assert.Equal(snippets, items.Any(item => item!["insertTextFormat"]!.GetValue<int>() == 2));
            Assert.Equal(!snippets, items.All(item => !item!["textEdit"]!["newText"]!.GetValue<string>().Contains("${", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Completion_gives_two_ranges_to_clients_that_choose_between_inserting_and_replacing()
    {
        await using LspTestSession plain = await LspTestSession.StartAsync();
        await plain.OpenAsync("""{"logLevel": "in"}""");
        JsonNode edit = (await CompleteAsync(plain, 0, 15))[0]!["textEdit"]!;
        Assert.NotNull(edit["range"]);
        Assert.Null(edit["insert"]);

        await using LspTestSession both = await LspTestSession.StartAsync("""{"textDocument":{"completion":{"completionItem":{"insertReplaceSupport":true}}}}""");
        await both.OpenAsync("""{"logLevel": "in"}""");
        edit = (await CompleteAsync(both, 0, 15))[0]!["textEdit"]!;
        Assert.Null(edit["range"]);
        Assert.Equal(edit["insert"]!["start"]!.ToJsonString(), edit["replace"]!["start"]!.ToJsonString());
    }

    [Fact]
    public async Task Symbols_are_a_tree_or_a_list()
    {
        await using LspTestSession tree = await LspTestSession.StartAsync("""{"textDocument":{"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}""");
        await tree.OpenAsync(Text);
        JsonArray symbols = await SymbolsAsync(tree);
        Assert.Equal(["maxAgents", "logLevel", "$schema"], Names(symbols));
        Assert.Equal(["a"], Names(symbols[2]!["children"]!.AsArray()));
        Assert.Equal([16, 15, 2], symbols.Select(symbol => symbol!["kind"]!.GetValue<int>()));

        await using LspTestSession list = await LspTestSession.StartAsync();
        await list.OpenAsync(Text);
        symbols = await SymbolsAsync(list);
        Assert.Equal(["maxAgents", "logLevel", "$schema", "a"], Names(symbols).Take(4));
        Assert.Equal("$schema", symbols[3]!["containerName"]!.GetValue<string>());
        Assert.All(symbols, symbol => Assert.Equal(LspTestSession.SettingsUri, symbol!["location"]!["uri"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_number_of_symbols_is_limited_by_the_clients_setting()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"json":{"resultLimit":2}}}"""));
        await session.OpenAsync(Text);
        Assert.Equal(2, (await SymbolsAsync(session)).Count);
    }

    [Fact]
    public async Task A_document_nested_beyond_all_reason_has_symbols_in_both_forms()
    {
        string text = string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000);
        foreach (string capabilities in new[] { "{}", """{"textDocument":{"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}""" })
        {
            await using LspTestSession session = await LspTestSession.StartAsync(capabilities);
            await session.OpenAsync(text);
            Assert.NotEmpty(await SymbolsAsync(session));
        }
    }

    [Theory]
    [InlineData("textDocument/hover", "null")]
    [InlineData("textDocument/completion", """{"isIncomplete":false,"items":[]}""")]
    [InlineData("textDocument/documentSymbol", "[]")]
    [InlineData("json/languageStatus", """{"schemas":[]}""")]
    [InlineData("json/validate", "[]")]
    public async Task A_document_that_is_not_open_gets_the_empty_answer(string method, string expected)
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        JsonNode parameters = method.StartsWith("json/", StringComparison.Ordinal) ? JsonValue.Create("file:///nowhere.json")! : LspTestSession.At(0, 0, "file:///nowhere.json");
        Assert.Equal(expected, (await session.Client.RequestAsync(method, parameters))?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task A_request_sees_the_text_of_its_place_in_the_queue()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"first": 1}""");
        Task<JsonArray> before = SymbolsAsync(session);
        await session.ReplaceAsync(2, """{"second": 1}""");
        Task<JsonArray> after = SymbolsAsync(session);
        Assert.Equal(["first"], Names(await before));
        Assert.Equal(["second"], Names(await after));
    }

    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("textDocument/completion")]
    [InlineData("textDocument/documentSymbol")]
    [InlineData("textDocument/diagnostic")]
    public async Task A_request_that_waits_for_a_schema_can_be_cancelled(string method)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            """{"textDocument":{"diagnostic":{}}}""", time: new FakeTimeProvider(), prepare: s => s.Client.Answer("vscode/content", _ => new TaskCompletionSource<JsonNode?>().Task));
        await session.OpenAsync("""{"$schema": "test://schemas/never.json"}""");
        JsonObject reply = await session.Client.AskAsync(method, LspTestSession.At(0, 3), cancel: session.Client.NextAsync("vscode/content"));
        Assert.Equal(RpcErrorCodes.RequestCancelled, reply["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("**bold** and *italic* and `code_x`", "bold and italic and code_x")]
    [InlineData("snake_case stays, _emphasis_ goes", "snake_case stays, emphasis goes")]
    [InlineData(@"2 \* 3 \_ \[x\]", "2 * 3 _ [x]")]
    [InlineData("2 * 3\n* item", "2 * 3\n* item")]
    [InlineData("see [the page](https://a.example/b) now", "see the page now")]
    [InlineData("```json\n{\"a_b\": [1]}\n```\nafter", "{\"a_b\": [1]}\nafter")]
    [InlineData("a ` alone and [alone]", "a ` alone and [alone]")]
    public void Markdown_reads_well_as_plain_text(string markdown, string expected) => Assert.Equal(expected, Markup.ToPlainText(markdown));

    private static async Task<JsonArray> CompleteAsync(LspTestSession session, int line, int character) =>
        (await session.Client.RequestAsync("textDocument/completion", LspTestSession.At(line, character)))!["items"]!.AsArray();

    private static async Task<JsonArray> SymbolsAsync(LspTestSession session) => (await session.Client.RequestAsync(
        "textDocument/documentSymbol", new JsonObject { ["textDocument"] = LspTestSession.Identifier(LspTestSession.SettingsUri) }))!.AsArray();

    private static IEnumerable<string> Names(JsonArray symbols) => symbols.Select(symbol => symbol!["name"]!.GetValue<string>());
}
