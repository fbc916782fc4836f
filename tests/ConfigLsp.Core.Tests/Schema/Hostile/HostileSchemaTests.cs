using System.Globalization;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using static ConfigLsp.Core.Tests.Schema.SchemaTestCase;

namespace ConfigLsp.Core.Tests.Schema.Hostile;

/// <summary>
/// Hostile schemas and documents end with an answer. Where a bound is hit a finding or a problem says so, and what was not checked is no error.
/// How much is done is measured in steps, never in time.
/// </summary>
public sealed class HostileSchemaTests
{
    private static readonly DiagnosticDescriptor[] Limits =
        [DiagnosticCatalog.NestedTooDeeply, DiagnosticCatalog.ValidationIncomplete, DiagnosticCatalog.PatternTooSlow];

    public static TheoryData<string> Names => [.. HostileCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_schemas_and_documents_end_with_an_answer(string name)
    {
        var hostile = HostileCases.All[name]();
        var schema = Compile(hostile.Schema);
        var result = SchemaEvaluator.Evaluate(Parse(hostile.Document), schema, EvaluationOptions.Default);
        Assert.Equal(hostile.IsValid, result.IsValid);
        Assert.Equal(!hostile.IsValid, result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.InRange(result.Diagnostics.Length, 0, EvaluationOptions.Default.MaxProblems);
        Assert.InRange(result.Diagnostics.Sum(static d => (long)d.Message.Length), 0, 8_000_000);

        var said = result.Diagnostics.Select(static d => d.Descriptor).Concat(schema.Problems.Select(static p => p.Descriptor)).ToHashSet();
        if (hostile.Says is null)
        {
            Assert.DoesNotContain(said, static d => Limits.Contains(d));
        }
        else
        {
            Assert.Contains(hostile.Says, said);
        }
    }

    [Fact]
    public void A_thread_with_a_small_stack_gets_the_answer_too()
    {
        Exception? failure = null;
        foreach (var name in HostileCases.All.Keys.Where(static n => n.Contains("deep", StringComparison.Ordinal) || n.Contains("itself", StringComparison.Ordinal)))
        {
            var thread = new Thread(
                () =>
                {
                    failure ??= Record.Exception(() => Hostile_schemas_and_documents_end_with_an_answer(name));
                },
                maxStackSize: 512 * 1024);
            thread.Start();
            thread.Join();
        }

        Assert.Null(failure);
    }

    [Theory]
    [InlineData("allOf", "")]
    [InlineData("anyOf", "")]
    [InlineData("oneOf", "")]
    [InlineData("anyOf", "\"unevaluatedProperties\":{\"type\":\"integer\"},")]
    public void Steps_grow_with_the_schema_and_not_with_the_ways_through_it(string keyword, string extra)
    {
        var (small, large) = (Steps(10), Steps(20));
        Assert.InRange(large, small, small * 5);

        long Steps(int times)
        {
            var definitions = string.Join(',', Enumerable.Range(0, times).Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $$"""  "d{{i}}":{"{{keyword}}":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}]}""")));
            var schema = Compile($$"""{"$schema":"https://json-schema.org/draft/2020-12/schema",{{extra}}"$ref":"#/$defs/d0","$defs":{{{definitions}},"d{{times}}":{"type":"object","minProperties":9 } } }""");
            return StepsOf(schema, """{"a": 1}""");
        }
    }

    [Theory]
    [InlineData("""{"$ref":"#/$defs/n","$defs":{"n":{"anyOf":[{"items":{"$ref":"#/$defs/n"}},{"items":{"$ref":"#/$defs/n"},"minItems":2}],"type":"array"}}}""")]
    [InlineData("""{"items":{"$ref":"#"},"contains":{"$ref":"#"},"type":"array"}""")]
    [InlineData("""{"$dynamicAnchor":"n","anyOf":[{"items":{"$dynamicRef":"#n"}},{"items":{"$dynamicRef":"#n"},"minItems":2}],"type":"array"}""")]
    [InlineData("""{"oneOf":[{"items":{"$ref":"#"},"maxItems":1},{"items":{"$ref":"#"},"minItems":2}],"unevaluatedItems":false,"type":"array"}""")]
    public void Steps_grow_with_the_depth_of_a_document_and_not_exponentially(string schema)
    {
        var compiled = Compile($"{{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",{schema[1..]}");
        var (small, large) = (Steps(20), Steps(40));
        Assert.InRange(large, small, small * 5);

        long Steps(int depth) => StepsOf(compiled, new string('[', depth) + "1" + new string(']', depth));
    }

    private static long StepsOf(JsonSchema schema, string document)
    {
        var tree = Parse(document);
        var evaluation = new Evaluation(tree, schema, EvaluationOptions.Default, CancellationToken.None);
        evaluation.IsValid(schema.Root, tree.Root);
        return evaluation.Steps;
    }
}
