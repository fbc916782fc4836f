using System.Text;
using System.Text.Json.Nodes;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>A document and its schema from <c>messages/TOPIC.cases</c>.</summary>
/// <param name="Title">What the case shows.</param>
/// <param name="Dialect">The short name of the draft: <c>draft-07</c>, <c>2020-12</c>.</param>
/// <param name="Formats">When formats are checked.</param>
/// <param name="Schema">The schema, without <c>$schema</c>.</param>
/// <param name="Document">The document.</param>
internal sealed record MessageCase(string Title, string Dialect, FormatAssertion Formats, string Schema, string Document)
{
    public const string SchemaUri = "https://example.com/schema.json";

    private static readonly (string Name, DraftVersion Draft, string Uri)[] Dialects =
    [
        ("draft-04", DraftVersion.Draft04, "http://json-schema.org/draft-04/schema#"),
        ("draft-06", DraftVersion.Draft06, "http://json-schema.org/draft-06/schema#"),
        ("draft-07", DraftVersion.Draft07, "http://json-schema.org/draft-07/schema#"),
        ("2019-09", DraftVersion.Draft201909, "https://json-schema.org/draft/2019-09/schema"),
        ("2020-12", DraftVersion.Draft202012, "https://json-schema.org/draft/2020-12/schema"),
    ];

    public static IEnumerable<(string Name, DraftVersion Draft)> Drafts => Dialects.Select(static d => (d.Name, d.Draft));

    public SourceText DocumentText => SourceText.From(Document);

    /// <summary>The schema with <c>$schema</c>.</summary>
    public string SchemaText
    {
        get
        {
            var uri = Dialects.Single(d => d.Name == Dialect).Uri;
            return Schema.StartsWith('{') ? $"{{\"$schema\": \"{uri}\"{(Schema.TrimEnd() == "{}" ? string.Empty : ", ")}{Schema.AsSpan(1)}" : Schema;
        }
    }

    public (JsonSchema Schema, EvaluationResult Result) Evaluate()
    {
        var compiled = new SchemaRegistry().Compile(SchemaUri, JsonParser.Parse(SourceText.From(SchemaText))).Schema;
        return (compiled, SchemaEvaluator.Evaluate(JsonParser.Parse(DocumentText), compiled, EvaluationOptions.Default with { Formats = Formats }));
    }

    /// <summary>The same case with a schema in which a keyword does not occur.</summary>
    public MessageCase Without(string keyword)
    {
        var schema = JsonNode.Parse(Schema);
        Remove(schema, keyword);
        return this with { Schema = schema!.ToJsonString() };
    }

    /// <summary>What is expected, as the case's file has it.</summary>
    public string RenderFindings()
    {
        var (schema, result) = Evaluate();
        Xunit.Assert.Equal(result.IsValid, !result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error));
        var text = new StringBuilder();
        foreach (var problem in schema.Problems)
        {
            text.Append($"schema {problem.Descriptor.Id} at {Marked(problem.Origin.Text, problem.Span)}\n  {problem.Message}\n");
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            Render(text, diagnostic);
        }

        return text.ToString();
    }

    private void Render(StringBuilder text, Diagnostic diagnostic)
    {
        var source = DocumentText;
        var place = source.Lines.GetPosition(diagnostic.Span.Start, PositionEncoding.Utf16);
        text.Append($"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Descriptor.Id} at {place.Line + 1}:{place.Character + 1} {Marked(source, diagnostic.Span)}\n");
        text.Append($"  {diagnostic.Message}\n");
        if (diagnostic.Data is { } data)
        {
            text.Append($"  path '{data.Path}' schema '{data.SchemaPointer}'\n");
            if (!data.Suggestions.IsEmpty)
            {
                text.Append($"  suggests {string.Join(" | ", data.Suggestions)}\n");
            }
        }

        foreach (var related in diagnostic.Related)
        {
            text.Append(related.Uri is null
                ? $"  see {Marked(source, related.Span)}: {related.Message}\n"
                : $"  see in the schema {Marked(related.Text!, related.Span)}: {related.Message}\n");
        }
    }

    private static string Marked(SourceText text, TextSpan span)
    {
        var marked = text.ToString(span).ReplaceLineEndings("⏎");
        var runes = marked.EnumerateRunes().ToArray();
        return runes.Length <= 80 ? $"⟦{marked}⟧" : $"⟦{string.Concat(runes.Take(60))}…{string.Concat(runes.TakeLast(10))}⟧";
    }

    private static void Remove(JsonNode? node, string keyword)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Remove(item, keyword);
            }
        }
        else if (node is JsonObject members)
        {
            members.Remove(keyword);
            foreach (var (_, value) in members)
            {
                Remove(value, keyword);
            }
        }
    }
}
