using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Tests.Sources;

public sealed class SourcePlanTests
{
    private static readonly string[] DefaultNames = ["defaults", "user", "workspace", "workspace-environment", "local", "environment"];

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("{}", true)]
    [InlineData("{}", false)]
    public void Without_a_list_the_default_sources_apply_trusted_or_not(string? file, bool isTrusted)
    {
        var plan = Plan(file, isTrusted);
        Assert.Equal(DefaultNames, plan.Sources.Select(static s => s.Name));
        Assert.Equal(
            [null, "/home/me/.nofx/settings.json", "/w/.nofx/settings.json", "/w/.nofx/settings.staging.json", "/w/.nofx/settings.local.json", null],
            plan.Sources.Select(static s => s.FilePath));
        var root = isTrusted ? null : "/w";
        Assert.Equal([null, null, root, root, root, null], plan.Sources.Select(static s => s.AllowedRoot));
        Assert.All(plan.Sources, static s => Assert.True(s.Optional && !s.Required && s.Refusal is null && s.IsImplied));
        Assert.Equal([false, true, true, true, true, false], plan.Sources.Select(static s => s.IsWritable));
        Assert.Equal("NOFX_", plan.Sources[5].Configuration.Prefix);
        Assert.Equal("workspace", plan.DefaultTarget?.Name);
        Assert.Equal("https://configlsp.dev/schemas/agent-settings.schema.json", plan.Schema.Uri);
        Assert.Equal(new CacheConfiguration(), plan.Cache);
        Assert.Empty(plan.Warnings);
    }

    [Theory]
    [InlineData("/home/me")]
    [InlineData(null)]
    public void The_persons_own_settings_are_left_out_where_they_are_the_workspaces_or_there_is_no_home(string? home)
    {
        var folder = new WorkspaceFolder(DocumentUri.Parse("file:///home/me"));
        var plan = SourcePlan.Create(folder, "staging", ConfigurationOverrides.None, new PathPlaceholders(home, static _ => null));
        Assert.Equal(DefaultNames.Except(["user"]), plan.Sources.Select(static s => s.Name));
        Assert.Equal("/home/me/.nofx/settings.json", plan.DefaultTarget?.FilePath);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void A_list_is_planned_in_its_order()
    {
        var plan = Plan(
            """
            {
              "schema": "app.schema.json",
              "cache": { "enabled": false, "ttlMs": 5 },
              "sources": [
                { "name": "defaults", "type": "defaults" },
                { "name": "base", "type": "file", "path": "settings.json", "required": true },
                { "name": "stage", "type": "file", "path": "settings.${environment}.json", "optional": true },
                { "name": "shared", "type": "file", "path": "${env:DIR}/shared.json" },
                { "name": "editor", "type": "vscode", "section": "nofx" },
                { "name": "remote", "type": "http", "url": "https://config.example.com/app.json" },
                { "name": "variables", "type": "environment", "prefix": "APP_" }
              ]
            }
            """);
        Assert.Equal(["defaults", "base", "stage", "shared", "editor", "remote", "variables"], plan.Sources.Select(static s => s.Name));
        Assert.Equal([null, "/w/settings.json", "/w/settings.staging.json", "/data/shared.json", "/w/.vscode/settings.json", null, null], plan.Sources.Select(static s => s.FilePath));
        Assert.Equal([false, true, true, true, true, false, false], plan.Sources.Select(static s => s.IsWritable));
        Assert.Equal((true, false), (plan.Find("base")?.Required, plan.Find("base")?.Optional));
        Assert.Equal((false, true), (plan.Find("stage")?.Required, plan.Find("stage")?.Optional));
        Assert.Null(plan.Find("none"));
        Assert.Equal("shared", plan.DefaultTarget?.Name);
        Assert.Equal("file:///w/app.schema.json", plan.Schema.Uri);
        Assert.Equal(new CacheConfiguration { Enabled = false, TtlMs = 5 }, plan.Cache);
        Assert.Empty(plan.Warnings);
    }

    [Theory]
    [InlineData("""{"name": "a", "type": "http", "url": "https://example.com/"}""", "network")]
    [InlineData("""{"name": "a", "type": "file", "path": "../a.json"}""", "outside of the folder")]
    [InlineData("""{"name": "a", "type": "file", "path": "/etc/passwd"}""", "outside of the folder")]
    [InlineData("""{"name": "a", "type": "file", "path": "~/.ssh/config"}""", "outside of the folder")]
    [InlineData("""{"name": "a", "type": "file", "path": "${env:DIR}/a.json"}""", "environment variable")]
    [InlineData("""{"name": "a", "type": "file", "path": "${env:INSIDE}/a.json"}""", "environment variable")]
    [InlineData("""{"name": "a", "type": "vscode", "section": "x", "path": "/etc/passwd"}""", "outside of the folder")]
    public void In_an_untrusted_workspace_a_source_that_reaches_out_is_refused_and_the_others_go_on(string source, string reason)
    {
        var text = $$"""{"sources": [{"name": "before", "type": "file", "path": "b.json"}, {{source}}, {"name": "after", "type": "defaults"}]}""";
        var plan = Plan(text, isTrusted: false);
        var refused = plan.Find("a")!;
        Assert.Equal(ServiceErrors.NotTrusted, refused.Refusal?.Descriptor);
        Assert.Equal("a", refused.Refusal?.Source);
        Assert.Contains(reason, refused.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal((false, null), (refused.IsWritable, refused.FilePath));
        Assert.Equal([refused.Refusal!.Message], plan.Warnings.ToArray());
        Assert.Equal(("/w/b.json", "/w"), (plan.Find("before")!.FilePath, plan.Find("before")!.AllowedRoot));
        Assert.Null(plan.Find("after")!.Refusal);
        Assert.Equal("before", plan.DefaultTarget?.Name);

        Assert.Null(Plan(text).Find("a")!.Refusal);
    }

    [Theory]
    [InlineData("""{"name": "a", "type": "file"}""", "a")]
    [InlineData("""{"name": "a", "type": "file", "path": ""}""", "a")]
    [InlineData("""{"name": "a", "type": "file", "path": "a\u0000b"}""", "a")]
    [InlineData("""{"name": "a", "type": "file", "path": "${env:NONE}/a"}""", "a")]
    [InlineData("""{"name": "a", "type": "file", "path": "${workspacefolder}/a"}""", "a")]
    [InlineData("""{"name": "a", "type": "vscode"}""", "a")]
    [InlineData("""{"name": "a", "type": "environment"}""", "a")]
    [InlineData("""{"name": "a", "type": "http"}""", "a")]
    [InlineData("""{"name": "a", "type": "http", "url": "file:///etc/passwd"}""", "a")]
    [InlineData("""{"name": "a\nb", "type": "defaults"}""", "sources[1]")]
    [InlineData("""{"name": "", "type": "defaults"}""", "sources[1]")]
    [InlineData("""{"name": "first", "type": "defaults"}""", "sources[1]")]
    public void A_source_that_cannot_be_used_is_refused_with_what_to_do(string source, string name)
    {
        var plan = Plan($$"""{"sources": [{"name": "first", "type": "defaults"}, {{source}}]}""");
        Assert.Equal(["first", name], plan.Sources.Select(static s => s.Name));
        Assert.Null(plan.Sources[0].Refusal);
        Assert.Equal(ServiceErrors.SourceInvalid, plan.Sources[1].Refusal?.Descriptor);
        Assert.Equal([plan.Sources[1].Refusal!.Message], plan.Warnings.ToArray());
        Assert.DoesNotContain('\n', plan.Warnings[0]);
        Assert.Null(plan.DefaultTarget);
    }

    [Theory]
    [InlineData(null, "other.json", "workspace", "/w/other.json")]
    [InlineData(null, "~/x.${environment}.json", "workspace", "/home/me/x.staging.json")]
    [InlineData(null, "/data/x.json", "workspace", "/data/x.json")]
    [InlineData("""{"sources": [{"name": "a", "type": "file", "path": "a.json"}, {"name": "b", "type": "file", "path": "b.json"}, {"name": "c", "type": "defaults"}]}""", "x.json", "b", "/w/x.json")]
    [InlineData("""{"sources": [{"name": "a", "type": "file", "path": ".nofx/settings.json"}, {"name": "b", "type": "file", "path": "b.json"}]}""", "x.json", "a", "/w/x.json")]
    public void CONFIG_FILE_PATH_replaces_the_file_that_updates_go_to(string? file, string path, string source, string expected)
    {
        foreach (var isTrusted in (bool[])[true, false])
        {
            var plan = Plan(file, isTrusted, new ConfigurationOverrides { FilePath = path });
            var replaced = plan.Find(source)!;
            Assert.Equal((expected, false, false), (replaced.FilePath, replaced.Optional, replaced.Required));
            Assert.Equal(!isTrusted && expected.StartsWith("/w/", StringComparison.Ordinal) ? "/w" : null, replaced.AllowedRoot);
            Assert.Same(replaced, plan.DefaultTarget);
            Assert.Equal(1, plan.Sources.Count(s => s.FilePath == expected));
            Assert.Empty(plan.Warnings);
        }
    }

    [Fact]
    public void CONFIG_FILE_PATH_without_a_file_to_replace_or_with_a_path_that_means_nothing_warns()
    {
        Assert.Contains("CONFIG_FILE_PATH", Assert.Single(Plan("""{"sources": [{"name": "a", "type": "defaults"}]}""", overrides: new ConfigurationOverrides { FilePath = "x" }).Warnings), StringComparison.Ordinal);
        var plan = Plan(file: null, overrides: new ConfigurationOverrides { FilePath = "${env:NONE}/x" });
        Assert.Contains("NONE", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.Equal(ServiceErrors.SourceInvalid, plan.Find("workspace")?.Refusal?.Descriptor);
        Assert.Null(plan.DefaultTarget);
    }

    [Theory]
    [InlineData("true", "0", true, 0)]
    [InlineData(" OFF ", " 250 ", false, 250)]
    [InlineData("1", "86400000", true, 86_400_000)]
    [InlineData("no", null, false, null)]
    [InlineData("", " ", null, null)]
    [InlineData("maybe", "-1", null, null, 2)]
    [InlineData(null, "86400001", null, null, 1)]
    [InlineData(null, "1.5", null, null, 1)]
    [InlineData(null, "99999999999999999999", null, null, 1)]
    public void The_variables_for_the_cache_are_read(string? enabled, string? ttl, bool? expectedEnabled, int? expectedTtl, int warnings = 0)
    {
        var overrides = ConfigurationOverrides.Read(name => name switch { "CONFIG_CACHE_ENABLED" => enabled, "CONFIG_CACHE_TTL" => ttl, "CONFIG_FILE_PATH" => "", _ => null });
        Assert.Equal((expectedEnabled, expectedTtl, null), (overrides.CacheEnabled, overrides.CacheTtlMs, overrides.FilePath));
        Assert.Equal(warnings, overrides.Warnings.Length);
        var cache = Plan("""{"cache": {"enabled": false, "ttlMs": 7}}""", overrides: overrides).Cache;
        Assert.Equal((expectedEnabled ?? false, expectedTtl ?? 7), (cache.Enabled, cache.TtlMs));
    }

    [Fact]
    public void A_folder_that_is_not_on_this_machine_has_no_files()
    {
        var plan = SourcePlan.Create(new WorkspaceFolder(DocumentUri.Parse("vscode-vfs://github/a/b")), "staging", ConfigurationOverrides.None, Placeholders());
        Assert.Equal(["defaults", "environment"], plan.Sources.Where(static s => s.Refusal is null).Select(static s => s.Name));
        Assert.Null(plan.DefaultTarget);
    }

    private static SourcePlan Plan(string? file, bool isTrusted = true, ConfigurationOverrides? overrides = null)
    {
        var uri = DocumentUri.Parse("file:///w/configlsp.json");
        var folder = new WorkspaceFolder(DocumentUri.Parse("file:///w"))
        {
            Configuration = file is null ? WorkspaceConfiguration.Empty : WorkspaceFile.Parse(uri, SourceText.From(file)),
            IsTrusted = isTrusted,
        };
        return SourcePlan.Create(folder, "staging", overrides ?? ConfigurationOverrides.None, Placeholders());
    }

    private static PathPlaceholders Placeholders()
    {
        var variables = ImmutableDictionary<string, string>.Empty.Add("DIR", "/data").Add("INSIDE", "/w");
        return new PathPlaceholders("/home/me", name => variables.GetValueOrDefault(name));
    }
}
