using BenchmarkDotNet.Attributes;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>Evaluating documents by a large published schema, right ones and ones with a mistake in every entry.</summary>
[MemoryDiagnoser]
public class PublishedSchemaBenchmarks
{
    private SyntaxTree _valid = JsonParser.Parse(SourceText.Empty);
    private SyntaxTree _invalid = JsonParser.Parse(SourceText.Empty);
    private JsonSchema _schema = JsonSchema.Anything;

    [Params(10_000, 1_000_000, 10_000_000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _valid = PublishedSchemas.CreateSpelling(Size, isValid: true);
        _invalid = PublishedSchemas.CreateSpelling(Size, isValid: false);
        _schema = new SchemaRegistry().Compile("https://example.com/spelling.schema.json", PublishedSchemas.Read(PublishedSchemas.Spelling)).Schema;
        if (!Valid() || Invalid() == 0)
        {
            throw new InvalidOperationException("The documents are not what they are meant to be.");
        }
    }

    [Benchmark(Baseline = true)]
    public int Parse() => JsonParser.Parse(_valid.Text).NodeCount;

    [Benchmark]
    public bool Valid() => SchemaEvaluator.Evaluate(_valid, _schema, EvaluationOptions.Default).IsValid;

    [Benchmark]
    public int Invalid() => SchemaEvaluator.Evaluate(_invalid, _schema, EvaluationOptions.Default).Diagnostics.Length;
}
