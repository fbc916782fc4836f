using System.Text;
using System.Text.Json.Nodes;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class SynchronizationTests
{
    private const string Uri = "untitled:Untitled-1";

    [Theory]
    [InlineData(PositionEncoding.Utf8)]
    [InlineData(PositionEncoding.Utf16)]
    [InlineData(PositionEncoding.Utf32)]
    public void Random_edits_give_the_text_that_a_plain_string_gives(PositionEncoding encoding)
    {
        string[] pieces = ["a", "\"", "\n", "\r\n", "\r", "é", "漢", "😀", "{}", "  ", "", "long line of text "];
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var model = new TextModel("{\r\n  \"é\": \"😀 漢\",\n}\r");
            var store = new DocumentStore();
            store.Open(new TextDocumentItem(Uri, "jsonc", 1, Utf8(model.Text)));
            for (int version = 2; version < 40; version++)
            {
                var changes = new List<TextDocumentContentChangeEvent>();
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    (int start, int end) = model.RandomRange(random);
                    string text = pieces[random.Next(pieces.Length)];
                    // Each range refers to the text after the changes before it.
                    changes.Add(new TextDocumentContentChangeEvent(Utf8(text), new Range(model.PositionOf(start, encoding), model.PositionOf(end, encoding))));
                    model.Replace(start, end, text);
                }

                OpenDocument changed = store.Change(new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(Uri, version), changes), new LspPositions(encoding))!;
                Assert.True(model.Text == changed.Text.ToString(), $"Seed {seed}, version {version}.");
                Assert.Equal(version, changed.Version);
            }
        }
    }

    [Theory]
    [InlineData(PositionEncoding.Utf8)]
    [InlineData(PositionEncoding.Utf16)]
    public void Edits_of_one_message_give_what_they_give_one_by_one(PositionEncoding encoding)
    {
        string[] pieces = ["", "x", "\r", "\n", "é😀", "12345\r\n"];
        var random = new Random(1);
        for (int round = 0; round < 400; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            int line = random.Next(8);
            var changes = new List<TextDocumentContentChangeEvent>();
            for (int i = random.Next(1, 9); i > 0; i--)
            {
                // Mostly upwards, with some edits that touch, overlap, go back, or lie outside of the text.
                line -= random.Next(5) == 0 ? -2 : random.Next(3);
                var start = new Position(line, random.Next(5));
                var range = new Range(start, new Position(line + random.Next(2), start.Character + random.Next(3)));
                changes.Add(new TextDocumentContentChangeEvent(Utf8(pieces[random.Next(pieces.Length)]), random.Next(20) == 0 ? null : range));
            }

            var (together, single) = (new DocumentStore(), new DocumentStore());
            together.Open(new TextDocumentItem(Uri, "jsonc", 1, Utf8(text)));
            single.Open(new TextDocumentItem(Uri, "jsonc", 1, Utf8(text)));
            var positions = new LspPositions(encoding);
            OpenDocument actual = Change(together, positions, changes);
            foreach (TextDocumentContentChangeEvent change in changes)
                Change(single, positions, [change]);
            Assert.True(single.TryGet(Uri, out OpenDocument? expected));
            Assert.True(expected.Text.ToString() == actual.Text.ToString(), $"Round {round}.");
        }
    }

    [Fact]
    public void Edits_from_the_end_to_the_start_of_a_large_text_copy_it_once()
    {
        const int Lines = 2000;
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", Lines)));
        var store = new DocumentStore();
        store.Open(new TextDocumentItem(Uri, "jsonc", 1, new Utf8Text(text)));
        var changes = Enumerable.Range(0, Lines).Reverse()
            .Select(line => new TextDocumentContentChangeEvent(Utf8("yz"), new Range(new Position(line, 0), new Position(line, 1)))).ToList();
        long before = GC.GetAllocatedBytesForCurrentThread();
        OpenDocument changed = Change(store, new LspPositions(PositionEncoding.Utf16), changes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * text.Length);
        Assert.Equal(text.Length + Lines, changed.Text.Length);
    }

    [Theory]
    [InlineData(0, 100, 5, 0, "abc|")]
    [InlineData(7, 0, 9, 9, "abc\ndef|")]
    [InlineData(1, 2, 0, 1, "a|f")]
    [InlineData(-3, -1, 0, 1, "|bc\ndef")]
    [InlineData(0, int.MaxValue, 0, int.MaxValue, "abc|\ndef")]
    public void A_range_out_of_the_text_is_clamped_and_a_reversed_one_is_turned(int startLine, int startColumn, int endLine, int endColumn, string expected)
    {
        var store = new DocumentStore();
        store.Open(new TextDocumentItem(Uri, "jsonc", 1, Utf8("abc\ndef")));
        var range = new Range(new Position(startLine, startColumn), new Position(endLine, endColumn));
        OpenDocument changed = store.Change(
            new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(Uri, 2), [new TextDocumentContentChangeEvent(Utf8("|"), range)]),
            new LspPositions(PositionEncoding.Utf16))!;
        Assert.Equal(expected, changed.Text.ToString());
    }

    [Fact]
    public async Task Half_of_a_character_does_not_lose_the_change()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{}");
        await session.SetOfVersionAsync(1);
        string body = $$$$"""
            {"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"{{{{LspTestSession.SettingsUri}}}}","version":2},
            "contentChanges":[{"text":"{\"aiPath\": \"\ud83d\", \"maxAgents\": 99}"}]}}
            """;
        await session.Client.SendRawAsync(Encoding.UTF8.GetBytes(body));
        Assert.Contains("number-too-large", (await session.SetOfVersionAsync(2)).Codes);
    }

    [Fact]
    public async Task Every_string_escape_is_read()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        string body = $$$$"""
            {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"{{{{LspTestSession.SettingsUri}}}}","languageId":"jsonc","version":1,
            "text":"\u007b\n\t\"logLevel\":\r\n \"a\\\"b\/\b\f\ud83d\ude00\u00e9漢\"}"}}}
            """;
        await session.Client.SendRawAsync(Encoding.UTF8.GetBytes(body));
        await session.NextSetAsync();
        JsonNode symbols = (await session.Client.RequestAsync("textDocument/documentSymbol", LspTestSession.At(0, 0)))!;
        Assert.Equal("logLevel", symbols[0]!["name"]!.GetValue<string>());
        Assert.Equal("""{"line":1,"character":1}""", symbols[0]!["location"]!["range"]!["start"]!.ToJsonString());
        Assert.Equal(2, symbols[0]!["location"]!["range"]!["end"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_change_of_a_document_that_is_not_open_is_ignored()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.ReplaceAsync(2, "{}");
        await session.CloseAsync();
        await session.SettleAsync();
        Assert.Empty(session.Client.TakeReceived("textDocument/publishDiagnostics"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_whose_message_was_too_large_is_closed_until_it_is_opened_again(bool opens)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(limits: RpcLimits.Default with { MessageBytes = 10_000 });
        await session.OpenAsync("""{"maxAgents": 99}""");
        Assert.Equal(["number-too-large"], (await session.SetOfVersionAsync(1)).Codes);
        string large = new(' ', 20_000);
        await (opens ? session.OpenAsync(large, version: 2) : session.ReplaceAsync(2, large));
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
        await session.ChangeAsync(3, LspTestSession.SettingsUri, new JsonObject { ["text"] = """{"maxAgents": 99}""" });
        await session.SettleAsync();
        Assert.Empty(session.Client.TakeReceived("textDocument/publishDiagnostics"));
        await session.OpenAsync("""{"maxAgents": 99}""", version: 4);
        Assert.Equal(["number-too-large"], (await session.SetOfVersionAsync(4)).Codes);
    }

    [Fact]
    public async Task A_message_of_50_MB_is_served()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("{}" + new string('\n', 25_000_000), "untitled:large", "plaintext");
        JsonNode health = (await session.Client.RequestAsync("configlsp/health", null))!;
        Assert.Equal(1, health["checks"]![1]!["details"]!["open"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_document_opened_again_starts_anew()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"maxAgents": 99}""", version: 7);
        Assert.Equal(["number-too-large"], (await session.SetOfVersionAsync(7)).Codes);
        await session.CloseAsync();
        Assert.Empty((await session.NextSetAsync()).Diagnostics);
        await session.OpenAsync("{}", version: 1);
        PublishedSet set = await session.NextSetAsync();
        Assert.Equal(1, set.Version);
        Assert.Empty(set.Diagnostics);
    }

    private static OpenDocument Change(DocumentStore store, LspPositions positions, IReadOnlyList<TextDocumentContentChangeEvent> changes) =>
        store.Change(new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(Uri, Version: null), changes), positions)!;

    private static Utf8Text Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
