using BenchmarkDotNet.Attributes;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>Throughput of the schema evaluator on a parsed document, valid and with a wrong value in every entry.</summary>
[MemoryDiagnoser]
public class EvaluateBenchmarks
{
    private const string Entry = """
        {"type": "object", "required": ["enabled", "endpoint"], "additionalProperties": false, "properties": {
         "enabled": {"type": "boolean"}, "endpoint": {"type": "string", "minLength": 1}, "timeoutMs": {"$ref": "#/definitions/timeout"},
         "weight": {"type": "WEIGHT", "minimum": 0}, "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
         "retry": {"type": "object", "properties": {"attempts": {"type": "integer"}, "factor": {"type": "number"}, "note": {"type": "string"}}},
         "owner": {"type": ["string", "null"]}}}
        """;

    private SyntaxTree _document = JsonParser.Parse(SourceText.Empty);
    private JsonSchema _fitting = JsonSchema.Anything;
    private JsonSchema _failing = JsonSchema.Anything;

    [Params(10_000, 1_000_000, 10_000_000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _document = JsonParser.Parse(SourceText.FromUtf8(SampleDocuments.Create(Size)));
        _fitting = Compile("number");
        _failing = Compile("integer");
    }

    [Benchmark(Baseline = true)]
    public bool Valid() => SchemaEvaluator.Evaluate(_document, _fitting, EvaluationOptions.Default).IsValid;

    [Benchmark]
    public int Invalid() => SchemaEvaluator.Evaluate(_document, _failing, EvaluationOptions.Default).Diagnostics.Length;

    [Benchmark]
    public bool Compilation() => Compile("number").Problems.IsEmpty;

    private static JsonSchema Compile(string weight)
    {
        var schema = """{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"timeout": {"type": "integer", "minimum": 0}}, "properties": {"services": {"additionalProperties": ENTRY}}}"""
            .Replace("ENTRY", Entry.Replace("WEIGHT", weight, StringComparison.Ordinal), StringComparison.Ordinal);
        return new SchemaRegistry().Compile("https://example.com/services.schema.json", JsonParser.Parse(SourceText.From(schema))).Schema;
    }
}
