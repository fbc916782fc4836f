using System.Collections.Immutable;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Server.Headless;

namespace ConfigLsp.Server.Cli;

/// <summary>The arguments of <c>configlsp serve</c>.</summary>
internal static class ServeArguments
{
    /// <summary>
    /// Reads a well-formed <c>serve</c> command line without the command-line library, whose start takes longer than that of everything else.
    /// Null for any other command line: the library runs or explains it.
    /// </summary>
    public static HeadlessServerOptions? TryRead(ReadOnlySpan<string> arguments, string workingDirectory)
    {
        if (arguments is not ["serve", .. var options])
        {
            return null;
        }

        HeadlessTransport? transport = null;
        var workspaces = ImmutableArray.CreateBuilder<string>();
        string? environment = null;
        var isTrusted = false;
        int? clientProcessId = null;
        string? logLevel = null;
        string? logFile = null;
        while (!options.IsEmpty)
        {
            if (options[0] == "--stdio" && transport is null)
            {
                transport = new HeadlessTransport.Stdio();
                options = options[1..];
                continue;
            }

            if (options[0] == "--trust" && !isTrusted)
            {
                isTrusted = true;
                options = options[1..];
                continue;
            }

            if (!LspArguments.TryTakeValue(ref options, out var name, out var value))
            {
                return null;
            }

            switch (name)
            {
                case "--listen" when transport is null:
                    transport = new HeadlessTransport.Listen(value);
                    break;
                case "--workspace":
                    workspaces.Add(Path.GetFullPath(value, workingDirectory));
                    break;
                case "--env" when environment is null && EnvironmentName.TryParse(value, out var parsed):
                    environment = parsed;
                    break;
                case "--clientProcessId" when clientProcessId is null && LspArguments.TryReadNumber(value, int.MaxValue, out var process):
                    clientProcessId = process;
                    break;
                case "--log-level" when logLevel is null && LspArguments.LogLevels.Contains(value):
                    logLevel = value;
                    break;
                case "--log-file" when logFile is null:
                    logFile = Path.GetFullPath(value, workingDirectory);
                    break;
                default:
                    return null;
            }
        }

        return transport is null
            ? null
            : new HeadlessServerOptions
            {
                Transport = transport,
                WorkingDirectory = workingDirectory,
                Workspaces = workspaces.DrainToImmutable(),
                Environment = environment,
                IsTrusted = isTrusted,
                ClientProcessId = clientProcessId,
                LogLevel = LspArguments.ToLogLevel(logLevel ?? LspArguments.DefaultLogLevel),
                LogFile = logFile,
            };
    }
}
