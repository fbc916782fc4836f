using System.Text.RegularExpressions;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Architecture;

/// <summary>Holds the directions between the parts of the server (see <c>server/ARCHITECTURE.md</c>).</summary>
public sealed partial class ServerArchitectureTests
{
    private static string Server => Repository.PathOf("server", "ConfigLsp.Server");

    [Theory]
    [InlineData("Rpc", "Lsp", "Headless", "Http", "Cli", "Health", "Logging")]
    [InlineData("Health", "Lsp", "Headless", "Http", "Cli", "Rpc")]
    [InlineData("Logging", "Lsp", "Headless", "Http", "Cli", "Rpc", "Health")]
    [InlineData("Lsp", "Headless", "Http", "Cli")]
    [InlineData("Headless", "Lsp", "Http", "Cli")]
    [InlineData("Cli", "Rpc")]
    public void A_part_does_not_know_those_above_it(string part, params string[] unknown)
    {
        string[] files = Directory.GetFiles(Path.Combine(Server, part), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Empty(
            from file in files
            let text = File.ReadAllText(file)
            from name in unknown
            where Regex.IsMatch(text, $@"\bConfigLsp\.Server\.{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{Path.GetRelativePath(Server, file)} mentions {name}");
    }

    [Fact]
    public void The_command_line_starts_the_language_server_and_knows_no_more_of_it()
    {
        string[] uses = [.. Directory.GetFiles(Path.Combine(Server, "Cli"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\b(ConfigLsp\.Server\.(Lsp|Logging)\b[\w.]*|Lsp(Server|Session|Client|Health|Settings|Transport)\w*)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Select(use => use.Value)
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["ConfigLsp.Server.Logging", "ConfigLsp.Server.Lsp", "LspServerOptions", "LspTransport"], uses);
    }

    [Fact]
    public void The_command_line_starts_the_service_for_programs_and_knows_no_more_of_it()
    {
        string[] uses = [.. Directory.GetFiles(Path.Combine(Server, "Cli"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\b(ConfigLsp\.Server\.Headless\b[\w.]*|Headless\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Select(use => use.Value)
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["ConfigLsp.Server.Headless", "HeadlessServerOptions", "HeadlessTransport"], uses);
    }

    [Fact]
    public void Only_one_file_knows_both_byte_spans_and_the_ranges_of_the_protocol()
    {
        IEnumerable<string> both = Directory.GetFiles(Server, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(file) && Mentions(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Server, file).Replace('\\', '/'));
        Assert.Equal(["Lsp/LspPositions.cs"], both);

        static bool Mentions(string text) => Span().IsMatch(text) && ProtocolRange().IsMatch(text);
    }

    [Fact]
    public void Positions_are_converted_by_the_line_map_only_through_that_file()
    {
        IEnumerable<string> users = Directory.GetFiles(Path.Combine(Server, "Lsp"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(".Lines.", StringComparison.Ordinal))
            .Select(Path.GetFileName)!;
        Assert.Equal(["LspPositions.cs"], users);
    }

    private static bool IsBuildOutput(string file) => Path.GetRelativePath(Server, file).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    [GeneratedRegex(@"\bTextSpan\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();

    /// <summary>The protocol's type: named by its namespace, or used where that namespace is imported.</summary>
    [GeneratedRegex(@"Protocol\.Range\b|using ConfigLsp\.Server\.Lsp\.Protocol;[\s\S]*\bRange\s+\w|namespace ConfigLsp\.Server\.Lsp\.Protocol;[\s\S]*\bRange\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProtocolRange();
}
