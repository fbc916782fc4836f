using System.CommandLine;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp list [PREFIX]</c>: prints the keys that have a value.</summary>
internal static class ListCommand
{
    private const int PageSize = 10_000;

    public static Command Create(CommandLineHost host)
    {
        var prefix = new Argument<string>("prefix") { Description = "Only this key and what is in it", Arity = ArgumentArity.ZeroOrOne };
        new SettingSuggestions(host).AddKeys(prefix);
        return SettingsRun.Create(
            new Command("list", "List the keys that have a value, defaults included") { prefix },
            host,
            static scope => scope.IsJson,
            (session, parsed, cancellationToken) => RunAsync(session, parsed.GetValue(prefix), cancellationToken));
    }

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, string? prefix, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        string? cursor = null;
        long revision;
        do
        {
            if (!(await session.Service.ListAsync(SettingsOptions.ToKey(prefix), PageSize, cursor, cancellationToken)).TryGet(out var page, out var error))
            {
                return error;
            }

            keys.AddRange(page.Keys);
            (cursor, revision) = (page.Cursor, page.Revision);
        }
        while (cursor is not null);
        if (session.Scope.IsJson)
        {
            using var json = JsonOutput.Create(session.CommandLine.Output);
            json.WriteStartObject();
            json.WriteNumber("revision", revision);
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            JsonOutput.Finish(json, session.CommandLine.Output);
        }
        else
        {
            foreach (var key in keys)
            {
                session.CommandLine.Text.WriteLine(TerminalText.Sanitize(key));
            }

            session.CommandLine.Text.Flush();
        }

        if (keys.Count > 0)
        {
            return ExitCodes.Success;
        }

        session.Warn(prefix is null ? "No key is set." : $"No key is set in {prefix}.", "note");
        return ExitCodes.NotSet;
    }
}
