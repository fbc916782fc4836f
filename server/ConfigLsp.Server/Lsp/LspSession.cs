using System.IO.Pipelines;
using System.Text.Json;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Lsp.JsonLanguage;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Navigation;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Settings;
using ConfigLsp.Server.Lsp.Unopened;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;
using ConfigLsp.Server.Rpc.Transports;

namespace ConfigLsp.Server.Lsp;

/// <summary>One editor's connection: puts the parts together and runs them.</summary>
internal sealed class LspSession : IDisposable
{
    private readonly LspSessionOptions _options;
    private readonly SessionState _state = new();
    private readonly LspClient _client = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ErrorRecord _errors;
    private readonly WorkspaceSchemas _workspace;
    private readonly DiagnosticsPublisher _publisher;
    private readonly WorkspacePublisher _workspacePublisher;
    private readonly ShownRefresh _refresh;
    private readonly SettingsHandlers _settings;
    private readonly FormatterRegistration _formatter;
    private readonly EffectiveSettings? _effective;
    private readonly RpcConnection _connection;
    private IAsyncDisposable? _service;
    private InitializeParams _initialize = new();

    public LspSession(PipeReader input, PipeWriter output, LspSessionOptions options)
    {
        _options = options;
        TimeProvider time = options.Instance.Time;
        _errors = new ErrorRecord(time);
        var catalog = new SchemaCatalog(ignoreCase: !options.Files.IsCaseSensitive);
        _workspace = new WorkspaceSchemas(
            new WorkspaceSchemaOptions(options.Files, _state.Documents.FindText, options.SchemaCache), catalog, new ClientContentSource(_client, time), options.Log, time);
        var snapshots = new SnapshotSource(_workspace);
        var readiness = new SettingsReadiness(time);
        var buffers = new EditorBuffers(_state, _client, options.Files, time);
        _effective = options.Configuration is { } access
            ? new EffectiveSettings(access, buffers, time, options.Log, _errors, Refresh)
            : null;
        var findings = new RecentFindings();
        var analysis = new DocumentAnalysis(_state, snapshots, readiness, findings, _effective);
        _publisher = new DiagnosticsPublisher(_state, analysis, _client, time, options.Log, _errors);
        _refresh = new ShownRefresh(_state, _publisher, _client, _stop.Token);
        _settings = new SettingsHandlers(_state, _client, readiness, options.Log, options.LogLevel, Apply, _stop.Token);
        var list = new SettingsFileList(_workspace, options.Files, catalog);
        var unopened = new UnopenedFindings(_state, readiness, analysis, _workspace, list, options.Files, options.Log, _errors);
        _workspacePublisher = new WorkspacePublisher(_state, unopened, _state.Pulse, _client, options.Log, _errors);
        _formatter = new FormatterRegistration(_state, _client, options.Log, _stop.Token);
        _workspace.SchemasChanged = documents => _refresh.Now(documents);

        var handlers = new RpcHandlers();
        var health = new HealthReporter(options.Instance);
        new LifecycleHandlers(_state, Started, Ready).Register(handlers);
        handlers.Later(later =>
        {
            new SynchronizationHandlers(_state, _publisher, _workspace, options.Log).Register(later);
            new PullDiagnosticsHandlers(_state, analysis).Register(later);
            var requests = new FeatureRequests(_state, snapshots);
            new LanguageFeatureHandlers(requests, _effective).Register(later);
            new FormattingHandlers(requests, _state).Register(later);
            new StructureHandlers(requests, _state).Register(later);
            new SemanticTokenHandlers(requests).Register(later);
            new HintHandlers(requests, _effective).Register(later);
            new CodeActionHandlers(requests, findings).Register(later);
            new CompletionHandlers(requests, new FolderListing(_workspace, options.Files), () => _workspace.KnownSchemas).Register(later);
            var places = new SettingPlaces(buffers, options.Files);
            var schemaFiles = new SchemaFiles(_workspace, catalog, options.Files);
            new NavigationHandlers(requests, _workspace, _effective, places, schemaFiles, options.Files).Register(later);
            new RenameHandlers(requests, _effective, places).Register(later);
            _settings.Register(later);
            new WorkspaceHandlers(_state, _workspace, list, _effective).Register(later);
            new WorkspaceDiagnosticsHandlers(_state, unopened, _client).Register(later);
            new WorkspaceSymbolHandlers(_state, _workspace, list, options.Files).Register(later);
            new JsonLanguageHandlers(_state, _workspace, analysis, snapshots).Register(later);
            new ServiceHandlers(options.Instance, health, _workspace, _state, _effective).Register(later);
            if (_effective is not null)
                _service = options.Configuration!.Serve(Connect(later, health, buffers));
        });

        _connection = new RpcConnection(input, output, handlers, options.Limits, new RpcLog(Warned, Failed), time);
        _client.Attach(_connection);
        health.Add(ProcessHealth.Name, () => ProcessHealth.Check(options.Instance));
        health.Add(LspHealth.Documents, () => LspHealth.CheckDocuments(_state, _publisher));
        health.Add(SchemaHealth.Name, () => SchemaHealth.Check(_workspace));
        if (_effective is { } effective)
            ServiceHealth.AddTo(health, () => effective.Host);
        health.Add(LspHealth.Connection, () => LspHealth.CheckConnection(_connection.Statistics));
        health.Add(ProcessHealth.Resources, ProcessHealth.CheckResources);
        health.Add(ErrorRecord.Name, _errors.Check);
    }

    /// <summary>Whether the client said <c>shutdown</c>.</summary>
    public bool IsShutDown => _state.Lifecycle.IsShutDown;

    /// <summary>Serves until the client is done or gone, or <paramref name="cancellation"/> is cancelled.</summary>
    public async Task<RpcClose> RunAsync(CancellationToken cancellation)
    {
        // On the thread pool, since what is registered with the token may take its time.
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), _stop);
        if (_options.ClientProcessId is { } processId)
            Watch(processId);
        _options.Log.Listen(Tell);
        try
        {
            return await _connection.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _options.Log.Listen(null);
            _publisher.Stop();
            _state.Pulse.Stop();
            await _stop.CancelAsync().ConfigureAwait(false);
            if (_service is not null)
                await _service.DisposeAsync().ConfigureAwait(false);
            if (_effective is not null)
                await _effective.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _stop.Dispose();
    }

    private ConfigurationConnection Connect(RpcHandlers handlers, HealthReporter health, EditorBuffers buffers) => new()
    {
        Handlers = handlers,
        Connection = _connection,
        Instance = _options.Instance,
        Log = _options.Log,
        Health = health,
        Host = () => _effective!.Host,
        Buffers = buffers,
        Actor = () => _initialize.ClientInfo?.Name ?? "editor",
    };

    private void Started(InitializeParams parameters)
    {
        _initialize = parameters;
        _workspace.Create(InitializationOptions.Read(parameters));
        if (parameters.ProcessId.ValueKind == JsonValueKind.Number && parameters.ProcessId.TryGetInt32(out int processId) && processId != _options.ClientProcessId)
            Watch(processId);
    }

    private void Ready()
    {
        InitializationOptions initialization = InitializationOptions.Read(_initialize);
        _workspace.Open(initialization.Folders);
        _effective?.Open(initialization.Folders, initialization.IsTrusted);
        _settings.Start();
        if (!_state.Features.Configuration)
            _formatter.Apply(_state.Settings);
        if (!_state.Features.PullsDiagnostics)
            _ = Task.Run(() => _workspacePublisher.RunAsync(_stop.Token), CancellationToken.None);
        if (Registrations() is { Count: > 0 } registrations)
            _ = RegisterAsync(registrations);
        _options.Log.Info(
            "The language server serves a client.",
            ("client", _initialize.ClientInfo?.Name ?? "unknown"),
            ("folders", initialization.Folders.Count),
            ("trusted", initialization.IsTrusted),
            ("pull", _state.Features.PullsDiagnostics),
            ("positions", PositionEncodingNames.Of(_state.Features.PositionEncoding)),
            ("version", ServerInstance.Version));
    }

    private List<Registration> Registrations()
    {
        var registrations = new List<Registration>();
        if (_state.Features.RegistersConfiguration)
            registrations.Add(new Registration("configuration", "workspace/didChangeConfiguration", RegisterOptions: null));
        if (_state.Features.RegistersWatchedFiles)
        {
            registrations.Add(new Registration(
                "files", "workspace/didChangeWatchedFiles", new RegistrationOptions { Watchers = WorkspaceHandlers.Watchers }));
        }

        return registrations;
    }

    private async Task RegisterAsync(List<Registration> registrations)
    {
        try
        {
            await _client.RegisterAsync(new RegistrationParams(registrations), _stop.Token).ConfigureAwait(false);
        }
        catch (RpcException refusal)
        {
            _options.Log.Warn("The client refused to register what it said it can.", ("code", refusal.Error.Code));
        }
        catch (Exception exception) when (exception is RpcConnectionClosedException or OperationCanceledException)
        {
            // There is nobody left to serve.
        }
    }

    private void Apply(LspSettings settings)
    {
        _workspace.Apply(settings);
        _effective?.Apply(settings.ToDownloadSettings());
        _formatter.Apply(settings);
        _refresh.Now();
    }

    /// <summary>What programs read has changed, and with it what is said about these documents.</summary>
    private void Refresh(Func<OpenDocument, bool> which) => _refresh.Now(which);

    private void Watch(int processId) => _ = Task.Run(async () =>
    {
        try
        {
            await ClientProcessWatch.WaitForExitAsync(
                processId, ClientProcessWatch.DefaultInterval, _options.Instance.Time, _stop.Token).ConfigureAwait(false);
            _options.Log.Info("The client's process has ended.", ("processId", processId));
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The session ended first.
        }
    });

    private void Warned(string message) => _options.Log.Warn(message);

    private void Failed(string requestId, string method, Exception exception)
    {
        _options.Log.Failure($"'{method}' failed.", exception, requestId);
        _errors.Add($"'{method}' failed ({exception.GetType().Name}).");
    }

    /// <summary>Shows a warning or an error in the editor's log. Sent without waiting: a client that does not read loses it.</summary>
    private void Tell(LogLevel level, string message)
    {
        if (_state.Lifecycle.IsServing)
            _ = _client.LogMessageAsync(new LogMessageParams(level == LogLevel.Error ? 1 : 2, message)).AsTask();
    }
}
