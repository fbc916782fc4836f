using System.Text;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Server.Headless;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server.Cli;

/// <summary>
/// Everything that the command line touches of the process it runs in, so that tests can run it in process: <c>Program</c> gives the real
/// console and environment.
/// </summary>
internal sealed record CommandLineHost
{
    private readonly Lazy<TextWriter> _text;

    public CommandLineHost() => _text = new(() => CreateWriter(Output!));

    /// <summary>Standard input, read by <c>check -</c> and <c>set KEY -</c>.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output: results and nothing else.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: messages and progress.</summary>
    public required TextWriter Messages { get; init; }

    /// <summary>The absolute path that relative ones refer to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>An environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    public IFileSystem Files { get; init; } = new PhysicalFileSystem();

    /// <summary>The embedded catalogue of schemas.</summary>
    public SchemaCatalog Catalog { get; init; } = new(ignoreCase: OperatingSystem.IsWindows());

    /// <summary>The home folder and the variables that paths in <c>configlsp.json</c> may use.</summary>
    public required PathPlaceholders Placeholders { get; init; }

    public TerminalCapabilities OutputTerminal { get; init; }

    public TerminalCapabilities MessagesTerminal { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many files are checked at once, at least 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>What the settings service takes from the process.</summary>
    public required Func<HostOptions> ServiceOptions { get; init; }

    /// <summary>Runs the language server until its client ends it; returns the exit code.</summary>
    public required Func<LspServerOptions, CancellationToken, Task<int>> RunLanguageServer { get; init; }

    /// <summary>Runs the service for programs until it is told to end; returns the exit code.</summary>
    public required Func<HeadlessServerOptions, CancellationToken, Task<int>> RunService { get; init; }

    /// <summary><see cref="Output"/> as text. Not to be mixed with writing to the stream itself.</summary>
    public TextWriter Text => _text.Value;

    /// <summary>A writer in UTF-8 without byte order mark and with <c>\n</c> line ends, whatever the locale and platform.</summary>
    public static TextWriter CreateWriter(Stream stream) => new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
}
