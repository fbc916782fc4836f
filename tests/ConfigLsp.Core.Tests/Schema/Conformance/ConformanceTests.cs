using System.Text;
using Xunit.Abstractions;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>
/// The official JSON Schema Test Suite. Tests that are known to fail stand in <c>expected-failures.txt</c> with their reasons; one that passes
/// although it stands there is a failure too.
/// </summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    [SuiteFact]
    public void Draft_04_conforms() => Conforms("draft4");

    [SuiteFact]
    public void Draft_06_conforms() => Conforms("draft6");

    [SuiteFact]
    public void Draft_07_conforms() => Conforms("draft7");

    [SuiteFact]
    public void Draft_2019_09_conforms() => Conforms("draft2019-09");

    [SuiteFact]
    public void Draft_2020_12_conforms() => Conforms("draft2020-12");

    [SuiteFact]
    public void Annotations_conform_in_every_dialect()
    {
        Check("draft4", AnnotationSuite.Run("draft4", 4));
        Check("draft6", AnnotationSuite.Run("draft6", 6));
        Check("draft7", AnnotationSuite.Run("draft7", 7));
        Check("draft2019-09", AnnotationSuite.Run("draft2019-09", 2019));
        Check("draft2020-12", AnnotationSuite.Run("draft2020-12", 2020));
    }

    [SuiteFact]
    public void Basic_output_conforms()
    {
        Check("draft2019-09", OutputSuite.Run("draft2019-09", "2019-09"));
        Check("draft2020-12", OutputSuite.Run("draft2020-12", "2020-12"));
    }

    [Theory]
    [InlineData("6", "6 7 2019 2020")]
    [InlineData("<=2019", "4 6 7 2019")]
    [InlineData("6,<=2019", "6 7 2019")]
    [InlineData("=2020", "2020")]
    [InlineData("9999", "")]
    public void The_suites_constraints_on_dialects_are_understood(string compatibility, string expected) =>
        Assert.Equal(expected, string.Join(' ', new[] { 4, 6, 7, 2019, 2020 }.Where(release => AnnotationSuite.IsMeantFor(compatibility, release))));

    private void Conforms(string draft)
    {
        var results = ConformanceSuite.Run(draft).ToArray();
        Check(draft, results, ExpectedFailures.Read(draft));
        output.WriteLine($"{draft} required: {Summary(results.Where(static r => !r.File.StartsWith("optional/", StringComparison.Ordinal)))}");
        output.WriteLine($"{draft} optional: {Summary(results.Where(static r => r.File.StartsWith("optional/", StringComparison.Ordinal)))}");
    }

    private void Check(string draft, IEnumerable<ConformanceResult> all) => Check(draft, [.. all], []);

    private void Check(string draft, ConformanceResult[] results, HashSet<string> expectedFailures)
    {
        var failures = new StringBuilder();
        foreach (var file in results.GroupBy(static r => r.File))
        {
            output.WriteLine($"{draft}/{file.Key}: {file.Count(static r => r.IsRight)} of {file.Count()}");
        }

        foreach (var result in results)
        {
            var isExpected = expectedFailures.Remove(result.Name);
            if (!result.ModesAgree)
            {
                failures.AppendLine($"verdict and diagnostics differ: {result.Name}");
            }
            else if (result.IsRight == isExpected)
            {
                failures.AppendLine(isExpected ? $"passes unexpectedly, remove it from the list: {result.Name}" : $"fails: {result.Name}");
            }
        }

        foreach (var stale in expectedFailures)
        {
            failures.AppendLine($"is in the list of expected failures, but no test has the name: {stale}");
        }

        Assert.True(results.Length > 0, "The suite has no tests for this draft.");
        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static string Summary(IEnumerable<ConformanceResult> results)
    {
        var all = results.ToArray();
        return $"{all.Count(static r => r.IsRight)} of {all.Length}";
    }
}
