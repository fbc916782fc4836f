using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

/// <summary>
/// Runs random cases. Each case is one number, which a failure shows: <c>CONFIGLSP_FUZZ_SEED</c> runs that case alone, and
/// <c>CONFIGLSP_FUZZ_CASES</c> sets how many are run.
/// </summary>
internal static class FuzzRun
{
    public static void ForAllSeeds(int count, Action<int> check)
    {
        if (Number("CONFIGLSP_FUZZ_SEED") is { } seed)
        {
            check(seed);
            return;
        }

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Number("CONFIGLSP_FUZZ_CASES") ?? count).WithQuietOnSuccess(true),
            Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), check));
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
