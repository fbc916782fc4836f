using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Diagnostics;

/// <summary>The examples of a rule's page: blocks of code behind the words "The schema:", "Wrong:" and "Right:".</summary>
internal sealed record RuleExamples(string? Schema, string Wrong, string Right, bool HasComments, bool AreSchemas)
{
    private const string SchemaUri = "https://example.com/schema.json";

    public static RuleExamples Read(string page)
    {
        page = page.ReplaceLineEndings("\n");
        return new RuleExamples(
            Block(page, "The schema:"),
            Block(page, "Wrong:") ?? throw new InvalidDataException("The page has no wrong example."),
            Block(page, "Right:") ?? throw new InvalidDataException("The page has no right example."),
            page.Contains("```jsonc\n", StringComparison.Ordinal),
            page.Contains("\nThese are schemas.\n", StringComparison.Ordinal));
    }

    /// <summary>The rules that an example breaks.</summary>
    public IEnumerable<string> FindIn(string example)
    {
        if (AreSchemas)
        {
            return Compile(example).Problems.Select(static problem => problem.Descriptor.Id);
        }

        var dialect = HasComments ? SyntaxDialect.JsonWithComments : SyntaxDialect.Json;
        var snapshot = new DocumentSnapshot("file:///settings.json", 1, JsonParser.Parse(SourceText.From(example)), Schema is null ? null : Compile(Schema), dialect);
        return DocumentValidation.Validate(snapshot, ValidationOptions.Default with { HonorsSuppressions = true }, default).Diagnostics.Select(static d => d.Descriptor.Id);
    }

    private static JsonSchema Compile(string schema) => new SchemaRegistry().Compile(SchemaUri, JsonParser.Parse(SourceText.From(schema))).Schema;

    private static string? Block(string page, string lead)
    {
        var start = page.IndexOf($"\n{lead}\n\n```json", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start = page.IndexOf('\n', page.IndexOf("```", start, StringComparison.Ordinal)) + 1;
        return page[start..page.IndexOf("\n```\n", start, StringComparison.Ordinal)];
    }
}
