using System.Collections.Immutable;
using System.Globalization;

namespace ConfigLsp.Server.Cli;

/// <summary>What <c>configlsp lsp</c> was asked for.</summary>
internal sealed record LanguageServerArguments
{
    /// <summary>The words of <c>--log-level</c>.</summary>
    public static readonly ImmutableArray<string> LogLevels = ["error", "warn", "info", "debug"];

    public const string DefaultLogLevel = "info";

    /// <summary>How client and server talk; exactly one of the three ways is given.</summary>
    public required LanguageServerChannel Channel { get; init; }

    /// <summary>The process whose end also ends the server, or null.</summary>
    public int? ClientProcessId { get; init; }

    /// <summary>The least severe entries that are logged: one of <see cref="LogLevels"/>.</summary>
    public required string LogLevel { get; init; }

    /// <summary>Where the log is written, or null for no file.</summary>
    public string? LogFile { get; init; }

    /// <summary>
    /// Reads a well-formed <c>lsp</c> command line without the command-line library, whose start takes longer than that of everything else
    /// an editor waits for. Null for any other command line: the library runs or explains it.
    /// </summary>
    public static LanguageServerArguments? TryRead(ReadOnlySpan<string> arguments, string workingDirectory)
    {
        if (arguments is not ["lsp", .. var options])
        {
            return null;
        }

        LanguageServerChannel? channel = null;
        int? clientProcessId = null;
        string? logLevel = null;
        string? logFile = null;
        while (!options.IsEmpty)
        {
            if (options[0] == "--stdio" && channel is null)
            {
                channel = new LanguageServerChannel.Stdio();
                options = options[1..];
                continue;
            }

            if (!TryTakeValue(ref options, out var name, out var value))
            {
                return null;
            }

            switch (name)
            {
                case "--pipe" when channel is null:
                    channel = new LanguageServerChannel.Pipe(value);
                    break;
                case "--socket" when channel is null && TryReadNumber(value, ushort.MaxValue, out var port):
                    channel = new LanguageServerChannel.Socket(port);
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

        return channel is null ? null : new LanguageServerArguments { Channel = channel, ClientProcessId = clientProcessId, LogLevel = logLevel ?? DefaultLogLevel, LogFile = logFile };
    }

    /// <summary>Reads a whole number from 1 to <paramref name="most"/>.</summary>
    public static bool TryReadNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;

    /// <summary>Takes <c>--name=value</c> or <c>--name value</c> from the front.</summary>
    private static bool TryTakeValue(ref ReadOnlySpan<string> options, out string name, out string value)
    {
        var assigned = options[0].IndexOf('=', StringComparison.Ordinal);
        var length = assigned < 0 ? 2 : 1;
        (name, value) = assigned < 0 ? (options[0], options.Length > 1 ? options[1] : string.Empty) : (options[0][..assigned], options[0][(assigned + 1)..]);
        options = options[Math.Min(length, options.Length)..];
        return value.Length > 0 && value[0] != '-';
    }
}

/// <summary>The closed family of channels.</summary>
internal abstract record LanguageServerChannel
{
    private LanguageServerChannel()
    {
    }

    /// <summary>Standard input and output.</summary>
    public sealed record Stdio : LanguageServerChannel;

    /// <summary>A named pipe or Unix socket that the client listens on.</summary>
    public sealed record Pipe(string Name) : LanguageServerChannel;

    /// <summary>A TCP port of this machine that the client listens on.</summary>
    public sealed record Socket(int Port) : LanguageServerChannel;
}
