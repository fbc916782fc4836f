using System.CommandLine;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Reporting;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp check</c>: checks settings files and reports what is wrong.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandLineHost host)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Files, folders or globs; - is standard input [default: the current folder]",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
        };
        var schema = new Option<string>("--schema") { Description = "Check all files by this schema", HelpName = "file or URI" };
        var format = ChoiceOption.Create("--format", "How to report", "text", "text", "json", "sarif", "github");
        var failOn = ChoiceOption.Create("--fail-on", "Mildest finding that makes the exit code 1", "error", "error", "warning");
        var standardInputPath = new Option<string>("--stdin-path") { Description = "The path that standard input stands for, which decides its schema", HelpName = "path" };
        var access = new SchemaAccessOptions("Trust the workspace: its files may name schemas and settings outside of it");
        var command = new Command("check", "Check settings files") { paths, schema, format, failOn, standardInputPath };
        access.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(standardInputPath) is not null && result.GetValue(paths)?.Contains(CheckRequest.StandardInput) != true)
            {
                result.AddError("--stdin-path names standard input, which is not among the paths. Add - to them.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            host,
            new CheckRequest
            {
                Paths = parsed.GetValue(paths) ?? [],
                Schema = parsed.GetValue(schema),
                StandardInputPath = parsed.GetValue(standardInputPath),
                Access = access.Read(parsed),
                Format = Enum.Parse<ReportFormat>(parsed.GetRequiredValue(format), ignoreCase: true),
                FailOn = parsed.GetValue(failOn) == "warning" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandLineHost host, CheckRequest request, CancellationToken cancellationToken)
    {
        var report = ReportFactory.Create(request.Format, host);
        try
        {
            return await new CheckRun(host, request, report).RunAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            // Files are read elsewhere, with failures as results; what fails here is writing the report, for instance to a full disk.
            host.Messages.WriteLine($"configlsp: error: The report could not be written: {exception.Message}");
            host.Messages.Flush();
            return ExitCodes.Failure;
        }
        finally
        {
            (report as IDisposable)?.Dispose();
        }
    }
}
