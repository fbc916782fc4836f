using System.CommandLine;
using System.Globalization;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp history [KEY]</c>: what changed when, the newest first; no values.</summary>
internal static class HistoryCommand
{
    private const int MaxKeysShown = 3;

    public static Command Create(CommandLineHost host)
    {
        var key = new Argument<string>("key") { Description = "Only changes of this key and what is in it", Arity = ArgumentArity.ZeroOrOne };
        var source = new Option<string>("--source") { Description = "Only changes of this source", HelpName = "name" };
        var limit = SettingsOptions.Number("--limit", "The most revisions to show [default: 50]", "number", least: 1, most: 1000);
        var before = SettingsOptions.Number("--before", "Only revisions before this one", "revision", least: 1);
        new SettingSuggestions(host).AddKeys(key);
        new SettingSuggestions(host).AddSources(source, onlyWritable: true);
        return SettingsRun.Create(
            new Command("history", "Show what changed when") { key, source, limit, before },
            host,
            static _ => true,
            (session, parsed, cancellationToken) => RunAsync(
                session,
                new HistoryRequest
                {
                    Key = SettingsOptions.ToKey(parsed.GetValue(key)),
                    Source = parsed.GetValue(source),
                    Limit = (int)(parsed.GetValue(limit) ?? 50),
                    Before = parsed.GetValue(before),
                },
                cancellationToken));
    }

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, HistoryRequest request, CancellationToken cancellationToken)
    {
        // The history may well know a source that is gone by now.
        if (!(await session.Service.HistoryAsync(request, cancellationToken)).TryGet(out var history, out var error))
        {
            return error;
        }

        if (session.Scope.IsJson)
        {
            WriteJson(session.CommandLine.Output, history);
            return ExitCodes.Success;
        }

        var output = session.CommandLine.Text;
        if (history.Items.IsEmpty)
        {
            if (session.CheckSource(request.Source) is { } unknown)
            {
                return unknown;
            }

            session.Warn("There are no such changes.", "note");
        }

        TextTable.Write(output, [.. history.Items.Select(static item => new[]
        {
            item.Revision.ToString(CultureInfo.InvariantCulture),
            item.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ServiceWords.Of(item.Kind),
            TerminalText.Sanitize(item.Source),
            TerminalText.Sanitize(item.Actor ?? "-"),
            DescribeKeys(item),
        })]);
        output.Flush();
        return ExitCodes.Success;
    }

    private static string DescribeKeys(HistoryItem item)
    {
        var shown = string.Join(", ", item.Keys.Take(MaxKeysShown).Select(static k => $"{TerminalText.Sanitize(k.Key)} {k.Change}"));
        var more = item.KeyCount - Math.Min(item.Keys.Length, MaxKeysShown);
        return more > 0 ? $"{(shown.Length > 0 ? shown + " and " : string.Empty)}{more} more" : shown.Length > 0 ? shown : "no setting";
    }

    private static void WriteJson(Stream output, HistoryResult history)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteNumber("revision", history.Revision);
        json.WriteStartArray("items");
        foreach (var item in history.Items)
        {
            json.WriteStartObject();
            json.WriteNumber("revision", item.Revision);
            json.WriteString("timestamp", item.Timestamp);
            json.WriteString("source", item.Source);
            json.WriteString("kind", ServiceWords.Of(item.Kind));
            json.WriteOptional("actor", item.Actor);
            json.WriteStartArray("keys");
            foreach (var key in item.Keys)
            {
                json.WriteStartObject();
                json.WriteString("key", key.Key);
                json.WriteString("change", key.Change);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("keyCount", item.KeyCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }
}
