using ConfigLsp.Configuration.Ignoring;

namespace ConfigLsp.Configuration.Tests.Ignoring;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData("bin", "bin", true, true)]
    [InlineData("bin", "a/b/bin", false, true)]
    [InlineData("bin/", "a/bin", true, true)]
    [InlineData("bin/", "a/bin", false, null)]
    [InlineData("/bin", "bin", true, true)]
    [InlineData("/bin", "a/bin", true, null)]
    [InlineData("a/bin", "a/bin", true, true)]
    [InlineData("a/bin", "x/a/bin", true, null)]
    [InlineData("**/a/bin", "x/a/bin", true, true)]
    [InlineData("a/**", "a/x/y", false, true)]
    [InlineData("a/**", "a", true, null)]
    [InlineData("a/**/b", "a/b", false, true)]
    [InlineData("a/**/b", "a/x/y/b", false, true)]
    [InlineData("*.json", "x/a.json", false, true)]
    [InlineData("/*.json", "x/a.json", false, null)]
    [InlineData("# comment", "# comment", false, null)]
    [InlineData("\\#name", "#name", false, true)]
    [InlineData("\\!name", "!name", false, true)]
    [InlineData("name   ", "name", false, true)]
    [InlineData("name\\ ", "name ", false, true)]
    [InlineData("a\\*b", "a*b", false, true)]
    [InlineData("a\\*b", "axb", false, null)]
    [InlineData("{a,b}", "a", false, null)]
    [InlineData("{a,b}", "{a,b}", false, true)]
    [InlineData("[a-c]x", "bx", false, true)]
    [InlineData("[^a-c]x", "bx", false, null)]
    [InlineData("*.json\n!keep.json", "keep.json", false, false)]
    [InlineData("!keep.json\n*.json", "keep.json", false, true)]
    [InlineData("*.json\r\nbin\r\n", "bin", true, true)]
    [InlineData("\uFEFFbin", "bin", true, true)]
    [InlineData("", "bin", true, null)]
    [InlineData("/", "bin", true, null)]
    [InlineData("!", "bin", true, null)]
    public void Rules_mean_what_git_says(string rules, string path, bool isDirectory, bool? ignored) =>
        Assert.Equal(ignored, IgnoreRules.Parse(rules).IsIgnored(path, isDirectory));

    [Fact]
    public void Rules_of_a_deeper_folder_win()
    {
        var outer = IgnoreScope.Create(outer: null, IgnoreRules.Parse("*.json\n*.log"), string.Empty);
        var inner = IgnoreScope.Create(outer, IgnoreRules.Parse("!important.json\n/own.txt"), "deep");
        Assert.False(inner.IsIgnored("deep/important.json", isDirectory: false));
        Assert.True(inner.IsIgnored("deep/other.json", isDirectory: false));
        Assert.True(inner.IsIgnored("deep/x.log", isDirectory: false));
        Assert.True(inner.IsIgnored("deep/own.txt", isDirectory: false));
        Assert.False(inner.IsIgnored("deep/x/own.txt", isDirectory: false));
        Assert.True(outer.IsIgnored("important.json", isDirectory: false));
    }
}
