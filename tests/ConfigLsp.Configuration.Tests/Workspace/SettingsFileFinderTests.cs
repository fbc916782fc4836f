using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Configuration.Tests.Workspace;

public sealed class SettingsFileFinderTests
{
    private readonly InMemoryFileSystem _files = new();

    [Fact]
    public void A_folder_gives_what_the_catalogue_and_its_workspace_file_name_in_a_fixed_order()
    {
        _files
            .Write("/w/configlsp.json", """{"sources": [{"name": "app", "type": "file", "path": "conf/app.${environment}.json"}], "schemas": [{"fileMatch": ["services/*.json"], "schema": true}]}""")
            .Write("/w/conf/app.staging.json", "{}")
            .Write("/w/.nofx/settings.json", "{}")
            .Write("/w/services/a.json", "{}")
            .Write("/w/services/deep/b.json", "{}")
            .Write("/w/alert-config.json", "{}")
            .Write("/w/package.json", "{}");
        Assert.Equal(
            [
                "/w/alert-config.json Catalog Alert configuration",
                "/w/configlsp.json WorkspaceFile configlsp.json",
                "/w/.nofx/settings.json Catalog Agent settings",
                "/w/conf/app.staging.json WorkspaceSource app",
                "/w/services/a.json WorkspaceSchema services/*.json",
            ],
            Find("/w"));
    }

    [Fact]
    public void Git_dependencies_hidden_and_ignored_folders_are_passed_over_but_nofx_is_entered()
    {
        foreach (var folder in new[] { ".git", "node_modules", ".cache", "build", "deep/.nofx", ".nofx" })
        {
            _files.Write($"/w/{folder}/settings.json", "{}").Write($"/w/{folder}/alert-config.json", "{}");
        }

        _files.Write("/w/.gitignore", "build/\n/deep/.nofx/alert-config.json");
        Assert.Equal(["/w/.nofx/alert-config.json", "/w/.nofx/settings.json", "/w/deep/.nofx/settings.json"], Paths("/w"));
    }

    [Fact]
    public void The_settings_of_vs_code_are_settings_files_where_they_are_a_source()
    {
        _files.Write("/w/.vscode/settings.json", "{}").Write("/w/.vscode/tasks.json", "{}").Write("/w/configlsp.json", "{}");
        Assert.Equal(["/w/configlsp.json"], Paths("/w"));
        _files.Write("/w/configlsp.json", """{"sources": [{"name": "editor", "type": "vscode", "section": "nofx"}]}""");
        Assert.Equal(["/w/configlsp.json", "/w/.vscode/settings.json"], Paths("/w"));
    }

    [Fact]
    public void Ignore_rules_come_from_the_whole_repository_and_its_exclude_file()
    {
        _files
            .Write("/repo/.git/info/exclude", "private\n")
            .Write("/repo/.gitignore", "*.json\n")
            .Write("/repo/app/.gitignore", "!alert-config.json\n")
            .Write("/repo/app/x/alert-config.json", "{}")
            .Write("/repo/app/x/backup-strategy.json", "{}")
            .Write("/repo/app/private/alert-config.json", "{}");
        Assert.Equal(["/repo/app/x/alert-config.json"], Paths("/repo/app/x"));
        Assert.Equal(["/repo/app/x/alert-config.json"], Paths("/repo/app"));
    }

    [Fact]
    public void Named_files_are_taken_even_where_a_walk_would_pass_them_over()
    {
        _files.Write("/w/.gitignore", "*").Write("/w/node_modules/x/any.json", "{}").Write("/w/.hidden.json", "{}");
        Assert.Equal(["/w/node_modules/x/any.json", "/w/.hidden.json"], Paths("node_modules/x/any.json", "/w/.hidden.json", "./.hidden.json"));
    }

    [Fact]
    public void A_glob_takes_what_it_names_from_the_current_folder()
    {
        _files
            .Write("/w/a.json", "{}").Write("/w/x/b.json", "{}").Write("/w/x/.vscode/c.json", "{}").Write("/w/node_modules/d.json", "{}").Write("/w/e.txt", "");
        Assert.Equal(["/w/a.json"], Paths("*.json"));
        Assert.Equal(["/w/a.json", "/w/x/b.json"], Paths("**/*.json"));
        Assert.Equal(["/w/x/.vscode/c.json"], Paths("x/.vscode/*.json"));
        Assert.Equal(["/w/x/.vscode/c.json"], Paths("**/.vscode/*.json"));
        Assert.Equal(["/w/a.json", "/w/x/b.json"], Paths("/w/{a,x/*}.json"));
    }

    [Fact]
    public void A_file_is_found_once_whatever_names_it()
    {
        _files.Write("/w/alert-config.json", "{}");
        Assert.Equal(["/w/alert-config.json"], Paths("alert-config.json", ".", "*.json", "/w/x/../alert-config.json"));
    }

    [Fact]
    public void Arguments_that_give_nothing_say_so()
    {
        _files.AddFolder("/w/empty");
        var items = Run("missing.json", "empty", "*.toml", "nowhere/*.json", "", "a\0b").ToArray();
        Assert.Equal(["missing.json", "empty", "*.toml", "nowhere/*.json", "", "a\0b"], items.Cast<NothingFound>().Select(i => i.Argument));
        Assert.Contains("/w/nowhere", ((NothingFound)items[3]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Circles_of_links_end_and_each_directory_is_visited_once(bool hasIdentities)
    {
        _files.HasIdentities = hasIdentities;
        _files
            .Write("/w/z/real/alert-config.json", "{}")
            .AddLink("/w/a", "/w/z/real")
            .AddLink("/w/z/real/up", "..")
            .AddLink("/w/z/real/self", "self")
            .AddLink("/w/z/real/root", "/w");
        Assert.Equal(["/w/z/real/alert-config.json"], Paths("/w"));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_followed_only_where_the_workspace_is_trusted()
    {
        _files.Write("/w/alert-config.json", "{}").Write("/elsewhere/backup-strategy.json", "{}").AddLink("/w/out", "/elsewhere");
        Assert.Equal(["/w/alert-config.json"], Paths("/w"));
        Assert.Equal(["/w/alert-config.json", "/w/out/backup-strategy.json"], Trusting("/w"));
    }

    [Fact]
    public void A_file_that_is_a_link_out_of_the_folder_is_read_only_where_the_workspace_is_trusted_or_it_is_named()
    {
        _files
            .Write("/elsewhere/credentials.json", "{}")
            .Write("/w/shared/base.json", "{}")
            .AddLink("/w/.nofx/settings.json", "/elsewhere/credentials.json")
            .AddLink("/w/alert-config.json", "shared/base.json")
            .AddLink("/w/backup-strategy.json", "/elsewhere/gone.json");
        Assert.Equal(["/w/alert-config.json", "/w/backup-strategy.json"], Paths("/w"));
        Assert.Empty(Paths(".nofx/*.json"));
        var refused = Assert.Single(Run("/w").OfType<Unreadable>()).Failure;
        Assert.Equal(FileFailureKind.PermissionDenied, refused.Kind);
        Assert.Equal("/w/.nofx/settings.json is a link out of the folder, which is not trusted. Use --trust, or name the file.", refused.Message);
        Assert.Equal(["/w/alert-config.json", "/w/backup-strategy.json", "/w/.nofx/settings.json"], Trusting("/w"));
        Assert.Equal(["/w/.nofx/settings.json"], Paths(".nofx/settings.json"));
    }

    [Fact]
    public void Workspace_and_ignore_files_that_are_links_out_of_the_folder_say_nothing_where_it_is_not_trusted()
    {
        _files
            .Write("/elsewhere/rules", "alert-config.json\n")
            .Write("/elsewhere/configlsp.json", """{"schemas": [{"fileMatch": ["b/any.json"], "schema": true}]}""")
            .Write("/w/a/alert-config.json", "{}")
            .Write("/w/b/any.json", "{}")
            .AddLink("/w/a/.gitignore", "/elsewhere/rules")
            .AddLink("/w/configlsp.json", "/elsewhere/configlsp.json");
        Assert.Equal(["/w/a/alert-config.json"], Paths("/w"));
        Assert.Equal(FileFailureKind.PermissionDenied, Run("/w").OfType<SettingsFile>().Single().Folder.Failure?.Kind);
        Assert.Equal(["/w/configlsp.json", "/w/b/any.json"], Trusting("/w"));
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_said_and_the_rest_is_found()
    {
        _files.Write("/w/a/alert-config.json", "{}").Write("/w/b/alert-config.json", "{}").Write("/w/c/alert-config.json", "{}")
            .Fail("/w/b", FileFailureKind.PermissionDenied);
        var items = Run("/w").ToArray();
        Assert.Equal(["/w/a/alert-config.json", "/w/c/alert-config.json"], items.OfType<SettingsFile>().Select(f => f.Path));
        Assert.Equal("/w/b", Assert.Single(items.OfType<Unreadable>()).Failure.Path);
    }

    [Fact]
    public void Folders_below_the_greatest_depth_are_passed_over_and_that_is_said()
    {
        _files.Write("/w/" + string.Concat(Enumerable.Repeat("d/", 150)) + "alert-config.json", "{}");
        Assert.Contains("100 levels", Assert.Single(Run("/w").OfType<Unreadable>()).Failure.Message, StringComparison.Ordinal);
        Assert.Empty(Paths("/w"));
    }

    [Fact]
    public void Defaults_of_a_distribution_count_only_beside_it()
    {
        _files.Write("/w/a/config/default.json", "{}").Write("/w/b/config/default.json", "{}").Write("/w/b/config/distribution.json", "{}");
        Assert.Equal(["/w/b/config/default.json", "/w/b/config/distribution.json"], Paths("/w"));
    }

    [Fact]
    public void A_nested_workspace_speaks_for_its_own_files()
    {
        _files
            .Write("/w/configlsp.json", """{"schemas": [{"fileMatch": ["/only.json"], "schema": true}]}""")
            .Write("/w/sub/configlsp.json", """{"schemas": [{"fileMatch": ["/mine.json"], "schema": true}]}""")
            .Write("/w/sub/mine.json", "{}")
            .Write("/w/sub/only.json", "{}");
        Assert.Equal(["/w/configlsp.json", "/w/sub/configlsp.json", "/w/sub/mine.json"], Paths("/w"));
        Assert.Equal("file:///w/sub", Run("/w").OfType<SettingsFile>().Last().Folder.Uri.Text);
        Assert.Equal("file:///w/sub", Run("/w/sub/only.json").OfType<SettingsFile>().Single().Folder.Uri.Text);
    }

    [Fact]
    public void The_home_folders_own_settings_mark_no_workspace()
    {
        _files.AddFolder("/home/me/.nofx").AddFolder("/home/me/project/.nofx").AddFolder("/home/me/project/sub").AddFolder("/home/me/other");
        Assert.Equal("/home/me/project", WorkspaceLocator.Find(_files, "/home/me/project/sub", "/home/me"));
        Assert.Null(WorkspaceLocator.Find(_files, "/home/me/other", "/home/me"));
        Assert.Equal("/home/me", WorkspaceLocator.Find(_files, "/home/me/other", "/home/someone-else"));
    }

    private IEnumerable<FoundItem> Run(params string[] arguments) => Run(isTrusted: false, arguments);

    private IEnumerable<FoundItem> Run(bool isTrusted, params string[] arguments) =>
        new SettingsFileFinder(_files, new SchemaCatalog(), new PathPlaceholders("/home/me", _ => null))
            .Find(new SettingsFileQuery(arguments, "/w") { IsTrusted = _ => isTrusted }, default);

    private string[] Paths(params string[] arguments) => [.. Run(arguments).OfType<SettingsFile>().Select(f => f.Path)];

    private string[] Trusting(params string[] arguments) => [.. Run(isTrusted: true, arguments).OfType<SettingsFile>().Select(f => f.Path)];

    private string[] Find(params string[] arguments) => [.. Run(arguments).OfType<SettingsFile>().Select(f => $"{f.Path} {f.Reason} {f.Detail}")];
}
