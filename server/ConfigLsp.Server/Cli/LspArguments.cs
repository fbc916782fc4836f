using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server.Cli;

/// <summary>The arguments of <c>configlsp lsp</c>.</summary>
internal static class LspArguments
{
    /// <summary>The words of <c>--log-level</c>.</summary>
    public static readonly ImmutableArray<string> LogLevels = ["error", "warn", "info", "debug"];

    public const string DefaultLogLevel = "info";

    /// <summary>
    /// Reads a well-formed <c>lsp</c> command line without the command-line library, whose start takes longer than that of everything else
    /// an editor waits for. Null for any other command line: the library runs or explains it.
    /// </summary>
    public static LspServerOptions? TryRead(ReadOnlySpan<string> arguments, string workingDirectory)
    {
        if (arguments is not ["lsp", .. var options])
        {
            return null;
        }

        LspTransport? transport = null;
        int? clientProcessId = null;
        string? logLevel = null;
        string? logFile = null;
        while (!options.IsEmpty)
        {
            if (options[0] == "--stdio" && transport is null)
            {
                transport = new LspTransport.Stdio();
                options = options[1..];
                continue;
            }

            if (!TryTakeValue(ref options, out var name, out var value))
            {
                return null;
            }

            switch (name)
            {
                case "--pipe" when transport is null:
                    transport = new LspTransport.Pipe(value);
                    break;
                case "--socket" when transport is null && TryReadNumber(value, ushort.MaxValue, out var port):
                    transport = new LspTransport.Socket(port);
                    break;
                case "--clientProcessId" when clientProcessId is null && TryReadNumber(value, int.MaxValue, out var process):
                    clientProcessId = process;
                    break;
                case "--log-level" when logLevel is null && LogLevels.Contains(value):
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
            : new LspServerOptions { Transport = transport, ClientProcessId = clientProcessId, LogLevel = ToLogLevel(logLevel ?? DefaultLogLevel), LogFile = logFile };
    }

    /// <summary>The level of one of <see cref="LogLevels"/>.</summary>
    public static LogLevel ToLogLevel(string word) => Enum.Parse<LogLevel>(word, ignoreCase: true);

    /// <summary>Reads a whole number from 1 to <paramref name="most"/>.</summary>
    public static bool TryReadNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;

    /// <summary>Takes <c>--name=value</c> or <c>--name value</c> from the front.</summary>
    public static bool TryTakeValue(ref ReadOnlySpan<string> options, out string name, out string value)
    {
        var assigned = options[0].IndexOf('=', StringComparison.Ordinal);
        var length = assigned < 0 ? 2 : 1;
        (name, value) = assigned < 0 ? (options[0], options.Length > 1 ? options[1] : string.Empty) : (options[0][..assigned], options[0][(assigned + 1)..]);
        options = options[Math.Min(length, options.Length)..];
        return value.Length > 0 && value[0] != '-';
    }
}
