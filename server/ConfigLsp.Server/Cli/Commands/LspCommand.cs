using System.CommandLine;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp lsp</c>: the language server, started by an editor.</summary>
internal static class LspCommand
{
    public static Command Create(CommandLineHost host)
    {
        var stdio = new Option<bool>("--stdio") { Description = "Talk over standard input and output" };
        var pipe = new Option<string>("--pipe") { Description = "Connect to the named pipe or Unix socket that the editor listens on", HelpName = "name" };
        var socket = NumberOption.Create("--socket", "Connect to the TCP port of this machine that the editor listens on", "port", ushort.MaxValue);
        var process = NumberOption.Create("--clientProcessId", "End when this process ends", "pid", int.MaxValue);
        var logLevel = ChoiceOption.Create("--log-level", "Least severe entries to log", LspArguments.DefaultLogLevel, [.. LspArguments.LogLevels]);
        var logFile = new Option<string>("--log-file") { Description = "Write the log to this file", HelpName = "path" };
        var command = new Command("lsp", "Run the language server for an editor") { stdio, pipe, socket, process, logLevel, logFile };
        command.Validators.Add(result =>
        {
            var transports = new Option[] { stdio, pipe, socket }.Count(option => result.GetResult(option) is { Implicit: false });
            if (transports != 1)
            {
                result.AddError($"Say how to talk to the editor: exactly one of --stdio, --pipe and --socket, but {(transports == 0 ? "none is" : $"{transports} are")} given.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunLanguageServer(
            new LspServerOptions
            {
                Transport = Transport(parsed.GetValue(pipe), parsed.GetValue(socket)),
                ClientProcessId = parsed.GetValue(process),
                LogLevel = LspArguments.ToLogLevel(parsed.GetRequiredValue(logLevel)),
                LogFile = parsed.GetValue(logFile) is { } file ? Path.GetFullPath(file, host.WorkingDirectory) : null,
            },
            cancellationToken));
        return command;
    }

    private static LspTransport Transport(string? pipe, int? port) => (pipe, port) switch
    {
        ({ } name, _) => new LspTransport.Pipe(name),
        (_, { } number) => new LspTransport.Socket(number),
        _ => new LspTransport.Stdio(),
    };
}
