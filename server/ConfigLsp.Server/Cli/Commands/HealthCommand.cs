using System.CommandLine;
using System.Text.Json;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Server.Health;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp health</c>: whether settings can be read and changed here, and what to do where they cannot.</summary>
internal static class HealthCommand
{
    public static Command Create(CommandLineHost host) =>
        SettingsRun.Create(new Command("health", "Check sources, storage and the settings themselves, and say what to do"), host, static _ => true, static (session, _, cancellationToken) => RunAsync(session, cancellationToken));

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, CancellationToken cancellationToken)
    {
        await session.Service.GetSnapshotAsync(cancellationToken);
        var reporter = new HealthReporter(new ServerInstance(session.CommandLine.Time));
        ServiceHealth.AddTo(reporter, () => session.Host);
        var report = await reporter.ReportAsync(HealthKind.Full, fresh: true, cancellationToken);
        if (session.Scope.IsJson)
        {
            WriteJson(session.CommandLine.Output, report);
        }
        else
        {
            WriteText(session.CommandLine, report);
        }

        return report.Status switch
        {
            HealthStatus.Healthy => ExitCodes.Success,
            HealthStatus.Degraded => ExitCodes.Findings,
            _ => ExitCodes.Unavailable,
        };
    }

    private static void WriteText(CommandLineHost host, HealthReport report)
    {
        var output = host.Text;
        var style = new TextStyle(host.OutputTerminal.HasColor(host.Variable));
        var word = HealthKinds.Word(report.Status);
        output.WriteLine(report.Status == HealthStatus.Healthy ? style.Success(word) : style.Error(word));
        output.WriteLine();
        TextTable.Write(output, [.. report.Checks.Select(static c => new[] { TerminalText.Sanitize(c.Name), HealthKinds.Word(c.Status), TerminalText.Sanitize(c.Message) })], "  ");
        foreach (var check in report.Checks.Where(static c => c.Advice is not null))
        {
            output.WriteLine();
            output.WriteLine($"{TerminalText.Sanitize(check.Name)}: {TerminalText.Sanitize(check.Advice!)}");
        }

        output.Flush();
    }

    private static void WriteJson(Stream output, HealthReport report)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteString("status", HealthKinds.Word(report.Status));
        json.WriteString("timestamp", report.Timestamp);
        if (report.Revision is { } revision)
        {
            json.WriteNumber("revision", revision);
        }

        json.WriteString("version", report.Version);
        json.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteString("status", HealthKinds.Word(check.Status));
            json.WriteString("message", check.Message);
            json.WriteOptional("advice", check.Advice);
            WriteDetails(json, check);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }

    private static void WriteDetails(Utf8JsonWriter json, HealthCheck check)
    {
        json.WriteStartObject("details");
        foreach (var (name, fact) in check.Details)
        {
            json.WritePropertyName(name);
            switch (fact.Value)
            {
                case string text:
                    json.WriteStringValue(text);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                default:
                    json.WriteNumberValue((long)fact.Value);
                    break;
            }
        }

        json.WriteEndObject();
    }
}
