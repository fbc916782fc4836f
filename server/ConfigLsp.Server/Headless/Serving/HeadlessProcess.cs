using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>What all connections of the process share.</summary>
internal sealed class HeadlessProcess : IAsyncDisposable
{
    public HeadlessProcess(HeadlessServerOptions options, ServerInstance instance, ServerLog log)
    {
        Options = options;
        Instance = instance;
        Log = log;
        Errors = new ErrorRecord(instance.Time);
        Health = new HealthReporter(instance);
        Workspaces = new ServedWorkspaces(options, instance.Time, Observe);
        Health.Add(ProcessHealth.Name, () => ProcessHealth.Check(instance));
        ServiceHealth.AddTo(Health, () => Workspaces.Host);
        Health.Add(ConnectionHealth.Name, Connections.Check);
        Health.Add(ProcessHealth.Resources, ProcessHealth.CheckResources);
        Health.Add(ErrorRecord.Name, Errors.Check);
    }

    public HeadlessServerOptions Options { get; }

    public ServerInstance Instance { get; }

    public ServerLog Log { get; }

    public ErrorRecord Errors { get; }

    public HealthReporter Health { get; }

    public NotificationHub Hub { get; } = new();

    public ConnectionHealth Connections { get; } = new();

    public ServedWorkspaces Workspaces { get; }

    /// <summary>A handler that threw, on any connection.</summary>
    public void Failed(string requestId, string method, Exception exception)
    {
        Log.Failure($"'{method}' failed.", exception, requestId);
        Errors.Add($"'{method}' failed ({exception.GetType().Name}).");
        Health.Touch();
    }

    public ValueTask DisposeAsync() => Workspaces.DisposeAsync();

    private void Observe(string folder, ServiceEvent happened)
    {
        Hub.Tell(folder, happened);
        if (ServiceLog.Write(Log, happened) is { } failure)
            Errors.Add($"The service failed ({failure.GetType().Name}).");
        if (happened is ServiceEvent.BreakerChanged or ServiceEvent.SourceStateChanged or ServiceEvent.InternalError)
            Health.Touch();
    }
}
