using System.CommandLine;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp effective [SECTION]</c>: prints the merged settings, secrets hidden.</summary>
internal static class EffectiveCommand
{
    public static Command Create(CommandLineHost host)
    {
        var section = new Argument<string>("section") { Description = "Only what is in this key", Arity = ArgumentArity.ZeroOrOne };
        var format = ChoiceOption.Create("--format", "How to print", "json", "json", "env");
        var prefix = new Option<string>("--prefix") { Description = "With --format env: how the variables' names start", HelpName = "text", DefaultValueFactory = _ => "NOFX_" };
        new SettingSuggestions(host).AddKeys(section);
        return SettingsRun.Create(
            new Command("effective", "Print the settings that are in effect, all sources merged") { section, format, prefix },
            host,
            static _ => false,
            (session, parsed, cancellationToken) =>
            {
                var isEnvironment = parsed.GetValue(format) == "env" && !session.Scope.IsJson;
                return RunAsync(session, parsed.GetValue(section), isEnvironment ? parsed.GetRequiredValue(prefix) : null, cancellationToken);
            });
    }

    private static async Task<CommandOutcome> RunAsync(SettingsSession session, string? section, string? prefix, CancellationToken cancellationToken)
    {
        var effective = await session.Service.EffectiveAsync(SettingsOptions.ToKey(section), cancellationToken);
        if (!effective.TryGet(out var document, out var error))
        {
            return error;
        }

        var view = await session.Service.GetSnapshotAsync(cancellationToken);
        if (section is not null && new KeyText(section).Parse().TryGet(out var key, out _) && SettingsOf(view, key) is { } failure)
        {
            return failure;
        }

        if (prefix is not null)
        {
            session.CommandLine.Text.Write(SettingText.ForOutput(EnvironmentVariablesFormat.Write(document, prefix, section), session.CommandLine.OutputTerminal));
            session.CommandLine.Text.Flush();
        }
        else
        {
            using var json = JsonOutput.Create(session.CommandLine.Output);
            SettingText.Write(document.Json, json);
            JsonOutput.Finish(json, session.CommandLine.Output);
        }

        return ExitCodes.Success;
    }

    /// <summary>Why there is nothing to print; null if there is something.</summary>
    private static CommandFailure? SettingsOf(Configuration.Layers.ConfigurationSnapshot view, Configuration.Keys.SettingKey key)
    {
        if (view.Find(key) is not null)
        {
            return null;
        }

        var hint = view.Schema is { } schema && Core.Schema.SchemaKeys.Find(schema, key.Segments).State == Core.Schema.KeyState.Closed
            ? Spelling.Hint(key.ToString(), KeySpelling.KeysOf(schema))
            : string.Empty;
        return new CommandFailure("NotSet", "validation", $"{key} is not set, and has no default.{hint}", ExitCodes.NotSet) { Key = key.ToString() };
    }
}
