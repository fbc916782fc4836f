using ConfigLsp.Server.Cli;
using ConfigLsp.Server.Headless;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class ServeCommandTests
{
    public static TheoryData<string> WellFormed =>
    [
        "serve --stdio",
        "serve --stdio --workspace a --workspace=/b --trust",
        "serve --listen /run/s.sock --env test",
        "serve --listen=s.sock --env=training --log-level debug --log-file a.log",
        "serve --clientProcessId 4711 --stdio",
    ];

    public static TheoryData<string, string> Malformed => new()
    {
        { "serve", "exactly" },
        { "serve --stdio --listen a", "both are" },
        { "serve --listen", "--listen" },
        { "serve --stdio --env 1st", "--env must be the name of an environment" },
        { "serve --stdio --workspace", "--workspace" },
        { "serve --stdio --clientProcessId 0", "whole number" },
        { "serve --stdio --log-level loud", "--log-level must be one of" },
        { "serve --stdio --trsut", "Did you mean '--trust'?" },
        { "serve --stdio extra", "extra" },
    };

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task Both_ways_to_read_a_command_line_agree(string line)
    {
        string[] arguments = line.Split(' ');
        CommandLineRun run = await new CommandLineRun().RunAsync(arguments);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        HeadlessServerOptions quick = ServeArguments.TryRead(arguments, run.WorkingDirectory)!;
        Assert.Equal(quick.Workspaces.ToArray(), run.Service!.Workspaces.ToArray());
        // The placeholders hold functions, which are never equal.
        Assert.Equal(quick with { Workspaces = default, Placeholders = null! }, run.Service with { Workspaces = default, Placeholders = null! });
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_wrong_command_line_is_explained_and_starts_nothing(string line, string explanation)
    {
        string[] arguments = line.Split(' ');
        CommandLineRun run = await new CommandLineRun().RunAsync(arguments);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Null(run.Service);
        Assert.Empty(run.Output);
        Assert.Contains("configlsp: error: ", run.Messages, StringComparison.Ordinal);
        Assert.Contains(explanation == "exactly" ? "none is given" : explanation, run.Messages, StringComparison.Ordinal);
        Assert.Null(ServeArguments.TryRead(arguments, run.WorkingDirectory));
    }
}
