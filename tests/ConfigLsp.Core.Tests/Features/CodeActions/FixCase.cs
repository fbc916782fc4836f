using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.CodeActions;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Features.CodeActions;

/// <summary>
/// A document and what a code action makes of it, from <c>fixes/TOPIC.fixes</c>. Headers stand in front of the document: <c>rule</c> names the rule
/// whose finding is mended (the first one, or the one at <c>$$</c>), <c>do</c> the action's title, or <c>fix all</c>; <c>offers</c> may list the titles
/// of all actions, a star before a preferred one, <c>dialect</c> may be <c>json</c>, <c>schema</c> is a schema on one line.
/// </summary>
internal sealed record FixCase(string Title, Dictionary<string, string> Headers, string Before, string After)
{
    public const string FixAll = "fix all";

    private static readonly string[] Folder = ["tests", "ConfigLsp.Core.Tests", "Features", "CodeActions", "fixes"];

    public static IReadOnlyDictionary<string, FixCase> All { get; } = ReadAll();

    public string Rule => Headers.GetValueOrDefault("rule", string.Empty);

    public string Do => Headers["do"];

    public string? Offers => Headers.GetValueOrDefault("offers");

    public MarkedText Marked => MarkedText.Parse(Before);

    public DocumentSnapshot Snapshot(string text) => Documents.Create(
        text, Headers.GetValueOrDefault("schema"), Headers.GetValueOrDefault("dialect") == "json" ? SyntaxDialect.Json : SyntaxDialect.JsonWithComments);

    public static DiagnosticSet Validate(DocumentSnapshot snapshot) =>
        DocumentValidation.Validate(snapshot, ValidationOptions.Default with { HonorsSuppressions = true }, default);

    /// <summary>The actions that are offered for the case's finding.</summary>
    public IReadOnlyList<CodeAction> Find(DocumentSnapshot snapshot)
    {
        var caret = Marked.Caret;
        var found = Validate(snapshot).Diagnostics;
        var finding = found.FirstOrDefault(d => d.Descriptor.Id == Rule && (caret < 0 || d.Span.Touches(caret)));
        Assert.True(finding is not null, $"No {Rule} among {string.Join(", ", found.Select(static d => $"{d.Descriptor.Id} {d.Span}"))}");
        return [.. CodeActionFeature.QuickFixesAt(snapshot, found, finding.Span, default).Where(a => a.Diagnostic == finding && a.Diagnostic.Descriptor.Id == Rule)];
    }

    public int CountOf(DocumentSnapshot snapshot, DiagnosticDescriptor? rule = null) =>
        Validate(snapshot).Diagnostics.Count(d => rule is null ? d.Descriptor.Id == Rule : d.Descriptor == rule);

    private static Dictionary<string, FixCase> ReadAll()
    {
        var cases = new Dictionary<string, FixCase>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf(Folder), "*.fixes").Order(StringComparer.Ordinal))
        {
            foreach (var block in ("\n" + File.ReadAllText(file).ReplaceLineEndings("\n")).Split("\n=== ").Skip(1))
            {
                var read = Read(block);
                cases.Add($"{Path.GetFileNameWithoutExtension(file)}: {read.Title}", read);
            }
        }

        return cases;
    }

    private static FixCase Read(string block)
    {
        var parts = block.TrimEnd('\n').Split("\n---\n");
        var lines = parts[0].Split('\n');
        var headers = lines[1..].Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        var end = headers.GetValueOrDefault("lines") == "crlf" ? "\r\n" : "\n";
        return new FixCase(lines[0], headers, parts[1].Replace("\n", end, StringComparison.Ordinal), parts[2].Replace("\n", end, StringComparison.Ordinal));
    }
}
