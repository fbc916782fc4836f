using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Workspace;

public sealed class WorkspaceFileTests
{
    private static readonly DocumentUri Uri = DocumentUri.Parse("file:///w/configlsp.json");

    [Fact]
    public void A_whole_file_is_understood()
    {
        var configuration = Parse(
            """
            {
              // The order is the precedence.
              "schema": "./schemas/app.json",
              "environment": "staging",
              "cache": { "enabled": false, "ttlMs": 5e3 },
              "sources": [
                { "name": "defaults", "type": "defaults" },
                { "name": "project", "type": "file", "path": "settings.json", "required": true, "format": "jsonc", "refreshMs": 30000 },
                { "name": "variables", "type": "environment", "prefix": "APP_", "optional": true },
              ],
              "schemas": [
                { "fileMatch": ["deploy/*.json", "!deploy/x.json"], "url": "deploy.schema.json", "at": "/a" },
                { "fileMatch": "one.json", "schema": { "type": "object" } },
              ],
            }
            """);
        Assert.Equal("file:///w/schemas/app.json", configuration.Schema?.Uri);
        Assert.Equal("staging", configuration.Environment);
        Assert.Equal(new CacheConfiguration { Enabled = false, TtlMs = 5000 }, configuration.Cache);
        Assert.Equal(["defaults", "project", "variables"], configuration.Sources.Select(s => s.Name));
        var project = configuration.Sources[1];
        Assert.Equal((SourceType.File, "settings.json", true, false, "jsonc", 30000), (project.Type, project.Path, project.Required, project.Optional, project.Format, project.RefreshMs));
        Assert.Equal(("file:///w/deploy.schema.json", "/a"), (configuration.Schemas[0].Schema.Uri, configuration.Schemas[0].At));
        Assert.True(configuration.Schemas[0].FileMatch.IsMatch("deploy/a.json"));
        Assert.False(configuration.Schemas[0].FileMatch.IsMatch("deploy/x.json"));
        Assert.Equal("""{ "type": "object" }""", configuration.Schemas[1].Schema.Inline?.Text.ToString());
        Assert.StartsWith("file:///w/configlsp.json?", configuration.Schemas[1].Schema.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"schema": 1, "environment": {}, "cache": [], "sources": {}, "schemas": "x"}""")]
    [InlineData("""{"sources": [1, {}, {"name": "a"}, {"name": "a", "type": "new"}, {"type": "file"}], "schemas": [null, {}, {"fileMatch": ["a"]}, {"url": "x", "at": "no"}]}""")]
    [InlineData("""{"sources": [{"name": """)]
    public void What_is_not_understandable_is_left_out(string text)
    {
        var configuration = Parse(text);
        Assert.Empty(configuration.Sources);
        Assert.Empty(configuration.Schemas);
        Assert.Null(configuration.Schema);
        Assert.Equal(new CacheConfiguration(), configuration.Cache);
    }

    [Fact]
    public void A_schema_in_the_file_cannot_take_the_uri_of_another()
    {
        var configuration = Parse("""{"schemas": [{"fileMatch": ["a"], "url": "https://configlsp.dev/schemas/agent-settings.schema.json", "schema": true}]}""");
        Assert.StartsWith("file:///w/configlsp.json?", Assert.Single(configuration.Schemas).Schema.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings.json", "/w/settings.json", true)]
    [InlineData("./a/../settings.json", "/w/settings.json", true)]
    [InlineData("settings.${environment}.json", "/w/settings.staging.json", true)]
    [InlineData("settings.${environment}.json", "/w/settings/x.json", false)]
    [InlineData("set*.json", "/w/settings.json", false)]
    [InlineData("set*.json", "/w/set*.json", true)]
    [InlineData("${workspaceFolder}/a.json", "/w/a.json", true)]
    [InlineData("~/.nofx/settings.json", "/home/me/.nofx/settings.json", true)]
    [InlineData("${env:DIR}/a.json", "/data/a.json", true)]
    [InlineData("${env:NONE}/a.json", "/w/a.json", false)]
    [InlineData("${env:NESTED}/a.json", "/data/a.json", false)]
    [InlineData("../other/a.json", "/other/a.json", true)]
    [InlineData("/abs/a.json", "/abs/a.json", true)]
    [InlineData("../../../../a.json", "/a.json", true)]
    public void Paths_of_sources_are_expanded_in_a_trusted_workspace(string path, string file, bool expected) =>
        Assert.Equal(expected, Create(path, isTrusted: true)?.IsMatch(DocumentUri.Parse("file://" + file)) == true);

    [Theory]
    [InlineData("settings.${environment}.json", true)]
    [InlineData("${workspaceFolder}/a.json", true)]
    [InlineData("~/a.json", false)]
    [InlineData("${env:DIR}/a.json", false)]
    [InlineData("${env:INSIDE}/a.json", false)]
    [InlineData("../w/../x/a.json", false)]
    [InlineData("../../..", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../wide/a.json", false)]
    [InlineData("..\\x.json", false)]
    [InlineData("a\0b", false)]
    public void Paths_of_sources_stay_in_an_untrusted_workspace(string path, bool expected) =>
        Assert.Equal(expected, Create(path, isTrusted: false) is not null);

    private static SourcePath? Create(string path, bool isTrusted)
    {
        var variables = new Dictionary<string, string> { ["DIR"] = "/data", ["NESTED"] = "${env:DIR}", ["INSIDE"] = "/w" };
        return SourcePath.Create(
            new SourceConfiguration("a", SourceType.File) { Path = path },
            new WorkspaceFolder(DocumentUri.Parse("file:///w")) { IsTrusted = isTrusted },
            new PathPlaceholders("/home/me", name => variables.GetValueOrDefault(name)),
            ignoreCase: false);
    }

    private static WorkspaceConfiguration Parse(string text) => WorkspaceFile.Parse(Uri, SourceText.From(text));
}
