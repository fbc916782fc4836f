using System.CommandLine;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp schema</c>: which schemas there are, and which apply to a file.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandLineHost host)
    {
        var command = new Command("schema", "Show the schemas and what they apply to");
        command.Add(SchemaListCommand.Create(host));
        command.Add(SchemaShowCommand.Create(host));
        return command;
    }
}
