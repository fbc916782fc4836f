using ConfigLsp.Core.Schema;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>
/// Runs the suite's output tests of one draft. Each gives a schema that the output in the basic format must fit; so the engine also checks its own
/// words. The folder <c>v1</c> is left out: its format <c>list</c> and its dialect <c>https://json-schema.org/v1</c> belong to a release that is
/// none of the five drafts, and groups units by schema with <c>evaluationPath</c> and <c>droppedAnnotations</c>, which these do not define.
/// </summary>
internal static class OutputSuite
{
    public static IEnumerable<ConformanceResult> Run(string draft, string release)
    {
        var root = Path.Combine(SuiteFactAttribute.Root, "output-tests", draft);
        var outputSchema = ConformanceSuite.Parse(File.ReadAllBytes(Path.Combine(root, "output-schema.json")));
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "content"), "*.json").Order(StringComparer.Ordinal))
        {
            var file = "output-tests/" + Path.GetFileName(path);
            foreach (var group in ConformanceSuite.Parse(File.ReadAllBytes(path)).Root.Children.ToArray())
            {
                var schema = ConformanceSuite.Parse(ConformanceSuite.Slice(ConformanceSuite.Member(group, "schema")));
                var id = ConformanceSuite.Member(schema.Root, "$id").GetString();
                var compilation = new SchemaRegistry().Compile(id, schema);
                foreach (var test in ConformanceSuite.Member(group, "tests").Children.ToArray())
                {
                    var instance = ConformanceSuite.Parse(ConformanceSuite.Slice(ConformanceSuite.Member(test, "data")));
                    var output = SchemaEvaluator.CollectOutput(instance, compilation.Schema, new EvaluationOptions { Formats = FormatAssertion.Dialect });
                    var basic = SchemaTestCase.Parse(BasicOutput.Write(output));

                    var expected = ConformanceSuite.Parse(ConformanceSuite.Slice(ConformanceSuite.Member(ConformanceSuite.Member(test, "output"), "basic")));
                    var registry = new SchemaRegistry();
                    registry.Add($"https://json-schema.org/draft/{release}/output/schema", outputSchema);
                    var check = registry.Compile($"https://suite.invalid/{draft}/{file}", expected);
                    var result = SchemaEvaluator.Evaluate(basic, check.Schema, EvaluationOptions.Default);
                    var name = $"{file}: {ConformanceSuite.Member(group, "description").GetString()}: {ConformanceSuite.Member(test, "description").GetString()}";
                    yield return new ConformanceResult(file, name, result.IsValid, result.IsValid == result.Diagnostics.IsEmpty, check.IsComplete && compilation.IsComplete);
                }
            }
        }
    }
}
