using System.CommandLine;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Schema;
using ConfigLsp.Server.Cli.Settings;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp set KEY VALUE</c> and <c>configlsp unset KEY</c>: change one setting of one source.</summary>
internal static class UpdateCommands
{
    /// <summary>Who asks, in the history.</summary>
    public const string Actor = "command line";

    public static Command CreateSet(CommandLineHost host)
    {
        var key = KeyArgument(host);
        var value = new Argument<string>("value") { Description = "Text where the schema says that it is a string, else JSON; - reads it from standard input" };
        new SettingSuggestions(host).AddValues(value, key);
        return Create(host, new Command("set", "Change a setting") { key, value }, key, async (session, schema, name, cancellationToken) =>
        {
            var (text, failure) = session.Parsed.GetRequiredValue(value) is var typed && typed == ValueArgument.StandardInput
                ? await ValueArgument.ReadStandardInputAsync(session.Session.CommandLine.Input, cancellationToken)
                : (typed, null);
            return text is not null && ValueArgument.Read(text, name, schema, out failure) is { } json
                ? (new SettingOperation(OperationKind.Set, name, json), null)
                : (null, failure);
        });
    }

    public static Command CreateUnset(CommandLineHost host)
    {
        var key = KeyArgument(host);
        return Create(host, new Command("unset", "Remove a setting from a source, so that weaker sources or the default serve") { key }, key, static (_, _, name, _) =>
            Task.FromResult<(SettingOperation?, CommandFailure?)>((new SettingOperation(OperationKind.Unset, name, Value: null), null)));
    }

    private static Argument<string> KeyArgument(CommandLineHost host)
    {
        var key = new Argument<string>("key") { Description = "The key, such as maxAgents or agent.limits.max" };
        new SettingSuggestions(host).AddKeys(key);
        return key;
    }

    private static Command Create(
        CommandLineHost host,
        Command command,
        Argument<string> key,
        Func<(SettingsSession Session, ParseResult Parsed), SchemaKey?, string, CancellationToken, Task<(SettingOperation? Operation, CommandFailure? Failure)>> read)
    {
        var source = new Option<string>("--source")
        {
            Description = "The source to change [default: .nofx/settings.json of the workspace, else the last file that can be written]",
            HelpName = "name",
        };
        new SettingSuggestions(host).AddSources(source, onlyWritable: true);
        var revision = SettingsOptions.Number("--if-revision", "Only if the key is still at this revision in the source, as get --json gave it; 0: it never changed", "revision", least: 0);
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would change" };
        command.Add(source);
        command.Add(revision);
        command.Add(dryRun);
        return SettingsRun.Create(command, host, static _ => true, async (session, parsed, cancellationToken) =>
        {
            if (session.CheckSource(parsed.GetValue(source)) is { } unknown)
            {
                return unknown;
            }

            var name = parsed.GetRequiredValue(key);
            if (!new KeyText(name).Parse().TryGet(out var path, out var error))
            {
                return error;
            }

            var schema = await session.GetSchemaAsync(cancellationToken);
            var known = schema is null ? null : SchemaKeys.Find(schema, path.Segments);

            // A key that is unknown is refused as such, whatever the value is; the service says it best.
            var (operation, failure) = known is { State: KeyState.Closed } && command.Name == "set"
                ? (new SettingOperation(OperationKind.Set, name, "null"u8.ToArray()), null)
                : await read((session, parsed), known, name, cancellationToken);
            if (operation is null)
            {
                return failure!;
            }

            var request = new UpdateRequest(operation)
            {
                Source = parsed.GetValue(source),
                Expect = parsed.GetValue(revision) is { } expected ? new UpdateExpectation { Revision = expected } : null,
                IsDryRun = parsed.GetValue(dryRun),
                Actor = Actor,
            };
            if (!(await session.Service.UpdateAsync(request, cancellationToken)).TryGet(out var result, out error))
            {
                return KeySpelling.Explain(error, name, schema);
            }

            var isSecret = known is { MayHoldSecret: true };
            if (!result.IsChanged && known is { State: KeyState.Closed })
            {
                session.Warn($"{name} is not a key of these settings.{Spelling.Hint(name, KeySpelling.KeysOf(schema!))}");
            }

            UpdateOutput.Write(session, result, name, request.IsDryRun, place => Describe(operation, isSecret, result, place));
            return ExitCodes.Success;
        });
    }

    private static string Describe(SettingOperation operation, bool isSecret, UpdateResult result, string place)
    {
        if (operation.Value is not { } value)
        {
            return result.IsChanged ? $"Removed {operation.Key} from {place}" : $"{operation.Key} was not set in {place}";
        }

        var shown = isSecret ? "a secret value" : SettingText.Short(value);
        return result.IsChanged ? $"Set {operation.Key} to {shown} in {place}" : $"{operation.Key} was {(isSecret ? "the same" : shown)} in {place} already";
    }
}
