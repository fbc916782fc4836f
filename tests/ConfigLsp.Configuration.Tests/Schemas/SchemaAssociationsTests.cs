using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Schemas;

public sealed class SchemaAssociationsTests
{
    private const string AgentSettings = "https://configlsp.dev/schemas/agent-settings.schema.json";

    private SchemaAssociations _associations = new(new SchemaCatalog()) { Placeholders = new PathPlaceholders("/home/me", _ => null) };

    [Fact]
    public void The_first_level_that_says_something_decides()
    {
        const string Document = "file:///w/.nofx/settings.json";
        Assert.Equal([(SchemaLevel.Catalog, AgentSettings)], Select(Document));

        Client("""[{"fileMatch": ["settings.json"], "url": "file:///client.json"}]""");
        Assert.Equal([(SchemaLevel.Client, "file:///client.json")], Select(Document));

        Workspace("file:///w", """{"schemas": [{"fileMatch": [".nofx/*.json"], "url": "workspace.json"}]}""");
        Assert.Equal([(SchemaLevel.Workspace, "file:///w/workspace.json")], Select(Document));

        Assert.Equal([(SchemaLevel.Declared, "file:///w/own.json")], Select(Document, """{"$schema": "../own.json"}"""));
    }

    [Fact]
    public void Several_associations_of_one_level_hold_together_each_once()
    {
        Client("""[{"fileMatch": ["a.json"], "url": "x:1"}, {"fileMatch": ["*.json"], "url": "x:2", "at": "/part"}, {"fileMatch": ["a.*"], "url": "x:1"}]""");
        Assert.Equal([(SchemaLevel.Client, "x:1"), (SchemaLevel.Client, "x:2")], Select("file:///w/a.json"));
        Assert.Equal(["", "/part"], SelectAll("file:///w/a.json", "{}").Schemas.Select(s => s.At));
    }

    [Theory]
    [InlineData("""{"name": "editor", "type": "vscode", "section": "nofx"}""", "file:///w/.vscode/settings.json", AgentSettings, "nofx")]
    [InlineData("""{"name": "editor", "type": "vscode", "section": "a.b", "path": "conf/vs.json"}""", "file:///w/conf/vs.json", AgentSettings, "a.b")]
    [InlineData("""{"name": "editor", "type": "vscode", "section": "nofx", "path": "conf/vs.json"}""", "file:///w/.vscode/settings.json", null, null)]
    [InlineData("""{"name": "editor", "type": "vscode"}""", "file:///w/.vscode/settings.json", null, null)]
    [InlineData("""{"name": "app", "type": "file", "path": ".vscode/settings.json"}""", "file:///w/.vscode/settings.json", AgentSettings, null)]
    public void The_file_of_a_vscode_source_is_checked_under_its_section(string source, string document, string? schema, string? section)
    {
        Workspace("file:///w", $$"""{"sources": [{{source}}]}""");
        var selected = SelectAll(document, "{}").Schemas;
        Assert.Equal((schema, section), (selected.FirstOrDefault()?.Schema.Uri, selected.FirstOrDefault()?.Section));
    }

    [Theory]
    [InlineData("""{"$schema": "./s.json"}""", "file:///w/d/s.json")]
    [InlineData("""{"$schema": "..\\schemas\\s.json"}""", "file:///w/schemas/s.json")]
    [InlineData("""{"$schema": "C:\\schemas\\s.json"}""", "file:///c%3A/schemas/s.json")]
    [InlineData("""{"$schema": "https://example.com/s.json#/definitions/a"}""", "https://example.com/s.json#/definitions/a")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#"}""", "http://json-schema.org/draft-07/schema#")]
    [InlineData("""{"$schema": "vscode://schemas/settings"}""", "vscode://schemas/settings")]
    [InlineData("""{"a": 1, "$schema": "first.json", "$schema": "last.json" """, "file:///w/d/last.json")]
    [InlineData("""{"$schema": ""}""", null)]
    [InlineData("""{"$schema": 1}""", null)]
    [InlineData("""{"$schema": """, null)]
    [InlineData("""[{"$schema": "s.json"}]""", null)]
    [InlineData("""{"a": {"$schema": "s.json"}}""", null)]
    public void The_files_own_schema_is_found_and_resolved(string text, string? uri)
    {
        var selection = SelectAll("file:///w/d/x.json", text);
        Assert.Equal(uri, selection.Schemas.FirstOrDefault()?.Schema.Uri);
        Assert.Equal(uri is null ? SchemaLevel.None : SchemaLevel.Declared, selection.Level);
    }

    [Fact]
    public void A_document_that_was_never_saved_resolves_against_the_workspace()
    {
        Workspace("file:///w", "{}");
        Assert.Equal([(SchemaLevel.Declared, "file:///w/s.json")], Select("untitled:Untitled-1", """{"$schema": "s.json"}"""));
        Assert.Empty(Select("untitled:Untitled-1"));
    }

    [Fact]
    public void File_sources_have_the_schema_of_the_workspace_or_that_of_agent_settings()
    {
        Workspace("file:///w", """{"sources": [{"name": "a", "type": "file", "path": "conf/${environment}.json"}]}""");
        Assert.Equal([(SchemaLevel.Workspace, AgentSettings)], Select("file:///w/conf/staging.json"));
        Assert.Empty(Select("file:///w/conf/deep/staging.json"));
        Workspace("file:///w", """{"schema": "app.json", "sources": [{"name": "a", "type": "file", "path": "conf/a.json"}, {"name": "b", "type": "vscode", "path": "conf/b.json", "section": "x"}]}""");
        Assert.Equal([(SchemaLevel.Workspace, "file:///w/app.json")], Select("file:///w/conf/a.json"));
        Assert.Equal([(SchemaLevel.Workspace, "file:///w/app.json")], Select("file:///w/conf/b.json"));
        Assert.Empty(Select("file:///w/.vscode/settings.json"));
    }

    [Fact]
    public void The_innermost_folder_speaks_for_a_document()
    {
        Workspace("file:///w", """{"schemas": [{"fileMatch": ["/sub/a.json", "/a.json"], "url": "outer.json"}]}""");
        Workspace("file:///w/sub", """{"schemas": [{"fileMatch": ["/a.json"], "url": "inner.json"}]}""", add: true);
        Assert.Equal([(SchemaLevel.Workspace, "file:///w/sub/inner.json")], Select("file:///w/sub/a.json"));
        Assert.Equal([(SchemaLevel.Workspace, "file:///w/outer.json")], Select("file:///w/a.json"));
        Assert.Empty(Select("file:///elsewhere/a.json"));
    }

    [Fact]
    public void An_association_with_a_folder_holds_in_it_only()
    {
        Client("""[{"fileMatch": ["/a.json"], "url": "s.json", "folderUri": "file:///w/sub"}]""");
        Assert.Equal([(SchemaLevel.Client, "file:///w/sub/s.json")], Select("file:///w/sub/a.json"));
        Assert.Empty(Select("file:///w/a.json"));
        Assert.Empty(Select("file:///w/sub/deep/a.json"));
    }

    [Theory]
    [InlineData("vscode-remote://ssh-remote%2Bbox/home/me/.nofx/settings.json", AgentSettings)]
    [InlineData("file:///c%3A/w/.nofx/settings.local.json", AgentSettings)]
    [InlineData("vscode-userdata:/User/settings.json", null)]
    [InlineData("untitled:settings.json", null)]
    public void Documents_of_any_scheme_are_matched_by_their_path(string uri, string? schema) =>
        Assert.Equal(schema, Select(uri).Select(s => s.Uri).FirstOrDefault());

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void An_entry_that_requires_a_sibling_holds_only_beside_it(bool exists, int count)
    {
        var asked = new List<string>();
        var selection = _associations.SelectByName(DocumentUri.Parse("file:///w/config/default.json"), uri =>
        {
            asked.Add(uri.Text);
            return exists;
        });
        Assert.Equal(count, selection.Schemas.Length);
        Assert.Equal(["file:///w/config/distribution.json"], asked);
    }

    private void Client(string json) =>
        _associations = _associations with { Client = ClientSchemas.FromSetting(Encoding.UTF8.GetBytes(json), "json.schemas", DocumentUri.Parse("file:///w")) };

    private void Workspace(string folder, string text, bool add = false)
    {
        var uri = DocumentUri.Parse(folder);
        var workspace = new WorkspaceFolder(uri) { Configuration = WorkspaceFile.Parse(uri.AsFolder().Resolve("configlsp.json"), SourceText.From(text)) };
        _associations = _associations with { Folders = add ? [.. _associations.Folders, workspace] : [workspace] };
    }

    private SchemaSelection SelectAll(string uri, string text) => _associations.Select(DocumentUri.Parse(uri), JsonParser.Parse(SourceText.From(text)), _ => false);

    private (SchemaLevel Level, string Uri)[] Select(string uri, string text = "{}")
    {
        var selection = SelectAll(uri, text);
        return [.. selection.Schemas.Select(s => (selection.Level, s.Schema.Uri))];
    }
}
