using System.CommandLine;
using System.CommandLine.Help;
using ConfigLsp.Server.Cli.Commands;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli;

/// <summary>The commands of <c>configlsp</c>: parses the arguments, runs the one that is named, and gives the exit code.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line. Wrong usage is explained on standard error and gives <see cref="ExitCodes.Failure"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandLineHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await RunCommandAsync(arguments, host, cancellationToken);
        }
        catch (IOException exception)
        {
            // What is read comes as results; what fails here is writing, for instance to a full disk.
            TrySay(host, $"configlsp: error: The output could not be written: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    private static async Task<int> RunCommandAsync(IReadOnlyList<string> arguments, CommandLineHost host, CancellationToken cancellationToken)
    {
        var root = CreateRoot(host);
        if (Suggestions.IsRequest(arguments))
        {
            return Suggestions.Write(root, Parsing, arguments, host.Text);
        }

        var parsed = root.Parse(arguments, Parsing);
        var errors = parsed.Action is { ClearsParseErrors: true } ? [] : UsageErrors.Describe(parsed);
        if (errors.Count > 0)
        {
            Explain(errors, parsed, host);
            return ExitCodes.Failure;
        }

        // The command's own cancellation is the caller's: no handler of the library, which would end the process after a time-out.
        var invocation = new InvocationConfiguration { Output = host.Text, Error = host.Messages, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static void TrySay(CommandLineHost host, string message)
    {
        try
        {
            host.Messages.WriteLine(message);
            host.Messages.Flush();
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code remains.
        }
    }

    private static Command CreateRoot(CommandLineHost host)
    {
        var version = new Option<bool>("--version") { Description = "Show the version", Action = new VersionAction(host) };
        var help = new HelpOption { Recursive = true };
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new Command("configlsp", "Checks, reads and changes settings: in the editor, on the command line and for programs")
        {
            LspCommand.Create(host),
            ServeCommand.Create(host),
            CheckCommand.Create(host),
            SchemaCommand.Create(host),
            GetCommand.Create(host),
            UpdateCommands.CreateSet(host),
            UpdateCommands.CreateUnset(host),
            InspectCommand.Create(host),
            ListCommand.Create(host),
            EffectiveCommand.Create(host),
            HistoryCommand.Create(host),
            RestoreCommand.Create(host),
            SourcesCommand.Create(host),
            HealthCommand.Create(host),
            TrustCommand.Create(host),
            CompletionCommand.Create(host),
            version,
            help,
        };
    }

    private static void Explain(IReadOnlyList<string> errors, ParseResult parsed, CommandLineHost host)
    {
        var style = new TextStyle(host.MessagesTerminal.HasColor(host.Variable));
        foreach (var error in errors)
        {
            host.Messages.WriteLine($"configlsp: {style.Error("error:")} {TerminalText.Sanitize(error)}");
        }

        var path = $"configlsp {CommandPath(parsed.CommandResult)}".TrimEnd();
        host.Messages.WriteLine($"Run '{path} --help' for what is possible.");
        host.Messages.Flush();
    }

    /// <summary>The words of a command behind <c>configlsp</c>; empty for that itself.</summary>
    internal static string CommandPath(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}".TrimStart() : string.Empty;
}
