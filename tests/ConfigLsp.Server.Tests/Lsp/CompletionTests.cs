using System.Text.Json.Nodes;

namespace ConfigLsp.Server.Tests.Lsp;

public sealed class CompletionTests
{
    private const string Resolving = """{"textDocument":{"completion":{"completionItem":{"documentationFormat":["markdown"],"resolveSupport":{"properties":["documentation"]}}}}}""";

    [Fact]
    public async Task Documentation_comes_along_or_when_it_is_asked_for()
    {
        await using LspTestSession plain = await LspTestSession.StartAsync();
        await plain.OpenAsync("{}");
        JsonNode inline = Find(await CompleteAsync(plain, 0, 1), "maxAgents");
        Assert.Contains("50", inline["documentation"]!["value"]!.GetValue<string>());
        Assert.Null(inline["data"]);

        await using LspTestSession lazy = await LspTestSession.StartAsync(Resolving);
        await lazy.OpenAsync("{}");
        JsonNode item = Find(await CompleteAsync(lazy, 0, 1), "maxAgents");
        Assert.Null(item["documentation"]);
        item["own"] = "kept";
        JsonNode resolved = (await lazy.Client.RequestAsync("completionItem/resolve", item.DeepClone()))!;
        Assert.Equal("markdown", resolved["documentation"]!["kind"]!.GetValue<string>());
        Assert.Contains("50", resolved["documentation"]!["value"]!.GetValue<string>());
        Assert.Equal("kept", resolved["own"]!.GetValue<string>());
        Assert.Equal(item["textEdit"]!.ToJsonString(), resolved["textEdit"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"label":"x"}""")]
    [InlineData("""{"label":"x","data":{"list":99,"item":0}}""")]
    [InlineData("""{"label":"x","data":{"list":"1","item":-1}}""")]
    [InlineData("""{"label":"x","data":[1]}""")]
    public async Task An_item_that_is_not_known_is_given_back(string item)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(Resolving);
        Assert.Equal(item, (await session.Client.RequestAsync("completionItem/resolve", JsonNode.Parse(item)))!.ToJsonString());
    }

    [Fact]
    public async Task The_schemas_of_the_catalogue_can_be_named()
    {
        await using LspTestSession session = await LspTestSession.StartAsync();
        await session.OpenAsync("""{"$schema": ""}""", "file:///folder/other.json");
        IEnumerable<string> labels = (await CompleteAsync(session, 0, 13, "file:///folder/other.json")).Select(item => item!["label"]!.GetValue<string>());
        Assert.Contains(labels, label => label.Contains("draft-07", StringComparison.Ordinal));
        Assert.Contains(labels, label => label.Contains("configlsp.dev", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", "templates/", true)]
    [InlineData("true", "docs/", true)]
    [InlineData("true", "../../", false)]
    [InlineData("true", "/etc/", false)]
    [InlineData("false", "templates/", false)]
    public async Task Paths_are_told_only_inside_a_trusted_folder(string trusted, string typed, bool isTold)
    {
        await using LspTestSession session = await LspTestSession.StartAsync(
            options: $$$"""{"configlsp":{"trust":{{{trusted}}}}}""",
            prepare: s =>
            {
                s.Files.Write("/folder/.nofx/templates/one.md", "1"u8.ToArray());
                s.Files.Write("/folder/docs/one.md", "2"u8.ToArray());
                s.Files.Write("/etc/passwd", "3"u8.ToArray());
            });
        string text = $$"""{"templatesPath": "{{typed}}"}""";
        await session.OpenAsync(text);
        string[] labels = [.. (await CompleteAsync(session, 0, text.Length - 2)).Where(item => item!["kind"]!.GetValue<int>() is 17 or 19).Select(item => item!["label"]!.GetValue<string>())];
        Assert.Equal(isTold ? ["one.md"] : [], labels);
    }

    private static JsonNode Find(JsonArray items, string label) => items.Single(item => item!["label"]!.GetValue<string>() == label)!;

    private static async Task<JsonArray> CompleteAsync(LspTestSession session, int line, int character, string uri = LspTestSession.SettingsUri) =>
        (await session.Client.RequestAsync("textDocument/completion", LspTestSession.At(line, character, uri)))!["items"]!.AsArray();
}
