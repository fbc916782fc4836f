using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>The totals of a run.</summary>
internal sealed record CheckSummary
{
    /// <summary>Files that were checked.</summary>
    public int Files { get; init; }

    /// <summary>Checked files with at least one finding.</summary>
    public int FilesWithFindings { get; init; }

    public int Errors { get; init; }

    public int Warnings { get; init; }

    /// <summary>Findings of the severities information and hint.</summary>
    public int Notes { get; init; }

    /// <summary>Files and folders that could not be checked.</summary>
    public int Failures { get; init; }

    /// <summary>Whether the run was stopped before all files were checked.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The totals with one more file.</summary>
    public CheckSummary With(CheckedFile file)
    {
        var (errors, warnings, notes) = (Errors, Warnings, Notes);
        foreach (var diagnostic in file.Diagnostics)
        {
            switch (diagnostic.Severity)
            {
                case DiagnosticSeverity.Error:
                    errors++;
                    break;
                case DiagnosticSeverity.Warning:
                    warnings++;
                    break;
                default:
                    notes++;
                    break;
            }
        }

        return this with
        {
            Files = Files + 1,
            FilesWithFindings = FilesWithFindings + (file.Diagnostics.IsEmpty ? 0 : 1),
            Errors = errors,
            Warnings = warnings,
            Notes = notes,
        };
    }

    /// <summary>The exit code of a run with these totals.</summary>
    /// <param name="failOn">The mildest severity that counts as a failed check.</param>
    public int ExitCode(DiagnosticSeverity failOn)
    {
        if (Interrupted)
        {
            return ExitCodes.Interrupted;
        }

        if (Failures > 0)
        {
            return ExitCodes.Failure;
        }

        return Errors > 0 || (failOn == DiagnosticSeverity.Warning && Warnings > 0) ? ExitCodes.Findings : ExitCodes.Success;
    }
}
