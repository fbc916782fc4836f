using System.Text.Json;
using ConfigLsp.Server.Cli.Terminal;
using ConfigLsp.Testing;

namespace ConfigLsp.Server.Tests.Cli.Settings;

/// <summary>A workspace with a home and a state folder of its own, on which the command line runs in process.</summary>
internal sealed class SettingsFolder : IDisposable
{
    public const string File = "work/.nofx/settings.json";

    private readonly TemporaryFolder _folder = new();

    public SettingsFolder(string? settings = null)
    {
        Directory.CreateDirectory(_folder.PathTo("work/.nofx"));
        Directory.CreateDirectory(_folder.PathTo("home"));
        if (settings is not null)
        {
            Write(File, settings);
        }
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string PathTo(string path) => _folder.PathTo(path);

    public void Write(string path, string content) => _folder.Write(path, content);

    public string Read(string path = File) => System.IO.File.ReadAllText(_folder.PathTo(path));

    public bool Exists(string path) => System.IO.File.Exists(_folder.PathTo(path));

    /// <summary>Runs <c>configlsp</c> in the workspace; the words are parted by blanks.</summary>
    public Task<CommandLineRun> RunAsync(string line) => RunAsync(line.Split(' '));

    public Task<CommandLineRun> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    public Task<CommandLineRun> RunAsync(string[] arguments, byte[]? input, bool isTerminal = false) => new CommandLineRun
    {
        WorkingDirectory = PathTo("work"),
        HomeFolder = PathTo("home"),
        StateFolder = PathTo("state"),
        Variables = Variables,
        Input = input ?? [],
        Terminal = isTerminal ? new TerminalCapabilities(IsTerminal: true, Width: 80) : default,
    }.RunAsync(arguments);

    /// <summary>Runs a command with <c>--json</c>, expects an exit code, and gives its one object.</summary>
    public async Task<JsonElement> JsonAsync(string line, int exitCode = 0)
    {
        var run = await RunAsync($"{line} --json");
        Assert.Equal(exitCode, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    public void Dispose() => _folder.Dispose();
}
