using System.CommandLine;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Server.Headless;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp serve</c>: the configuration service for programs.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandLineHost host)
    {
        var stdio = new Option<bool>("--stdio") { Description = "Serve the one program at standard input and output" };
        var listen = new Option<string>("--listen") { Description = "Serve many programs at this Unix socket; on Windows at a named pipe", HelpName = "path" };
        var workspaces = new Option<string[]>("--workspace") { Description = "Serve this folder; may be given several times", HelpName = "folder", Arity = ArgumentArity.OneOrMore };
        var environment = new Option<string>("--env") { Description = "The environment whose settings apply, instead of detecting it", HelpName = "name" };
        var trust = new Option<bool>("--trust") { Description = "Trust what the folders' configlsp.json asks for: HTTP sources, variables, files elsewhere" };
        var process = NumberOption.Create("--clientProcessId", "End when this process ends", "pid", int.MaxValue);
        var logLevel = ChoiceOption.Create("--log-level", "Least severe entries to log", LspArguments.DefaultLogLevel, [.. LspArguments.LogLevels]);
        var logFile = new Option<string>("--log-file") { Description = "Write the log to this file", HelpName = "path" };
        var command = new Command("serve", "Serve settings to programs") { stdio, listen, workspaces, environment, trust, process, logLevel, logFile };
        environment.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !EnvironmentName.TryParse(value, out _))
            {
                result.AddError($"--env must be the name of an environment, but is '{value}': letters, digits, '-' and '_', starting with a letter.");
            }
        });
        command.Validators.Add(result =>
        {
            var transports = new Option[] { stdio, listen }.Count(option => result.GetResult(option) is { Implicit: false });
            if (transports != 1)
            {
                result.AddError($"Say how programs reach the service: --stdio or --listen PATH, but {(transports == 0 ? "none is" : "both are")} given.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunService(
            new HeadlessServerOptions
            {
                Transport = parsed.GetValue(listen) is { } path ? new HeadlessTransport.Listen(path) : new HeadlessTransport.Stdio(),
                WorkingDirectory = host.WorkingDirectory,
                Workspaces = [.. (parsed.GetValue(workspaces) ?? []).Select(folder => Path.GetFullPath(folder, host.WorkingDirectory))],
                Environment = parsed.GetValue(environment) is { } text && EnvironmentName.TryParse(text, out var name) ? name : null,
                IsTrusted = parsed.GetValue(trust),
                ClientProcessId = parsed.GetValue(process),
                LogLevel = LspArguments.ToLogLevel(parsed.GetRequiredValue(logLevel)),
                LogFile = parsed.GetValue(logFile) is { } file ? Path.GetFullPath(file, host.WorkingDirectory) : null,
            },
            cancellationToken));
        return command;
    }
}
