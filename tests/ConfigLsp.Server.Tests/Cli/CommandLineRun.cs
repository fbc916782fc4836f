using System.Text;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Cli;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Server.Headless;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server.Tests.Cli;

/// <summary>Runs the command line in process and keeps what it wrote.</summary>
internal sealed class CommandLineRun
{
    public string WorkingDirectory { get; init; } = Path.GetTempPath();

    public byte[] Input { get; init; } = [];

    public Dictionary<string, string> Variables { get; init; } = [];

    public TerminalCapabilities Terminal { get; init; }

    public int Parallelism { get; init; } = 4;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder of the person; null for none.</summary>
    public string? HomeFolder { get; init; }

    /// <summary>Where state is kept; null for nowhere.</summary>
    public string? StateFolder { get; init; }

    public CancellationToken CancellationToken { get; init; }

    /// <summary>Standard output if it is not to be kept.</summary>
    public Stream? OutputStream { get; init; }

    public string Output { get; private set; } = string.Empty;

    public string Messages { get; private set; } = string.Empty;

    public int ExitCode { get; private set; }

    public LspServerOptions? LanguageServer { get; private set; }

    public HeadlessServerOptions? Service { get; private set; }

    public async Task<CommandLineRun> RunAsync(params string[] arguments)
    {
        using var input = new MemoryStream(Input);
        using var output = new MemoryStream();
        using var messages = new StringWriter { NewLine = "\n" };
        var placeholders = new PathPlaceholders(HomeFolder, name => Variables.GetValueOrDefault(name));
        var catalog = new SchemaCatalog(ignoreCase: false);
        var host = new CommandLineHost
        {
            Input = input,
            Output = OutputStream ?? output,
            Messages = messages,
            WorkingDirectory = WorkingDirectory,
            Variable = name => Variables.GetValueOrDefault(name),
            Placeholders = placeholders,
            Catalog = catalog,
            ServiceOptions = () => new HostOptions(new PhysicalFileSystem(), catalog)
            {
                Placeholders = placeholders,
                Variables = () => Variables,
                State = StateFolder is null ? null : new StateFolder(StateFolder),
                Time = Time,
                AllowPrivateAddresses = true,
            },
            OutputTerminal = Terminal,
            MessagesTerminal = Terminal,
            Parallelism = Parallelism,
            Time = Time,
            RunLanguageServer = (server, _) =>
            {
                LanguageServer = server;
                return Task.FromResult(0);
            },
            RunService = (service, _) =>
            {
                Service = service;
                return Task.FromResult(0);
            },
        };
        ExitCode = await CommandLine.RunAsync(arguments, host, CancellationToken);
        Output = Encoding.UTF8.GetString(output.ToArray());
        Messages = messages.ToString();
        return this;
    }
}
