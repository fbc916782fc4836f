using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp;

namespace ConfigLsp.Server;

/// <summary>Gives the session of an editor the configuration service: a host of its own, and the methods for programs on its connection.</summary>
/// <param name="options">Gives what the host takes from the process, when it is made; its observer, its HTTP access and its downloads come from the session.</param>
internal sealed class EditorConfiguration(Func<HostOptions> options)
{
    private readonly NotificationHub _hub = new();
    private volatile HealthReporter? _health;

    /// <summary>For the session of this process.</summary>
    public static ConfigurationAccess FromProcess() => new EditorConfiguration(static () =>
        HostFactory.CreateOptions(new PhysicalFileSystem(), new SchemaCatalog(ignoreCase: OperatingSystem.IsWindows()), PathPlaceholders.FromProcess())).Access;

    public ConfigurationAccess Access => new() { CreateHost = CreateHost, Serve = Serve };

    private ConfigurationHost CreateHost(ConfigurationHostRequest request)
    {
        HostOptions process = options();
        return new ConfigurationHost(process with
        {
            WatchesFiles = true,
            Http = () => request.Downloads().Http,
            SchemaDownloads = () => (process.SchemaDownloads?.Invoke() ?? new SchemaDownloadOptions()) with { Settings = request.Downloads() },
            Observer = (folder, happened) => Observe(request, folder, happened),
        });
    }

    private void Observe(ConfigurationHostRequest request, string folder, ServiceEvent happened)
    {
        _hub.Tell(folder, happened);
        request.Observer(folder, happened);
        // That a source has been read for the first time is no news, and health would open the state database.
        if (happened is ServiceEvent.BreakerChanged or ServiceEvent.SourceStateChanged { Old: not LayerState.NotLoaded } or ServiceEvent.InternalError)
            _health?.Touch();
    }

    private ServiceApi Serve(ConfigurationConnection connection)
    {
        _health = connection.Health;
        var api = new ServiceApi(new ApiContext
        {
            Instance = connection.Instance,
            Log = connection.Log,
            Health = connection.Health,
            Hub = _hub,
            Host = connection.Host,
            Actor = connection.Actor,
            Buffers = connection.Buffers,
        });
        // The editor's connection answers for itself and its documents.
        api.Register(connection.Handlers, withoutServer: true);
        api.Attach(connection.Connection);
        return api;
    }
}
