using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>What one connection brings along for the methods of the service.</summary>
internal sealed record ApiContext
{
    private readonly string _connection = Guid.NewGuid().ToString("N")[..8];
    private long _errors;

    public required ServerInstance Instance { get; init; }

    public required ServerLog Log { get; init; }

    /// <summary>The health of the process or of the editor's session.</summary>
    public required HealthReporter Health { get; init; }

    /// <summary>Where the connection joins those who are told of sources and breakers.</summary>
    public required NotificationHub Hub { get; init; }

    /// <summary>The served folders; asked with each request, since an editor can add and remove some.</summary>
    public required Func<ConfigurationHost> Host { get; init; }

    /// <summary>The folder that is meant where a request names none; null for the first that is served.</summary>
    public Func<string?> DefaultWorkspace { get; init; } = static () => null;

    /// <summary>Who asks, for the history.</summary>
    public required Func<string> Actor { get; init; }

    /// <summary>The files that are open in the editor at the other end; null if there is no editor.</summary>
    public IEditorBuffers? Buffers { get; init; }

    /// <summary>Finds the service of a folder.</summary>
    /// <exception cref="RpcException">The folder is not served.</exception>
    public ConfigurationService Find(string method, string? workspace) =>
        Host().Find(workspace ?? DefaultWorkspace()).TryGet(out ConfigurationService? service, out ServiceError? error) ? service : throw Failure(method, error);

    /// <summary>The answer of a request that failed as expected. The log knows it by the same id as the client.</summary>
    public RpcException Failure(string method, ServiceError error)
    {
        string requestId = NextRequestId();
        Log.Debug("A request was refused.", ("requestId", requestId), ("method", method), ("error", error.Descriptor.Name));
        return new RpcException(ErrorMapping.ToRpc(error, requestId));
    }

    /// <summary>A new id, unique among the connections of this machine.</summary>
    public string NextRequestId() => $"{_connection}-e{Interlocked.Increment(ref _errors)}";
}
