using System.Text.RegularExpressions;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Architecture;

/// <summary>Holds the directions drawn in server/ARCHITECTURE.md.</summary>
public sealed partial class DependencyDirectionTests
{
    [Theory]
    [InlineData("Text", new string[0])]
    [InlineData("Diagnostics", new[] { "Text" })]
    [InlineData("Syntax", new[] { "Text", "Diagnostics" })]
    [InlineData("Editing", new[] { "Text", "Diagnostics", "Syntax" })]
    [InlineData("Schema", new[] { "Text", "Diagnostics", "Syntax" })]
    [InlineData("Features", new[] { "Text", "Diagnostics", "Syntax", "Schema", "Editing" })]
    public void A_part_of_core_sees_only_the_parts_below_it(string part, string[] below)
    {
        var allowed = below.Append(part).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Sources("ConfigLsp.Core", part))
        {
            foreach (Match use in CorePart().Matches(File.ReadAllText(file)))
            {
                Assert.True(allowed.Contains(use.Groups[1].Value), $"{Path.GetRelativePath(Repository.Root, file)} uses {use.Value}");
            }
        }
    }

    [Theory]
    [InlineData("Schema")]
    [InlineData("Features")]
    public void Only_the_shared_nodes_are_known_above_the_languages(string part)
    {
        foreach (var file in Sources("ConfigLsp.Core", part))
        {
            // The embedded meta-schemas are JSON, and so is what contentMediaType "application/json" announces.
            Assert.True(
                !File.ReadAllText(file).Contains("ConfigLsp.Core.Syntax.Json", StringComparison.Ordinal) || Path.GetFileName(file) is "MetaSchemas.cs" or "ContentKeyword.cs",
                $"{Path.GetRelativePath(Repository.Root, file)} uses a language of its own");
        }
    }

    [Theory]
    [InlineData("ConfigLsp.Core", new[] { "ConfigLsp.Configuration", "ConfigLsp.Server" })]
    [InlineData("ConfigLsp.Configuration", new[] { "ConfigLsp.Server" })]
    public void A_project_sees_only_the_projects_below_it(string project, string[] above)
    {
        foreach (var file in Sources(project))
        {
            var text = File.ReadAllText(file);
            Assert.All(above, name => Assert.False(text.Contains("using " + name, StringComparison.Ordinal), $"{file} uses {name}"));
        }
    }

    [Fact]
    public void No_source_file_is_longer_than_five_hundred_lines()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("server"), "*.cs", SearchOption.AllDirectories).Where(IsSource);
        Assert.All(files, file => Assert.True(File.ReadLines(file).Count() <= 500, $"{file} is too long; split it where a reader would look for the parts"));
    }

    private static string[] Sources(params string[] folder) =>
        [.. Directory.EnumerateFiles(Repository.PathOf(["server", .. folder]), "*.cs", SearchOption.AllDirectories).Where(IsSource)];

    private static bool IsSource(string file) => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(@"ConfigLsp\.Core\.(Text|Diagnostics|Syntax|Schema|Editing|Features)\b")]
    private static partial Regex CorePart();
}
