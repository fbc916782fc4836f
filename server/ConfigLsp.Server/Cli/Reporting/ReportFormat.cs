namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>The values of <c>check --format</c>, in lower case on the command line.</summary>
internal enum ReportFormat
{
    /// <summary>For people: findings with the source line.</summary>
    Text,

    /// <summary>For programs: the shape documented in <c>docs/cli.md</c>.</summary>
    Json,

    /// <summary>OASIS SARIF 2.1.0, for code scanning services.</summary>
    Sarif,

    /// <summary>Workflow commands of GitHub Actions, which become annotations.</summary>
    GitHub,
}
