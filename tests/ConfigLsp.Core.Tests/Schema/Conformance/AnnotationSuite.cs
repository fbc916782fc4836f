using System.Globalization;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>Runs the suite's annotation tests of one dialect: which annotation stands at which value, and which schema gave it.</summary>
internal static class AnnotationSuite
{
    /// <summary>Every assertion that is meant for the dialect.</summary>
    /// <param name="draft">The draft's folder in the suite.</param>
    /// <param name="release">The number that stands for the draft in <c>compatibility</c>.</param>
    public static IEnumerable<ConformanceResult> Run(string draft, int release)
    {
        var root = Path.Combine(SuiteFactAttribute.Root, "annotations", "tests");
        foreach (var path in Directory.EnumerateFiles(root, "*.json").Order(StringComparer.Ordinal))
        {
            var file = "annotations/" + Path.GetFileName(path);
            var number = 0;
            foreach (var group in ConformanceSuite.Member(ConformanceSuite.Parse(File.ReadAllBytes(path)).Root, "suite").Children.ToArray())
            {
                number++;
                if (group.TryGetProperty("compatibility"u8, out var compatibility) && !IsMeantFor(compatibility.GetString(), release))
                {
                    continue;
                }

                var uri = string.Create(CultureInfo.InvariantCulture, $"https://suite.invalid/{draft}/{file}/{number}");
                foreach (var result in RunGroup(group, draft, file, uri))
                {
                    yield return result;
                }
            }
        }
    }

    /// <summary>Reads <c>compatibility</c>: a release and later ones, <c>&lt;=</c> a release, <c>=</c> a release, several with commas between.</summary>
    internal static bool IsMeantFor(string compatibility, int release) => compatibility.Split(',').All(part =>
    {
        var text = part.Trim();
        return text.StartsWith("<=", StringComparison.Ordinal) ? release <= Number(text[2..])
            : text.StartsWith('=') ? release == Number(text[1..])
            : release >= Number(text);
    });

    private static IEnumerable<ConformanceResult> RunGroup(SyntaxNode group, string draft, string file, string uri)
    {
        var registry = new SchemaRegistry();
        if (group.TryGetProperty("externalSchemas"u8, out var external))
        {
            foreach (var schema in external.Children)
            {
                registry.Add(schema.GetString(), ConformanceSuite.Parse(ConformanceSuite.WithDialect(schema.Value, draft)));
            }
        }

        var compilation = registry.Compile(uri, ConformanceSuite.Parse(ConformanceSuite.WithDialect(ConformanceSuite.Member(group, "schema"), draft)));
        var description = ConformanceSuite.Member(group, "description").GetString();
        foreach (var test in ConformanceSuite.Member(group, "tests").Children.ToArray())
        {
            var instance = ConformanceSuite.Parse(ConformanceSuite.Slice(ConformanceSuite.Member(test, "instance")));
            var options = new EvaluationOptions { Formats = FormatAssertion.Dialect };
            var output = SchemaEvaluator.CollectOutput(instance, compilation.Schema, options);
            foreach (var assertion in ConformanceSuite.Member(test, "assertions").Children.ToArray())
            {
                var location = ConformanceSuite.Member(assertion, "location").GetString();
                var keyword = ConformanceSuite.Member(assertion, "keyword").GetString();
                var expected = ConformanceSuite.Member(assertion, "expected");
                var found = output.Units.Where(u => u.Annotation is not null && u.InstanceLocation == location && u.Keyword == keyword).ToArray();
                var name = $"{file}: {description}: {instance.Text.ToString(instance.Root.Span)}: {keyword} at '{location}'";
                yield return new ConformanceResult(file, name, Holds(expected, found), output.IsValid, compilation.IsComplete && output.IsComplete);
            }
        }
    }

    private static bool Holds(SyntaxNode expected, Core.Schema.Output.OutputUnit[] found) =>
        expected.ChildCount == found.Length && Array.TrueForAll(found, unit =>
            expected.TryGetProperty(System.Text.Encoding.UTF8.GetBytes("#" + UriReference.EscapeFragment(unit.Schema.Origin.Pointer)), out var value)
                && SyntaxEquality.Instance.Equals(value, SchemaTestCase.Parse(unit.Annotation!).Root));

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
