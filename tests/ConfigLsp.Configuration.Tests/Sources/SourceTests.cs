using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Sources;

/// <summary>What tests of sources share.</summary>
internal static class SourceTests
{
    public static JsonSchema Compile(string schema) => new SchemaRegistry().Compile("https://example.com/s.json", JsonParser.Parse(SourceText.From(schema))).Schema;

    public static async Task<SourceContent> LoadAsync(ISettingsSource source, SourceContent? previous = null) =>
        Assert.IsType<SourceReading.Loaded>(await source.LoadAsync(previous, CancellationToken.None)).Content;

    public static string Text(this SourceContent content) => content.Tree.Text.ToString();
}
