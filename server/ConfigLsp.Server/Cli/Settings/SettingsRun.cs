using System.CommandLine;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>Runs a command about settings: opens the workspace, tells what went wrong, and gives the exit code.</summary>
internal static class SettingsRun
{
    /// <summary>Gives a command the common options and what it does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="host">What the process gives.</param>
    /// <param name="needsRevisions">Whether it has to do with revisions.</param>
    /// <param name="run">What it does.</param>
    public static Command Create(
        Command command, CommandLineHost host, Func<SettingsScope, bool> needsRevisions, Func<SettingsSession, ParseResult, CancellationToken, Task<CommandOutcome>> run)
    {
        var options = new SettingsOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var scope = options.Read(parsed);
            return RunAsync(host, scope, needsRevisions(scope), session => run(session, parsed, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandLineHost host, SettingsScope scope, bool needsRevisions, Func<SettingsSession, Task<CommandOutcome>> run, CancellationToken cancellationToken)
    {
        var failure = SettingsSession.TryOpen(host, scope, needsRevisions, out var session);
        if (session is null)
        {
            FailureOutput.Write(failure!, host, scope.IsJson);
            return failure!.ExitCode;
        }

        await using (session)
        {
            try
            {
                var outcome = await run(session);
                session.WarnOfSources(except: outcome.Failure?.Source);
                if (outcome.Failure is { } refused)
                {
                    FailureOutput.Write(refused, host, scope.IsJson);
                }

                return outcome.ExitCode;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
        }
    }
}
