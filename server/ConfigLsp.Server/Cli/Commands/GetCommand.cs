using System.CommandLine;
using System.Text.Json;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Schema;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp get KEY…</c>: prints the values that are in effect.</summary>
internal static class GetCommand
{
    public static Command Create(CommandLineHost host)
    {
        var keys = new Argument<string[]>("key") { Description = "Keys, such as maxAgents or agent.limits.max", Arity = ArgumentArity.OneOrMore };
        var source = new Option<string>("--source") { Description = "With --json: the source whose revision is given [default: the one that set writes to]", HelpName = "name" };
        new SettingSuggestions(host).AddKeys(keys);
        new SettingSuggestions(host).AddSources(source, onlyWritable: true);
        return SettingsRun.Create(
            new Command("get", "Print the values of settings") { keys, source },
            host,
            static scope => scope.IsJson,
            (session, parsed, cancellationToken) => RunAsync(session, parsed.GetRequiredValue(keys), parsed.GetValue(source), cancellationToken));
    }

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, string[] keys, string? source, CancellationToken cancellationToken)
    {
        if (session.CheckSource(source) is { } unknown)
        {
            return unknown;
        }

        if (!(await session.Service.GetAsync(new GetRequest([.. keys.Select(static k => (KeyText)k)]) { Source = source }, cancellationToken)).TryGet(out var result, out var error))
        {
            return error;
        }

        var view = await session.Service.GetSnapshotAsync(cancellationToken);
        var exitCode = ExitCodes.Success;
        foreach (var item in result.Items)
        {
            exitCode = exitCode is ExitCodes.Success or ExitCodes.NotSet && FailureOf(item, view.Schema)?.ExitCode is { } code ? code : exitCode;
            session.WarnOfValues(view, item.Key);
        }

        if (session.Scope.IsJson)
        {
            WriteJson(session.CommandLine.Output, result, view.Schema);
        }
        else
        {
            WriteText(session.CommandLine, result, view.Schema);
        }

        return exitCode;
    }

    /// <summary>Why there is no value: an error, or that nobody sets the key; null if there is one.</summary>
    private static CommandFailure? FailureOf(SettingAnswer item, JsonSchema? schema) => item switch
    {
        { Error: { } error } => KeySpelling.Explain(error, item.Key, schema),
        { Value: null } => new CommandFailure("NotSet", "validation", $"{item.Key} is not set, and has no default.", ExitCodes.NotSet) { Key = item.Key },
        _ => null,
    };

    private static void WriteText(CommandLineHost host, GetResult result, JsonSchema? schema)
    {
        foreach (var item in result.Items)
        {
            if (FailureOf(item, schema) is { } failure)
            {
                host.Text.Flush();
                FailureOutput.WriteText(failure, host);
            }
            else if (result.Items.Length == 1)
            {
                host.Text.WriteLine(SettingText.ForOutput(SettingText.Bare(item.Value!.Value), host.OutputTerminal));
            }
            else
            {
                host.Text.WriteLine($"{TerminalText.Sanitize(item.Key)} = {SettingText.ForOutput(SettingText.InLine(item.Value!.Value), host.OutputTerminal)}");
            }
        }

        host.Text.Flush();
    }

    private static void WriteJson(Stream output, GetResult result, JsonSchema? schema)
    {
        using var json = JsonOutput.Create(output);
        if (result.Items.Length == 1)
        {
            Write(json, result.Items[0], schema);
        }
        else
        {
            json.WriteStartObject();
            json.WriteNumber("revision", result.Revision);
            json.WriteStartArray("items");
            foreach (var item in result.Items)
            {
                Write(json, item, schema);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        JsonOutput.Finish(json, output);
    }

    private static void Write(Utf8JsonWriter json, SettingAnswer item, JsonSchema? schema)
    {
        json.WriteStartObject();
        json.WriteString("key", item.Key);
        json.WritePropertyName("value");
        json.WriteRawValue(item.Value is { } value ? value.Span : "null"u8);
        json.WriteString("source", item.Source);
        json.WriteString("freshness", ServiceWords.Of(item.Freshness));
        json.WriteNumber("revision", item.Revision);

        // That nobody sets a key is an answer: without a source.
        if (item.Error is not null && FailureOf(item, schema) is { } failure)
        {
            FailureOutput.WriteError(json, failure);
        }

        json.WriteEndObject();
    }
}
