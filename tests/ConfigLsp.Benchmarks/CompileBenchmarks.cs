using BenchmarkDotNet.Attributes;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>Compiling large published schemas, and checking them against the meta-schema that they name, as an editor does with an open schema.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private SyntaxTree _schema = JsonParser.Parse(SourceText.Empty);
    private JsonSchema _metaSchema = JsonSchema.Anything;

    [Params(PublishedSchemas.Spelling, PublishedSchemas.AsyncApi)]
    public string Schema { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        _schema = PublishedSchemas.Read(Schema);
        _metaSchema = new SchemaRegistry().Compile("http://json-schema.org/draft-07/schema").Schema;
    }

    [Benchmark(Baseline = true)]
    public int Parse() => JsonParser.Parse(_schema.Text).NodeCount;

    [Benchmark]
    public bool Compile() => new SchemaRegistry().Compile("https://example.com/schema.json", _schema).Schema.Problems.IsEmpty;

    [Benchmark]
    public bool AgainstMetaSchema() => SchemaEvaluator.Evaluate(_schema, _metaSchema, EvaluationOptions.Default).IsValid;
}
