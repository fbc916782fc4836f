using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp sources</c> and <c>configlsp sources test [NAME]</c>: where settings come from, and whether that works.</summary>
internal static class SourcesCommand
{
    public static Command Create(CommandLineHost host)
    {
        var command = new Command("sources", "Show where settings come from, weakest first") { CreateTest(host) };
        return SettingsRun.Create(command, host, static _ => false, ListAsync);
    }

    private static Command CreateTest(CommandLineHost host)
    {
        var name = new Argument<string>("name") { Description = "Only this source", Arity = ArgumentArity.ZeroOrOne };
        new SettingSuggestions(host).AddSources(name, onlyWritable: false);
        return SettingsRun.Create(
            new Command("test", "Ask sources whether they can be read") { name },
            host,
            static _ => false,
            (session, parsed, cancellationToken) => TestAsync(session, parsed.GetValue(name), cancellationToken));
    }

    private static async Task<CommandOutcome> ListAsync(SettingsSession session, ParseResult parsed, CancellationToken cancellationToken)
    {
        await session.Service.GetSnapshotAsync(cancellationToken);
        var sources = session.Service.ListSources();
        var environment = session.Service.Environment;
        if (session.Scope.IsJson)
        {
            using var json = JsonOutput.Create(session.CommandLine.Output);
            json.WriteStartObject();
            json.WriteString("workspace", session.Service.Folder);
            json.WriteBoolean("trusted", session.Service.IsTrusted);
            json.WriteStartObject("environment");
            json.WriteString("name", environment.Name);
            json.WriteString("detectedBy", environment.DetectedBy);
            json.WriteEndObject();
            json.WriteStartArray("sources");
            foreach (var source in sources)
            {
                Write(json, source);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            JsonOutput.Finish(json, session.CommandLine.Output);
            return ExitCodes.Success;
        }

        var output = session.CommandLine.Text;
        output.WriteLine($"Workspace    {TerminalText.Sanitize(session.Service.Folder)}{(session.Service.IsTrusted ? " (trusted)" : string.Empty)}");
        output.WriteLine($"Environment  {TerminalText.Sanitize(environment.Name)} (by {TerminalText.Sanitize(environment.DetectedBy)})");
        output.WriteLine();
        TextTable.Write(output,
        [
            ["source", "type", "state", "updates", "location"],
            .. sources.Select(static s => new[]
            {
                TerminalText.Sanitize(s.Name),
                ServiceWords.Of(s.Type),
                ServiceWords.Of(s.State),
                s.IsDefaultTarget ? "default" : s.IsWritable ? "yes" : "no",
                TerminalText.Sanitize(s.Location ?? string.Empty),
            }),
        ]);
        output.Flush();
        return ExitCodes.Success;
    }

    private static async Task<CommandOutcome> TestAsync(SettingsSession session, string? name, CancellationToken cancellationToken)
    {
        if (session.CheckSource(name) is { } unknown)
        {
            return unknown;
        }

        // The defaults and the variables are read by the schema.
        await session.GetSchemaAsync(cancellationToken);
        if (!(await session.Service.TestSourcesAsync(name, cancellationToken)).TryGet(out var probes, out var error))
        {
            return error;
        }

        if (session.Scope.IsJson)
        {
            using var json = JsonOutput.Create(session.CommandLine.Output);
            json.WriteStartObject();
            json.WriteStartArray("sources");
            foreach (var probe in probes)
            {
                Write(json, probe);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            JsonOutput.Finish(json, session.CommandLine.Output);
        }
        else
        {
            TextTable.Write(session.CommandLine.Text, [.. probes.Select(static p => new[]
            {
                TerminalText.Sanitize(p.Name),
                ServiceWords.Of(p.Status),
                string.Create(CultureInfo.InvariantCulture, $"{p.Duration.TotalMilliseconds:0.0} ms"),
                p.Error is { } failure ? TerminalText.Sanitize($"{failure.Message} {failure.Descriptor.Help}")
                    : p.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size} bytes") : "is not there, which is fine",
            })]);
            session.CommandLine.Text.Flush();
        }

        return probes.Any(static p => p.Status == ProbeStatus.Error) ? ExitCodes.Findings
            : probes.Any(static p => p.Status == ProbeStatus.Unavailable) ? ExitCodes.Unavailable
            : ExitCodes.Success;
    }

    private static void Write(Utf8JsonWriter json, SourceReport source)
    {
        json.WriteStartObject();
        json.WriteString("name", source.Name);
        json.WriteString("type", ServiceWords.Of(source.Type));
        json.WriteString("state", ServiceWords.Of(source.State));
        json.WriteOptional("location", source.Location);
        json.WriteOptional("file", source.File);
        json.WriteBoolean("writable", source.IsWritable);
        json.WriteBoolean("defaultTarget", source.IsDefaultTarget);
        json.WriteBoolean("optional", source.IsOptional);
        json.WriteBoolean("required", source.IsRequired);
        json.WriteNumber("durationMs", Math.Round(source.Duration.TotalMilliseconds, 3));
        if (source.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        json.WriteString("breaker", ServiceWords.Of(source.Breaker.State));
        if (source.Error is { } error)
        {
            FailureOutput.WriteError(json, error);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SourceProbe probe)
    {
        json.WriteStartObject();
        json.WriteString("name", probe.Name);
        json.WriteString("status", ServiceWords.Of(probe.Status));
        json.WriteNumber("durationMs", Math.Round(probe.Duration.TotalMilliseconds, 3));
        if (probe.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        if (probe.Error is { } error)
        {
            FailureOutput.WriteError(json, error);
        }

        json.WriteEndObject();
    }
}
