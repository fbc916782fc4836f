using System.Runtime.InteropServices;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Cli;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Server.Headless;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server;

/// <summary>The composition root: connects the command line with the process it runs in.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(interrupted, context));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(interrupted, context));
        if (LspArguments.TryRead(arguments, Environment.CurrentDirectory) is { } languageServer)
        {
            return await RunLanguageServerAsync(languageServer, interrupted.Token);
        }

        if (ServeArguments.TryRead(arguments, Environment.CurrentDirectory) is { } service)
        {
            return await HeadlessServer.RunAsync(service, interrupted.Token);
        }

        return await CommandLine.RunAsync(arguments, CreateHost(), interrupted.Token);
    }

    private static Task<int> RunLanguageServerAsync(LspServerOptions options, CancellationToken cancellation) =>
        LspServer.RunAsync(options, EditorConfiguration.FromProcess(), cancellation);

    private static CommandLineHost CreateHost()
    {
        var files = new PhysicalFileSystem();
        var catalog = new SchemaCatalog(ignoreCase: OperatingSystem.IsWindows());
        var placeholders = PathPlaceholders.FromProcess();
        return new CommandLineHost
        {
            Input = Console.OpenStandardInput(),
            Output = Console.OpenStandardOutput(),
            Messages = CommandLineHost.CreateWriter(Console.OpenStandardError()),
            WorkingDirectory = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            Placeholders = placeholders,
            OutputTerminal = Capabilities(Console.IsOutputRedirected),
            MessagesTerminal = Capabilities(Console.IsErrorRedirected),
            Parallelism = Environment.ProcessorCount,
            RunLanguageServer = RunLanguageServerAsync,
            RunService = HeadlessServer.RunAsync,
            Files = files,
            Catalog = catalog,
            ServiceOptions = () => HostFactory.CreateOptions(files, catalog, placeholders),
        };
    }

    private static TerminalCapabilities Capabilities(bool redirected) => redirected ? default : new TerminalCapabilities(IsTerminal: true, Width());

    private static int? Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            // A terminal that does not tell its size.
            return null;
        }
    }

    private static void Cancel(CancellationTokenSource interrupted, PosixSignalContext context)
    {
        // The first signal ends in order; a second one ends the process at once.
        context.Cancel = !interrupted.IsCancellationRequested;
        interrupted.Cancel();
    }
}
