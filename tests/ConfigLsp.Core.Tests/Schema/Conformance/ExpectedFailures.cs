using System.Runtime.CompilerServices;

namespace ConfigLsp.Core.Tests.Schema.Conformance;

/// <summary>
/// Reads <c>expected-failures.txt</c>: lines <c>DRAFT | FILE: GROUP: TEST</c>, each under a comment line with the reason.
/// </summary>
internal static class ExpectedFailures
{
    public static HashSet<string> Read(string draft, [CallerFilePath] string here = "")
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var hasReason = false;
        foreach (var line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "expected-failures.txt")))
        {
            if (line.StartsWith('#'))
            {
                hasReason = true;
            }
            else if (line.Length == 0)
            {
                hasReason = false;
            }
            else
            {
                Assert.True(hasReason, $"The expected failure has no reason above it: {line}");
                var parts = line.Split(" | ", 2);
                if (parts[0] == draft)
                {
                    names.Add(parts[1]);
                }
            }
        }

        return names;
    }
}
