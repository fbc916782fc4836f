using Xunit;

namespace ConfigLsp.Testing;

/// <summary>
/// Compares a result with a file in the repository. With <c>UPDATE_BASELINES=1</c> in the environment the file is rewritten instead, to be
/// reviewed as a diff.
/// </summary>
public static class Baseline
{
    private static bool Update => Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1";

    /// <summary>Fails, showing the first difference, unless the file holds the text. Line ends do not count.</summary>
    /// <param name="actual">The result.</param>
    /// <param name="segments">The path of the file below the repository's root.</param>
    public static void Matches(string actual, params string[] segments)
    {
        var path = Repository.PathOf(segments);
        actual = actual.ReplaceLineEndings("\n");
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no baseline {path}. Run the tests with UPDATE_BASELINES=1 to write it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
