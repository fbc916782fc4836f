using System.CommandLine;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Cli.Settings;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp restore REVISION</c>: brings a file of settings back to what it held.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandLineHost host)
    {
        var revision = new Argument<long?>("revision")
        {
            Description = "The revision, as history shows it; 0: what was there before the first one",
            CustomParser = static result => SettingsOptions.ParseNumber(result, "The revision", least: 0, long.MaxValue),
        };
        var source = new Option<string>("--source") { Description = "The source whose file comes back [default: that of the revision]", HelpName = "name" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would change" };
        new SettingSuggestions(host).AddSources(source, onlyWritable: true);
        return SettingsRun.Create(
            new Command("restore", "Bring a settings file back to what it held at a revision") { revision, source, dryRun },
            host,
            static _ => true,
            async (session, parsed, cancellationToken) =>
            {
                if (session.CheckSource(parsed.GetValue(source)) is { } unknown)
                {
                    return unknown;
                }

                var request = new RestoreRequest(parsed.GetValue(revision)!.Value)
                {
                    Source = parsed.GetValue(source),
                    IsDryRun = parsed.GetValue(dryRun),
                    Actor = UpdateCommands.Actor,
                };
                if (!(await session.Service.RestoreAsync(request, cancellationToken)).TryGet(out var result, out var error))
                {
                    CommandFailure failure = error;
                    return error.Descriptor == ServiceErrors.Compacted ? failure with { Help = "`configlsp history` shows the revisions that can be brought back." } : failure;
                }

                UpdateOutput.Write(session, result, key: null, request.IsDryRun, place => result.IsChanged
                    ? $"Brought {place} back to what it held at revision {request.Revision}"
                    : $"{place} holds the same as at revision {request.Revision} already");
                return ExitCodes.Success;
            });
    }
}
