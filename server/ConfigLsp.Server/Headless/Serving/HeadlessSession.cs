using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>One program's connection.</summary>
internal sealed class HeadlessSession : IAsyncDisposable
{
    private readonly HeadlessProcess _process;
    private readonly bool _isShared;
    private readonly SessionLifecycle _lifecycle = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceApi _api;
    private readonly RpcConnection _connection;
    private volatile ClientOptions? _client;
    private volatile string? _defaultWorkspace;
    private readonly List<string> _brought = [];

    /// <param name="transport">The way to the client.</param>
    /// <param name="process">What all connections share.</param>
    /// <param name="isShared">Whether the process has other clients too, so that this one cannot decide for all.</param>
    /// <param name="limits">Those of the connection; null for the usual ones.</param>
    public HeadlessSession(RpcTransport transport, HeadlessProcess process, bool isShared, RpcLimits? limits = null)
    {
        _process = process;
        _isShared = isShared;
        _api = new ServiceApi(new ApiContext
        {
            Instance = process.Instance,
            Log = process.Log,
            Health = process.Health,
            Hub = process.Hub,
            Host = () => process.Workspaces.Host!,
            DefaultWorkspace = () => _defaultWorkspace,
            Actor = () => _client?.Name ?? "client",
        });
        var handlers = new RpcHandlers { Gate = (method, _) => _lifecycle.Gate(method) };
        handlers.OnRequest("initialize", ApiJsonContext.Default.InitializeParams, ApiJsonContext.Default.InitializeResult, (parameters, _) => Initialize(parameters));
        handlers.OnNotification("initialized", RpcJsonContext.Default.NoParams, (_, _) => ValueTask.CompletedTask);
        handlers.OnRequest("shutdown", RpcJsonContext.Default.NoParams, RpcJsonContext.Default.NoResult, (_, _) =>
        {
            _lifecycle.ShutDown();
            return default;
        });
        handlers.OnExit("exit");
        _api.Register(handlers);
        _connection = new RpcConnection(
            transport.Input, transport.Output, handlers, limits, new RpcLog(message => process.Log.Warn(message), process.Failed), process.Instance.Time);
        _api.Attach(_connection);
    }

    /// <summary>Whether the client said <c>shutdown</c>.</summary>
    public bool IsShutDown => _lifecycle.IsShutDown;

    /// <summary>Serves until the client is done or gone, or <paramref name="cancellation"/> is cancelled.</summary>
    public async Task<RpcClose> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), _stop);
        _process.Connections.Opened(_connection);
        try
        {
            return await _connection.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _process.Connections.Closed(_connection);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session when a process ends.</summary>
    public void Watch(int processId) => _ = Task.Run(async () =>
    {
        try
        {
            await ClientProcessWatch.WaitForExitAsync(
                processId, ClientProcessWatch.DefaultInterval, _process.Instance.Time, _stop.Token).ConfigureAwait(false);
            _process.Log.Info("The client's process has ended.", ("processId", processId));
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The session ended first.
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync().ConfigureAwait(false);
        await _process.Workspaces.ReleaseAsync(_brought).ConfigureAwait(false);
        _stop.Dispose();
    }

    private ValueTask<InitializeResult> Initialize(InitializeParams parameters)
    {
        ClientOptions client = ClientOptions.Read(parameters);
        if (_isShared)
            RefuseWhatConcernsOthers(client);
        foreach (string folder in client.Folders)
        {
            if (_process.Workspaces.Fault(folder) is { } fault)
                throw ClientOptions.Invalid("workspaces", $"cannot be served: {fault}");
        }

        _process.Workspaces.Start(_isShared ? null : client, client.Folders.Count > 0);
        foreach (string folder in client.Folders)
        {
            string served = _process.Workspaces.TryOpen(folder, client.IsTrusted, out string? fault)
                ?? throw ClientOptions.Invalid("workspaces", $"cannot be served: {fault}");
            _brought.Add(served);
            _defaultWorkspace ??= served;
        }

        _client = client;
        if (client.ProcessId is { } processId)
            Watch(processId);
        _lifecycle.Initialized();
        _process.Log.Info("A client connected.", ("client", client.Name), ("folders", client.Folders.Count), ("version", ServerInstance.Version));
        string[] workspaces = [.. _process.Workspaces.Host!.Services.Select(static service => service.Folder).OrderByDescending(folder => folder == _defaultWorkspace)];
        return ValueTask.FromResult(new InitializeResult(
            new EmptyBody(),
            new ServerInfoBody("configlsp", ServerInstance.Version),
            new ApiBody(ApiDescription.Version, _process.Instance.Id, [.. ApiDescription.Methods.Select(static method => method.Name)], workspaces)));
    }

    private void RefuseWhatConcernsOthers(ClientOptions client)
    {
        if (client.Environment is { } environment && environment != _process.Workspaces.Environment)
            throw ClientOptions.Invalid("environment", "cannot be chosen by one of several clients; start the server with --env");
        if (client.CacheEnabled is not null || client.CacheTtlMs is not null)
            throw ClientOptions.Invalid("cache", "cannot be chosen by one of several clients; say it in the folder's configlsp.json");
    }
}
