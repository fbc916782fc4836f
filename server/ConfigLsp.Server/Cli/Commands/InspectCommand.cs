using System.CommandLine;
using System.Text.Json;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp inspect KEY</c>: where the value of a setting comes from, and what it is for.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandLineHost host)
    {
        var key = new Argument<string>("key") { Description = "The key, such as maxAgents or agent.limits.max" };
        new SettingSuggestions(host).AddKeys(key);
        return SettingsRun.Create(
            new Command("inspect", "Show where the value of a setting comes from") { key },
            host,
            static _ => true,
            (session, parsed, cancellationToken) => RunAsync(session, parsed.GetRequiredValue(key), cancellationToken));
    }

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, string key, CancellationToken cancellationToken)
    {
        if (!(await session.Service.InspectAsync(key, cancellationToken)).TryGet(out var inspection, out var error))
        {
            return error;
        }

        if (inspection.Effective.Error is { } unknown && inspection.Sources.IsEmpty)
        {
            return KeySpelling.Explain(unknown, key, await session.GetSchemaAsync(cancellationToken));
        }

        if (session.Scope.IsJson)
        {
            WriteJson(session.CommandLine.Output, inspection);
        }
        else
        {
            WriteText(session, inspection);
        }

        return ExitCodes.Success;
    }

    private static void WriteText(SettingsSession session, SettingInspection inspection)
    {
        var output = session.CommandLine.Text;
        var style = new TextStyle(session.CommandLine.OutputTerminal.HasColor(session.CommandLine.Variable));
        var answer = inspection.Effective;
        var value = answer.Source is null ? "is not set" : $"= {Shown(answer.Value, inspection.IsSecret)} from {answer.Source}{(answer.Freshness == Freshness.LastGood ? " (as it was last read)" : string.Empty)}";
        output.WriteLine($"{style.Emphasis(TerminalText.Sanitize(answer.Key))} {value}");
        if (inspection.Schema is { } schema)
        {
            if (schema.Title is not null || schema.Description is not null)
            {
                output.WriteLine($"  {TerminalText.Sanitize(string.Join(": ", new[] { schema.Title, schema.Description }.OfType<string>()))}");
            }

            var facts = new[]
            {
                schema.Type is { } type ? $"type {type}" : null,
                schema.Unit is { } unit ? $"in {unit}" : null,
                inspection.Default is { } standard ? $"default {SettingText.Short(standard)}" : null,
                inspection.IsSecret ? "secret" : null,
                schema.IsDeprecated ? "deprecated" : null,
            };
            output.WriteLine($"  {TerminalText.Sanitize(string.Join(", ", facts.OfType<string>()))}".TrimEnd());
        }

        if (!inspection.Sources.IsEmpty)
        {
            output.WriteLine();
            TextTable.Write(output, [.. inspection.Sources.Select(c => new[]
            {
                TerminalText.Sanitize(c.Source),
                ServiceWords.Of(c.Use),
                Shown(c.Value, inspection.IsSecret),
                TerminalText.Sanitize(PlaceOf(session, c)) + (c.Problem is { } problem ? $"  {TerminalText.Sanitize(problem.Message)}" : string.Empty),
            })], "  ");
        }

        output.WriteLine();
        output.WriteLine($"  Revision {answer.Revision}. {(inspection.WritableSources.IsEmpty ? "No source can be written." : $"Can be set in: {string.Join(", ", inspection.WritableSources)}.")}");
        output.Flush();
    }

    private static string Shown(ReadOnlyMemory<byte>? value, bool isSecret) => value is { } json ? SettingText.Short(json) : isSecret ? "<secret>" : "-";

    private static string PlaceOf(SettingsSession session, SettingContribution contribution) => contribution switch
    {
        { Place: { } place } => $"{session.DisplayPath(place.File)}:{place.Start.Line + 1}:{place.Start.Character + 1}",
        { Variable: { } variable } => $"${variable}",
        _ => string.Empty,
    };

    private static void WriteJson(Stream output, SettingInspection inspection)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteString("key", inspection.Effective.Key);
        json.WriteStartObject("effective");
        WriteValue(json, "value", inspection.Effective.Value);
        json.WriteOptional("source", inspection.Effective.Source);
        json.WriteString("freshness", ServiceWords.Of(inspection.Effective.Freshness));
        json.WriteNumber("revision", inspection.Effective.Revision);
        json.WriteEndObject();
        json.WriteBoolean("isSecret", inspection.IsSecret);
        WriteValue(json, "default", inspection.Default);
        json.WriteStartArray("sources");
        foreach (var contribution in inspection.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source", contribution.Source);
            json.WriteString("use", ServiceWords.Of(contribution.Use));
            WriteValue(json, "value", contribution.Value);
            if (contribution.Place is { } place)
            {
                FailureOutput.WritePlace(json, place);
            }

            json.WriteOptional("variable", contribution.Variable);
            if (contribution.Problem is { } problem)
            {
                json.WritePropertyName("problem");
                FailureOutput.Write(json, new LocatedDiagnostic(problem, Place: null, Source: null, Key: null));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (inspection.Schema is { } schema)
        {
            json.WriteStartObject("schema");
            json.WriteOptional("title", schema.Title);
            json.WriteOptional("description", schema.Description);
            json.WriteOptional("type", schema.Type);
            json.WriteBoolean("deprecated", schema.IsDeprecated);
            json.WriteOptional("unit", schema.Unit);
            WriteValue(json, "json", schema.Json);
            json.WriteEndObject();
        }

        json.WriteStartArray("writableSources");
        foreach (var source in inspection.WritableSources)
        {
            json.WriteStringValue(source);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? value)
    {
        if (value is { } known)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(known.Span);
        }
    }
}
