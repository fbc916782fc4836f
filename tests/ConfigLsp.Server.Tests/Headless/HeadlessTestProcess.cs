using System.IO.Pipelines;
using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Headless;
using ConfigLsp.Server.Headless.Serving;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Headless;

/// <summary>The service for programs in this process, on a folder and a home of its own, with as many clients as a test connects.</summary>
internal sealed class HeadlessTestProcess : IAsyncDisposable
{
    public const string SettingsFile = "workspace/.nofx/settings.json";

    private readonly ServerLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(HeadlessSession Session, Task<RpcClose> Closed)> _sessions = [];
    private readonly bool _isShared;

    public HeadlessTestProcess(string? settings = """{ "maxAgents": 5 }""", bool isShared = true, bool isTrusted = false)
    {
        _isShared = isShared;
        Directory.CreateDirectory(Folder["home"]);
        Directory.CreateDirectory(Workspace);
        if (settings is not null)
            Folder.Write(SettingsFile, settings);
        var instance = new ServerInstance(TimeProvider.System);
        _log = new ServerLog(new LogOptions { Service = "serve", Enabled = false }, instance.Id, TimeProvider.System);
        Process = new HeadlessProcess(
            new HeadlessServerOptions
            {
                Transport = new HeadlessTransport.Stdio(),
                WorkingDirectory = Folder.Path,
                Workspaces = [Workspace],
                IsTrusted = isTrusted,
                Placeholders = new PathPlaceholders(Folder["home"], Variable),
            },
            instance,
            _log);
        if (isShared)
            Process.Workspaces.Start(client: null, hasOwnFolders: false);
    }

    public TemporaryFolder Folder { get; } = new();

    public string Workspace => Folder["workspace"];

    public HeadlessProcess Process { get; }

    /// <summary>The text of the settings file.</summary>
    public string Settings
    {
        get => File.ReadAllText(Folder[SettingsFile]);
        set => Folder.Write(SettingsFile, value);
    }

    /// <summary>A client that has not said anything yet.</summary>
    public LspTestClient Connect() => Connect(out _);

    /// <summary>A client that has not said anything yet.</summary>
    /// <param name="closed">Completes when the server has ended the connection.</param>
    public LspTestClient Connect(out Task<RpcClose> closed)
    {
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var session = new HeadlessSession(new RpcTransport(toServer.Reader, toClient.Writer), Process, _isShared);
        closed = Task.Run(() => session.RunAsync(_stop.Token));
        _sessions.Add((session, closed));
        return new LspTestClient(toClient.Reader, toServer.Writer);
    }

    /// <summary>A client that has completed the handshake.</summary>
    /// <param name="name">The program.</param>
    /// <param name="options">JSON of <c>initializationOptions.configlsp</c>.</param>
    public async Task<LspTestClient> InitializeAsync(string name = "test", string options = "null")
    {
        LspTestClient client = Connect();
        await client.RequestAsync("initialize", Initialize(name, options));
        await client.NotifyAsync("initialized", new JsonObject());
        return client;
    }

    public static JsonObject Initialize(string name = "test", string options = "null") => new()
    {
        ["processId"] = Environment.ProcessId,
        ["clientInfo"] = new JsonObject { ["name"] = name },
        ["capabilities"] = new JsonObject(),
        ["initializationOptions"] = new JsonObject { ["configlsp"] = JsonNode.Parse(options) },
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var (session, closed) in _sessions)
        {
            await closed;
            await session.DisposeAsync();
        }

        await Process.DisposeAsync();
        _log.Dispose();
        _stop.Dispose();
        Folder.Dispose();
    }

    private string? Variable(string name) => name switch
    {
        "HOME" or "LOCALAPPDATA" => Folder["home"],
        _ => null,
    };
}
