using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema;

/// <summary>Short forms for schema tests.</summary>
internal static class SchemaTestCase
{
    public const string SchemaUri = "https://example.com/schema.json";

    public static SyntaxTree Parse(string json) => JsonParser.Parse(SourceText.From(json));

    /// <summary>Compiles a draft-07 schema, unless it says otherwise.</summary>
    public static JsonSchema Compile(string json) => new SchemaRegistry().Compile(SchemaUri, Parse(WithDraft07(json))).Schema;

    /// <summary>The schema with a dialect, if it names none.</summary>
    public static string WithDraft07(string json) => json.Contains("\"$schema\"", StringComparison.Ordinal) || !json.StartsWith('{')
        ? json
        : string.Concat("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"", json.Length > 2 ? "," : string.Empty, json.AsSpan(1));

    public static EvaluationResult Evaluate(string schema, string instance) =>
        SchemaEvaluator.Evaluate(Parse(instance), Compile(schema), EvaluationOptions.Default);
}
