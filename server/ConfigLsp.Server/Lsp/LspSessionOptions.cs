using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>What a session gets from the process around it. Time comes from <see cref="ServerInstance.Time"/>.</summary>
internal sealed record LspSessionOptions(ServerInstance Instance, ServerLog Log, IFileSystem Files)
{
    /// <summary>The log's level until the client's settings give another.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Info;

    /// <summary>The process whose end ends the session, beside the one that <c>initialize</c> names.</summary>
    public int? ClientProcessId { get; init; }

    /// <summary>The configuration service; null for a session that only serves the language.</summary>
    public ConfigurationAccess? Configuration { get; init; }

    /// <summary>Where copies of downloaded schemas are kept; null for nowhere.</summary>
    public SchemaCache? SchemaCache { get; init; }

    /// <summary>
    /// The limits of the connection. Editors keep documents up to some 50 MB in step, in messages whose escapes make them up to about twice as long.
    /// </summary>
    public RpcLimits Limits { get; init; } = RpcLimits.Default with { MessageBytes = 128 * 1024 * 1024, BytesInFlight = 128 * 1024 * 1024 };
}
