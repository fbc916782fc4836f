using System.CommandLine;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Settings;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp trust [DIR]</c>: remembers folders whose files may reach outside of them.</summary>
internal static class TrustCommand
{
    public static Command Create(CommandLineHost host)
    {
        var folder = new Argument<string>("dir") { Description = "The folder [default: the workspace of the current folder]", Arity = ArgumentArity.ZeroOrOne };
        var remove = new Option<bool>("--remove") { Description = "Trust it no longer" };
        var list = new Option<bool>("--list") { Description = "List the trusted folders" };
        var json = new Option<bool>("--json") { Description = "Print JSON for programs" };
        var command = new Command("trust", "Trust a folder: its configlsp.json may name files, variables and servers outside of it") { folder, remove, list, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(list) && (result.GetValue(remove) || result.GetValue(folder) is not null))
            {
                result.AddError("--list stands alone: without --remove and without a folder.");
            }
        });
        command.SetAction(parsed =>
        {
            var outcome = Run(host, parsed.GetValue(folder), parsed.GetValue(remove), parsed.GetValue(list), parsed.GetValue(json));
            if (outcome.Failure is { } failure)
            {
                FailureOutput.Write(failure, host, parsed.GetValue(json));
            }

            return outcome.ExitCode;
        });
        return command;
    }

    private static CommandOutcome Run(CommandLineHost host, string? named, bool remove, bool list, bool isJson)
    {
        if (HostFactory.FindTrust(host.ServiceOptions()) is not { } trust)
        {
            return CommandFailure.Usage("There is no state folder to remember trust in: neither XDG_STATE_HOME nor HOME is set.", "Pass --trust with each command instead.");
        }

        var message = string.Empty;
        if (!list)
        {
            // A folder that is gone can be forgotten.
            CommandFailure? failure = null;
            var folder = remove && named is { Length: > 0 } ? Path.GetFullPath(named, host.WorkingDirectory) : SettingsSession.FindFolder(host, named, out failure);
            if (folder is null)
            {
                return failure!;
            }

            if ((remove ? trust.Remove(folder) : trust.Trust(folder)) is { } refused)
            {
                return CommandFailure.Usage($"Trust cannot be remembered: {refused.Message}", "Pass --trust with each command instead.");
            }

            var around = remove && trust.IsTrusted(folder) ? " A folder around it is trusted and lends it trust; see --list." : string.Empty;
            message = remove ? $"{folder} is not trusted by itself any more.{around}" : $"{folder} and all that is in it are trusted from now on.";
        }

        if (isJson)
        {
            using var json = JsonOutput.Create(host.Output);
            json.WriteStartObject();
            json.WriteStartArray("folders");
            foreach (var trusted in trust.Folders)
            {
                json.WriteStringValue(trusted);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            JsonOutput.Finish(json, host.Output);
            return ExitCodes.Success;
        }

        foreach (var line in list ? [.. trust.Folders] : new[] { message })
        {
            host.Text.WriteLine(TerminalText.Sanitize(line));
        }

        host.Text.Flush();
        return ExitCodes.Success;
    }
}
