using ConfigLsp.Configuration.Globbing;

namespace ConfigLsp.Configuration.Tests.Globbing;

public sealed class GlobTests
{
    [Theory]
    [InlineData("settings.json", "settings.json", true)]
    [InlineData("settings.json", "a/b/settings.json", true)]
    [InlineData("settings.json", "a/b/mysettings.json", false)]
    [InlineData("/settings.json", "settings.json", true)]
    [InlineData("/settings.json", "a/settings.json", false)]
    [InlineData("./settings.json", "a/settings.json", false)]
    [InlineData("**/.nofx/settings*.json", ".nofx/settings.json", true)]
    [InlineData("**/.nofx/settings*.json", "a/.nofx/settings.local.json", true)]
    [InlineData("**/.nofx/settings*.json", "a/.nofx/b/settings.json", false)]
    [InlineData("**/.nofx/settings*.json", "x.nofx/settings.json", false)]
    [InlineData("services/*.json", "services/a.json", true)]
    [InlineData("services/*.json", "deep/services/a.json", true)]
    [InlineData("services/*.json", "services/deep/a.json", false)]
    [InlineData("a/**/b.json", "a/b.json", true)]
    [InlineData("a/**/b.json", "a/x/y/b.json", true)]
    [InlineData("a/**/b.json", "a/xb.json", false)]
    [InlineData("/a/**", "a/x/y.json", true)]
    [InlineData("/a/**", "b/a/x.json", false)]
    [InlineData("**", "any/thing", true)]
    [InlineData("*", "any/thing", true)]
    [InlineData("/*", "any/thing", false)]
    [InlineData("?.json", "ab.json", false)]
    [InlineData("?.json", "b.json", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("{a,b,c*}.json", "b.json", true)]
    [InlineData("{a,b,c*}.json", "cd.json", true)]
    [InlineData("{a,b,c*}.json", "d.json", false)]
    [InlineData("{a,{b,c}d}.json", "cd.json", true)]
    [InlineData("{a,{b,c}d}.json", "c.json", false)]
    [InlineData("{,a}.json", ".json", true)]
    [InlineData("{src,test}/**/*.json", "x/test/y/z.json", true)]
    [InlineData("{**/x,y}/z", "a/x/z", true)]
    [InlineData("{open", "{open", true)]
    [InlineData("close}", "close}", true)]
    [InlineData("[a-c].json", "b.json", true)]
    [InlineData("[a-c].json", "d.json", false)]
    [InlineData("[!a-c].json", "d.json", true)]
    [InlineData("[!a-c].json", "a.json", false)]
    [InlineData("a[!x]b", "a/b", false)]
    [InlineData("[]].json", "].json", true)]
    [InlineData("[open", "[open", true)]
    [InlineData("a**b", "axxb", true)]
    [InlineData("a**b", "ax/xb", false)]
    [InlineData("Settings.json", "settings.json", false)]
    [InlineData("ü*.json", "über.json", true)]
    public void Patterns_match_paths_as_in_vs_code(string pattern, string path, bool expected)
    {
        Assert.True(Glob.TryParse(pattern, out var glob));
        Assert.Equal(expected, glob.IsMatch(path));
    }

    [Theory]
    [InlineData("SETTINGS.json", "Settings.JSON")]
    [InlineData("[a-c]x", "BX")]
    public void Case_does_not_count_where_the_platform_ignores_it(string pattern, string path)
    {
        Assert.True(Glob.TryParse(pattern, out var glob, ignoreCase: true));
        Assert.True(glob.IsMatch(path));
    }

    [Fact]
    public void Empty_and_endless_patterns_are_refused()
    {
        Assert.False(Glob.TryParse("", out _));
        Assert.False(Glob.TryParse("/", out _));
        Assert.False(Glob.TryParse(new string('a', Glob.MaxLength + 1), out _));
    }

    [Fact]
    public void Patterns_that_make_others_backtrack_are_decided()
    {
        // Each of these would take longer than the universe has existed, if the possibilities were tried one after the other.
        var text = new string('a', 4000);
        foreach (var pattern in new[]
                 {
                     string.Concat(Enumerable.Repeat("a*", 200)) + "b",
                     string.Concat(Enumerable.Repeat("{a,aa}", 200)) + "b",
                     string.Concat(Enumerable.Repeat("**/", 200)) + "b",
                     string.Concat(Enumerable.Repeat("{a*,*a,{a,*}}", 100)) + "[b]",
                 })
        {
            Assert.True(Glob.TryParse(pattern, out var glob));
            Assert.False(glob.IsMatch(text));
        }

        Assert.True(Glob.TryParse(string.Concat(Enumerable.Repeat("a*", 200)) + "[ab]", out var matching));
        Assert.True(matching.IsMatch(text));
    }

    [Fact]
    public void Deeply_nested_braces_are_read_without_recursion()
    {
        Assert.True(Glob.TryParse(new string('{', 2000) + "a" + new string('}', 2000), out var glob));
        Assert.True(glob.IsMatch("x/a"));
        Assert.False(glob.IsMatch("x/b"));
    }

    [Fact]
    public void The_last_pattern_that_matches_decides()
    {
        var set = GlobSet.Create(["*.json", "!generated/**", "generated/kept.json"]);
        Assert.True(set.IsMatch("a.json"));
        Assert.False(set.IsMatch("generated/a.json"));
        Assert.True(set.IsMatch("generated/kept.json"));
        Assert.False(GlobSet.Create(["!a.json"]).IsMatch("b.json"));
    }

    [Fact]
    public void Anchored_patterns_need_a_workspace_unless_an_extension_gives_them()
    {
        Assert.False(GlobSet.Create(["/package.json"]).IsMatch("home/me/package.json", isInWorkspace: false));
        Assert.True(GlobSet.Create(["/package.json"], anchorsMatchAnywhere: true).IsMatch("home/me/package.json", isInWorkspace: false));
    }

    [Fact]
    public void Patterns_with_a_scheme_match_whole_uris()
    {
        var set = GlobSet.Create(["vscode://schemas/*", "ssh://**/x.json"]);
        Assert.True(set.IsMatch("schemas/settings", uri: "vscode://schemas/settings"));
        Assert.True(set.IsMatch("a/x.json", uri: "ssh://host/a/x.json"));
        Assert.False(set.IsMatch("a/x.json", uri: "file:///a/x.json"));
    }

    [Fact]
    public void Ten_thousand_patterns_are_one_set()
    {
        var set = GlobSet.Create(Enumerable.Range(0, 10_000).Select(i => $"**/folder{i}/*{i}.json"));
        Assert.Equal(10_000, set.Patterns.Length);
        Assert.Equal("**/folder77/*77.json", set.Match("x/folder77/a77.json")?.Pattern);
        Assert.False(set.IsMatch("x/folder77/a78.json"));
    }
}
