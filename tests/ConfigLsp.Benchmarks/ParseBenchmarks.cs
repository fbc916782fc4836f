using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Benchmarks;

/// <summary>Throughput of the parser beside System.Text.Json's document model, which keeps neither comments nor broken text.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private byte[] _bytes = [];

    [Params(10_000, 1_000_000, 10_000_000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup() => _bytes = SampleDocuments.Create(Size);

    [Benchmark(Baseline = true)]
    public int SystemTextJson()
    {
        using var document = JsonDocument.Parse(_bytes, Lenient);
        return (int)document.RootElement.ValueKind;
    }

    [Benchmark]
    public int ConfigLsp() => JsonParser.Parse(SourceText.FromUtf8(_bytes)).NodeCount;

    [Benchmark]
    public int ConfigLspWithSyntaxRules() =>
        SyntaxRules.Check(JsonParser.Parse(SourceText.FromUtf8(_bytes)), SyntaxDialect.JsonWithComments, 1000, CancellationToken.None).Length;
}
