using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Configuration.Tests.Schemas;

public sealed class ClientSchemasTests
{
    private static readonly DocumentUri Folder = DocumentUri.Parse("file:///w");

    [Fact]
    public void Settings_give_associations_in_order()
    {
        var schemas = FromSetting(
            """
            [
              {"fileMatch": ["*.app.json", "!x.app.json"], "url": "./schemas/app.json"},
              {"fileMatch": ["a.json"], "url": "https://example.com/a.json", "folderUri": "file:///w/sub"},
              {"fileMatch": ["b.json"], "schema": {"type": "object"}},
              {"fileMatch": ["c.json"], "schema": false, "at": "/c"},
              {"url": "vscode://schemas/shared", "schema": {"type": "array"}}
            ]
            """);
        Assert.Empty(schemas.Problems);
        Assert.Equal("file:///w/schemas/app.json", schemas.Associations[0].Schema.Uri);
        Assert.Equal("file:///w/sub", schemas.Associations[1].Folder?.Text);
        Assert.Equal("""{"type": "object"}""", schemas.Associations[2].Schema.Inline?.Text.ToString());
        Assert.Equal(("false", "/c"), (schemas.Associations[3].Schema.Inline?.Text.ToString(), schemas.Associations[3].At));
        Assert.Equal("vscode://schemas/shared", schemas.Associations[4].Schema.Uri);
        Assert.Equal(5, schemas.Associations.Select(a => a.Schema.Uri).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Entries_that_cannot_be_understood_are_left_out_and_said()
    {
        var schemas = FromSetting(
            """
            [
              1,
              {"fileMatch": ["a"]},
              {"fileMatch": {}, "url": "a"},
              {"fileMatch": ["a"], "url": "a", "at": "b"},
              {"fileMatch": ["a"], "url": "a", "folderUri": "no uri"},
              {"fileMatch": [1, "good", null, "", "!"], "url": "a"},
              {"fileMatch": ["a"], "schema": "text"}
            ]
            """);
        Assert.Equal("good", Assert.Single(Assert.Single(schemas.Associations).FileMatch.Patterns).Glob.Pattern);
        Assert.Equal(6, schemas.Problems.Length);
        Assert.All(schemas.Problems, p => Assert.StartsWith("json.schemas[", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("", 0)]
    [InlineData("{}", 1)]
    [InlineData("\"x\"", 1)]
    public void A_setting_of_another_form_has_no_associations(string json, int problems)
    {
        Assert.Empty(FromSetting(json).Associations);
        Assert.Equal(problems, FromSetting(json).Problems.Length);
    }

    [Theory]
    [InlineData("""{"/package.json": ["vscode://schemas/package"], "*.x": ["x:1", "x:2"]}""", 3)]
    [InlineData("""[{"/package.json": ["vscode://schemas/package"]}]""", 1)]
    [InlineData("""[{"fileMatch": ["/package.json"], "uri": "vscode://schemas/package"}]""", 1)]
    [InlineData("""[[{"fileMatch": ["/package.json"], "uri": "vscode://schemas/package"}]]""", 1)]
    [InlineData("""[[{"fileMatch": ["/package.json"], "uri": "vscode://schemas/package"}, {"fileMatch": ["b"], "uri": "x:b"}]]""", 2)]
    [InlineData("[[]]", 0)]
    [InlineData("[]", 0)]
    public void Both_forms_of_the_notification_are_read_bare_and_wrapped(string json, int count)
    {
        var schemas = ClientSchemas.FromNotification(Encoding.UTF8.GetBytes(json), Folder);
        Assert.Empty(schemas.Problems);
        Assert.Equal(count, schemas.Associations.Length);
        if (count > 0)
        {
            Assert.Equal("vscode://schemas/package", schemas.Associations[0].Schema.Uri);
            Assert.True(schemas.Associations[0].FileMatch.IsMatch("deep/package.json"));
        }
    }

    private static ClientSchemas FromSetting(string json) => ClientSchemas.FromSetting(Encoding.UTF8.GetBytes(json), "json.schemas", Folder);
}
