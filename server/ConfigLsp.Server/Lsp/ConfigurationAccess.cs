using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>
/// The configuration service as the composition root gives it to a session, which knows neither how a host is made nor the methods by which
/// programs ask it.
/// </summary>
internal sealed record ConfigurationAccess
{
    /// <summary>Makes the host of the session; called once, when it is first needed. Must not look at the workspace.</summary>
    public required Func<ConfigurationHostRequest, ConfigurationHost> CreateHost { get; init; }

    /// <summary>
    /// Registers the service's methods on the connection of the editor, when the first of them may be asked for. The result is disposed when the
    /// connection has ended.
    /// </summary>
    public required Func<ConfigurationConnection, IAsyncDisposable> Serve { get; init; }
}

/// <summary>What a session wants of its host.</summary>
/// <param name="Downloads">What the person permits of downloading schemas, and how settings and schemas are reached over HTTP.</param>
/// <param name="Observer">Told of what happens, by folder; returns at once.</param>
internal sealed record ConfigurationHostRequest(Func<SchemaDownloadSettings> Downloads, Action<string, ServiceEvent> Observer);

/// <summary>The connection of an editor, for the service's methods.</summary>
internal sealed record ConfigurationConnection
{
    public required RpcHandlers Handlers { get; init; }

    public required RpcConnection Connection { get; init; }

    public required ServerInstance Instance { get; init; }

    public required ServerLog Log { get; init; }

    public required HealthReporter Health { get; init; }

    /// <summary>The host; makes it if need be.</summary>
    public required Func<ConfigurationHost> Host { get; init; }

    /// <summary>The files that are open in the editor.</summary>
    public required IEditorBuffers Buffers { get; init; }

    /// <summary>Who asks, for the history.</summary>
    public required Func<string> Actor { get; init; }
}
