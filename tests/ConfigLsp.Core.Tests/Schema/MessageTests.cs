using System.Globalization;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;
using ConfigLsp.Testing;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>
/// Wrong documents and what is said about them. A case is <c>messages/NAME.json</c> with <c>NAME.schema.json</c> and the expected
/// <c>NAME.diagnostics.txt</c>, which <c>UPDATE_BASELINES=1</c> writes anew.
/// </summary>
public sealed class MessageTests
{
    private static readonly string Folder = Repository.PathOf("tests", "ConfigLsp.Core.Tests", "Schema", "messages");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.schema.json").Select(static p => Path.GetFileName(p)[..^".schema.json".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Wrong_documents_are_explained(string name)
    {
        var text = SourceText.FromUtf8(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        var schemaText = SourceText.FromUtf8(File.ReadAllBytes(Path.Combine(Folder, name + ".schema.json")));
        var compilation = new SchemaRegistry().Compile("https://example.com/" + name + ".schema.json", JsonParser.Parse(schemaText));
        var result = SchemaEvaluator.Evaluate(JsonParser.Parse(text), compilation.Schema, EvaluationOptions.Default);

        var actual = new StringBuilder();
        foreach (var problem in compilation.Schema.Problems)
        {
            actual.Append(CultureInfo.InvariantCulture, $"schema {Place(schemaText, problem.Span)} {problem.Descriptor.Id}\n  {problem.Message}\n");
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            Show(actual, text, diagnostic);
        }

        Assert.Equal(result.IsValid, !result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error));
        var path = Path.Combine(Folder, name + ".diagnostics.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(path, actual.ToString());
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : string.Empty, actual.ToString());
    }

    private static void Show(StringBuilder actual, SourceText text, Diagnostic diagnostic)
    {
        var data = diagnostic.Data!;
        actual.Append(CultureInfo.InvariantCulture, $"{Place(text, diagnostic.Span)} {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Descriptor.Id}\n");
        actual.Append(CultureInfo.InvariantCulture, $"  {diagnostic.Message}\n");
        actual.Append(CultureInfo.InvariantCulture, $"  at '{data.Path}' by '{data.SchemaPointer}'\n");
        if (!data.Suggestions.IsEmpty)
        {
            actual.Append(CultureInfo.InvariantCulture, $"  suggests {string.Join(", ", data.Suggestions)}\n");
        }

        foreach (var related in diagnostic.Related.Where(static r => r.Uri is null))
        {
            actual.Append(CultureInfo.InvariantCulture, $"  see {Place(text, related.Span)} {related.Message}\n");
        }
    }

    private static string Place(SourceText text, TextSpan span)
    {
        var start = text.Lines.GetPosition(span.Start, PositionEncoding.Utf16);
        var end = text.Lines.GetPosition(span.End, PositionEncoding.Utf16);
        return string.Create(CultureInfo.InvariantCulture, $"{start.Line + 1}:{start.Character + 1}-{end.Line + 1}:{end.Character + 1}");
    }
}
