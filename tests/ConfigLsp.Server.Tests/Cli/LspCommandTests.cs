using ConfigLsp.Server.Cli;

namespace ConfigLsp.Server.Tests.Cli;

public sealed class LspCommandTests
{
    public static TheoryData<string> WellFormed =>
    [
        "lsp --stdio",
        "lsp --stdio --clientProcessId=4711",
        "lsp --clientProcessId 4711 --stdio",
        "lsp --pipe=/tmp/a.sock",
        "lsp --pipe /tmp/a.sock --log-level debug",
        "lsp --socket 65535 --log-file server.log",
        "lsp --socket=1 --log-file=/var/log/server.log --log-level=error",
    ];

    public static TheoryData<string> Malformed =>
    [
        "lsp",
        "lsp --stdio --pipe=a",
        "lsp --socket 1 --socket 2",
        "lsp --socket 0",
        "lsp --socket 65536",
        "lsp --socket x",
        "lsp --socket",
        "lsp --pipe",
        "lsp --stdio --clientProcessId=-1",
        "lsp --stdio --clientProcessId=99999999999",
        "lsp --stdio --log-level loud",
        "lsp --stdio --node-ipc",
        "lsp --stdio extra",
        "lsp --stdio --log-file",
    ];

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task Both_ways_to_read_a_command_line_agree(string line)
    {
        var arguments = line.Split(' ');
        var run = await new CommandLineRun().RunAsync(arguments);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.NotNull(run.LanguageServer);
        Assert.Equal(run.LanguageServer, LspArguments.TryRead(arguments, run.WorkingDirectory));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_wrong_command_line_is_explained_and_starts_nothing(string line)
    {
        var arguments = line.Split(' ');
        var run = await new CommandLineRun().RunAsync(arguments);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Null(run.LanguageServer);
        Assert.Empty(run.Output);
        Assert.Contains("configlsp: error: ", run.Messages, StringComparison.Ordinal);
        Assert.Contains("Run 'configlsp lsp --help'", run.Messages, StringComparison.Ordinal);
        Assert.Null(LspArguments.TryRead(arguments, run.WorkingDirectory));
    }

    [Theory]
    [InlineData("lsp --stdio --clientProcessID=1", "Unknown option '--clientProcessID'. Did you mean '--clientProcessId'?")]
    [InlineData("lsp --stdio --log-level wanr", "--log-level must be one of error, warn, info, debug, but is 'wanr'. Did you mean 'warn'?")]
    [InlineData("lsp --socket 70000", "--socket must be a whole number from 1 to 65535, but is '70000'.")]
    [InlineData("lps --stdio", "Unknown command 'lps'. Did you mean 'lsp'?")]
    [InlineData("", "Say what to do: one of lsp, serve, check, schema, get, set, unset, inspect, list, effective, history, restore, sources, health, trust, completion.")]
    public async Task A_mistake_is_named_with_what_would_be_right(string line, string message)
    {
        var run = await new CommandLineRun().RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
    }
}
