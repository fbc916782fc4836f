using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Commands;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>Makes the report of a format.</summary>
internal static class ReportFactory
{
    private const int DefaultWidth = 120;

    public static ICheckReport Create(ReportFormat format, CommandLineHost host) => format switch
    {
        ReportFormat.Json => new JsonReport(host.Output),
        ReportFormat.Sarif => new SarifReport(host.Output, VersionAction.Version, DocumentUri.FromFilePath(host.WorkingDirectory).AsFolder().Text, [.. DiagnosticCatalog.All]),
        ReportFormat.GitHub => new GitHubReport(host.Text, host.Messages),
        _ => new TextReport(
            host.Text,
            host.Messages,
            new TextStyle(host.OutputTerminal.HasColor(host.Variable)),
            new TextStyle(host.MessagesTerminal.HasColor(host.Variable)),
            new FileLocator(host.WorkingDirectory),
            host.OutputTerminal.Width ?? DefaultWidth),
    };
}
