using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Testing;

namespace ConfigLsp.Configuration.Tests.Schemas;

public sealed class SchemaCatalogTests
{
    private readonly SchemaCatalog _catalog = new();

    [Fact]
    public void Every_entry_leads_to_the_schema_that_is_published()
    {
        Assert.NotEmpty(_catalog.Entries);
        foreach (var entry in _catalog.Entries)
        {
            Assert.True(_catalog.TryRead(entry.Url, out var text), entry.Url);
            Assert.Equal(File.ReadAllText(Repository.PathOf("schemas", entry.File)), text.ToString());
            Assert.True(JsonParser.Parse(text).Root.TryGetProperty("$id"u8, out var id));
            Assert.Equal(entry.Url, id.GetString());
        }
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema")]
    [InlineData("https://json-schema.org/draft-07/schema#")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("https://json-schema.org/draft/2020-12/meta/unevaluated")]
    [InlineData("https://configlsp.dev/schemas/configlsp.schema.json")]
    public void Meta_schemas_and_our_own_are_embedded(string uri)
    {
        Assert.True(_catalog.Contains(uri));
        Assert.True(_catalog.TryRead(uri, out var text));
        Assert.Empty(JsonParser.Parse(text).Errors);
    }

    [Theory]
    [InlineData("https://configlsp.dev/schemas/none.json")]
    [InlineData("https://example.com/schema.json")]
    [InlineData("")]
    public void Nothing_else_is(string uri)
    {
        Assert.False(_catalog.Contains(uri));
        Assert.False(_catalog.TryRead(uri, out _));
    }
}
