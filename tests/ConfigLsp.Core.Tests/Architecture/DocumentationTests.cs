using System.Text.RegularExpressions;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Architecture;

/// <summary>Holds what is true of every page that people read.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void No_page_holds_a_placeholder_that_was_to_be_filled_in()
    {
        string[] pages = [Repository.PathOf("README.md"), .. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)];
        Assert.NotEmpty(pages);
        Assert.Empty(pages.SelectMany(page => Placeholder().Matches(File.ReadAllText(page)).Select(match => $"{Path.GetRelativePath(Repository.Root, page)}: {match.Value}")));
    }

    [GeneratedRegex("@@[A-Z][A-Z0-9_-]*@@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
