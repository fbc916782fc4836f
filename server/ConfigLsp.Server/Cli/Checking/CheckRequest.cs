using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Reporting;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>What <c>configlsp check</c> was asked for.</summary>
internal sealed record CheckRequest
{
    /// <summary>What stands for standard input among <see cref="Paths"/>.</summary>
    public const string StandardInput = "-";

    /// <summary>Files, folders, globs and perhaps <see cref="StandardInput"/>; empty for the current folder.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A schema file or URI that checks all files, whatever else would apply; or null.</summary>
    public string? Schema { get; init; }

    /// <summary>The name that standard input has for associations and in results; or null.</summary>
    public string? StandardInputPath { get; init; }

    /// <summary>From where schemas may be read.</summary>
    public SchemaAccess Access { get; init; } = new();

    public ReportFormat Format { get; init; }

    /// <summary>The mildest severity that counts as a failed check.</summary>
    public DiagnosticSeverity FailOn { get; init; } = DiagnosticSeverity.Error;
}
