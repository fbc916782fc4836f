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

    private void Conforms(string draft)
    {
        var expectedFailures = ExpectedFailures.Read(draft);
        var failures = new StringBuilder();
        var results = ConformanceSuite.Run(draft).ToArray();
        foreach (var file in results.GroupBy(static r => r.File))
        {
            output.WriteLine($"{draft}/{file.Key}: {file.Count(static r => r.IsRight)} of {file.Count()}");
        }

        output.WriteLine($"{draft} required: {Summary(results.Where(static r => !r.File.StartsWith("optional/", StringComparison.Ordinal)))}");
        output.WriteLine($"{draft} optional: {Summary(results.Where(static r => r.File.StartsWith("optional/", StringComparison.Ordinal)))}");
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
