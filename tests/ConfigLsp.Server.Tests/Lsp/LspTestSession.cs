using System.IO.Pipelines;
using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Testing.Files;
using ConfigLsp.Testing.Lsp;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>A language server in this process, on a file system in memory, with a client attached.</summary>
internal sealed class LspTestSession : IAsyncDisposable
{
    public const string SettingsUri = "file:///folder/.nofx/settings.json";

    private readonly LspSession _session;
    private readonly ServerLog _log;
    private readonly CancellationTokenSource _stop = new();

    public LspTestSession(
        IFileSystem? files = null, TimeProvider? time = null, LogOptions? log = null, int? clientProcessId = null, RpcLimits? limits = null,
        ConfigurationAccess? configuration = null, SchemaCache? schemaCache = null)
    {
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        time ??= TimeProvider.System;
        var instance = new ServerInstance(time);
        _log = new ServerLog(log ?? new LogOptions { Service = "lsp", Enabled = false }, instance.Id, time);
        Files = files as InMemoryFileSystem ?? new InMemoryFileSystem();
        var options = new LspSessionOptions(instance, _log, files ?? Files) { ClientProcessId = clientProcessId, Configuration = configuration, SchemaCache = schemaCache };
        _session = new LspSession(toServer.Reader, toClient.Writer, limits is null ? options : options with { Limits = limits });
        Client = new LspTestClient(toClient.Reader, toServer.Writer);
        Closed = Task.Run(() => _session.RunAsync(_stop.Token));
    }

    public LspTestClient Client { get; }

    public InMemoryFileSystem Files { get; }

    public Task<RpcClose> Closed { get; }

    public bool IsShutDown => _session.IsShutDown;

    /// <summary>Starts a session and completes the handshake.</summary>
    /// <param name="capabilities">JSON of the client's capabilities.</param>
    /// <param name="options">JSON of the initialisation options.</param>
    /// <param name="prepare">Called before the first message.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="files">The file system; null for an empty one in memory.</param>
    /// <param name="limits">Those of the connection; null for the usual ones.</param>
    /// <param name="configuration">The configuration service; null for none.</param>
    /// <param name="root">The folder that is served.</param>
    /// <param name="schemaCache">Where copies of downloaded schemas are kept; null for nowhere.</param>
    public static async Task<LspTestSession> StartAsync(
        string capabilities = "{}", string options = "null", Action<LspTestSession>? prepare = null, TimeProvider? time = null, IFileSystem? files = null,
        RpcLimits? limits = null, ConfigurationAccess? configuration = null, string root = "file:///folder",
        SchemaCache? schemaCache = null)
    {
        var session = new LspTestSession(files, time, limits: limits, configuration: configuration, schemaCache: schemaCache);
        prepare?.Invoke(session);
        await session.InitializeAsync(capabilities, options, root);
        await session.Client.NotifyAsync("initialized", new JsonObject());
        return session;
    }

    public async Task<JsonNode> InitializeAsync(string capabilities = "{}", string options = "null", string root = "file:///folder") => (await Client.RequestAsync("initialize", new JsonObject
    {
        ["processId"] = null,
        ["rootUri"] = root,
        ["capabilities"] = JsonNode.Parse(capabilities),
        ["initializationOptions"] = JsonNode.Parse(options),
    }))!;

    public Task OpenAsync(string text, string uri = SettingsUri, string languageId = "jsonc", int version = 1) => Client.NotifyAsync(
        "textDocument/didOpen",
        new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = languageId, ["version"] = version, ["text"] = text } });

    /// <summary>Replaces the whole text.</summary>
    public Task ReplaceAsync(int version, string text, string uri = SettingsUri) => ChangeAsync(version, uri, new JsonObject { ["text"] = text });

    public Task ChangeAsync(int version, string uri, params JsonNode[] changes) => Client.NotifyAsync(
        "textDocument/didChange",
        new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
            ["contentChanges"] = new JsonArray(changes),
        });

    public Task CloseAsync(string uri = SettingsUri) => Client.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = Identifier(uri) });

    /// <summary>Waits for the next set of findings and gives them.</summary>
    public async Task<PublishedSet> NextSetAsync() => new((await Client.NextAsync("textDocument/publishDiagnostics"))!);

    /// <summary>Waits for the set of a version; sets of older versions are passed over.</summary>
    public async Task<PublishedSet> SetOfVersionAsync(int version)
    {
        PublishedSet set;
        do
        {
            set = await NextSetAsync();
        }
        while (set.Version != version);
        return set;
    }

    /// <summary>Completes when everything that was sent before has been taken in.</summary>
    public Task SettleAsync() => Client.RequestAsync("configlsp/ping", null);

    public static JsonObject Identifier(string uri) => new() { ["uri"] = uri };

    public static JsonObject At(int line, int character, string uri = SettingsUri) => new()
    {
        ["textDocument"] = Identifier(uri),
        ["position"] = new JsonObject { ["line"] = line, ["character"] = character },
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Closed;
        _session.Dispose();
        _log.Dispose();
        _stop.Dispose();
    }
}
