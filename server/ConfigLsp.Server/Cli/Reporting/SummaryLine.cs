using ConfigLsp.Server.Cli.Checking;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>The totals in a sentence: <c>3 errors, 1 warning in 2 of 9 files</c>.</summary>
internal static class SummaryLine
{
    public static string Of(CheckSummary summary)
    {
        var counts = new List<string>(3);
        Add(counts, summary.Errors, "error");
        Add(counts, summary.Warnings, "warning");
        Add(counts, summary.Notes, "note");
        var line = (counts.Count, summary.Files) switch
        {
            (0, 0) => "no file was checked",
            (0, _) => $"no findings in {Count(summary.Files, "file")}",
            _ => $"{string.Join(", ", counts)} in {summary.FilesWithFindings} of {Count(summary.Files, "file")}",
        };
        if (summary.Failures > 0)
        {
            line += $"; {Count(summary.Failures, "problem")} kept others from being checked";
        }

        return summary.Interrupted ? line + "; stopped before all files were checked" : line;
    }

    private static void Add(List<string> counts, int number, string noun)
    {
        if (number > 0)
        {
            counts.Add(Count(number, noun));
        }
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
