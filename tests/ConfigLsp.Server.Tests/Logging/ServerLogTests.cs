using System.Text.Json;
using ConfigLsp.Server.Logging;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Logging;

public sealed class ServerLogTests
{
    [Fact]
    public void Every_entry_is_one_line_of_json_with_the_agreed_members()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "log", "server.log");
        using (ServerLog log = Open(file))
        {
            log.Debug("too unimportant");
            log.Info("started\nwith a line break", ("folders", 2), ("trusted", true), ("client", "\"quoted\""));
            log.Failure("'x' failed.", new InvalidOperationException("the user's text"), "abc-1");
        }

        string[] lines = File.ReadAllLines(file);
        Assert.Equal(2, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("info", first.GetProperty("level").GetString());
        Assert.Equal("started\nwith a line break", first.GetProperty("message").GetString());
        Assert.Equal("instance", first.GetProperty("instanceId").GetString());
        Assert.Equal("lsp", first.GetProperty("service").GetString());
        Assert.Equal(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), first.GetProperty("timestamp").GetDateTime());
        Assert.Equal("""{"folders":2,"trusted":true,"client":"\u0022quoted\u0022"}""", first.GetProperty("context").GetRawText());

        JsonElement second = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal("error", second.GetProperty("level").GetString());
        Assert.Equal("abc-1", second.GetProperty("requestId").GetString());
        Assert.Equal("System.InvalidOperationException", second.GetProperty("context").GetProperty("exception").GetString());
        Assert.DoesNotContain("the user's text", lines[1]);
    }

    [Fact]
    public void The_level_can_be_changed_while_running()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "server.log");
        using (ServerLog log = Open(file))
        {
            log.SetLevel(LogLevel.Error);
            log.Warn("not written");
            log.SetLevel(LogLevel.Debug);
            log.Debug("written");
        }

        Assert.Contains("\"written\"", Assert.Single(File.ReadAllLines(file)));
    }

    [Fact]
    public void Files_are_limited_in_size_and_number()
    {
        using var folder = new TemporaryFolder();
        using (var log = new ServerLog(
            new LogOptions { Service = "lsp", File = Path.Combine(folder.Path, "server.log"), FileBytes = 2000, Files = 2 }, "instance", TimeProvider.System))
        {
            for (int i = 0; i < 200; i++)
                log.Info("entry", ("number", i));
        }

        FileInfo[] files = new DirectoryInfo(folder.Path).GetFiles();
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.InRange(file.Length, 1, 3000));
    }

    [Fact]
    public void A_file_that_cannot_be_written_does_not_stop_anything()
    {
        using var folder = new TemporaryFolder();
        string blocked = Path.Combine(folder.Path, "blocked");
        File.WriteAllText(blocked, "a file where a folder is needed");
        using ServerLog log = Open(Path.Combine(blocked, "server.log"));
        log.Error("goes nowhere");
    }

    [Fact]
    public void Warnings_and_errors_are_told_to_the_listener()
    {
        using var log = new ServerLog(new LogOptions { Service = "lsp", Enabled = false }, "instance", TimeProvider.System);
        var told = new List<(LogLevel, string)>();
        log.Listen((level, message) => told.Add((level, message)));
        log.Info("i");
        log.Warn("w", ("detail", 1));
        log.Error("e");
        Assert.Equal([(LogLevel.Warn, "w"), (LogLevel.Error, "e")], told);
    }

    private static ServerLog Open(string file) => new(new LogOptions { Service = "lsp", File = file }, "instance", new FakeTimeProvider());
}
