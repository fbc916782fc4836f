using ConfigLsp.Server.Logging;

namespace ConfigLsp.Server.Lsp;

/// <summary>How the language server is started.</summary>
internal sealed record LspServerOptions
{
    public required LspTransport Transport { get; init; }

    /// <summary>The process whose end ends the server, beside the one that <c>initialize</c> names.</summary>
    public int? ClientProcessId { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Info;

    /// <summary>The log file; null for one in the user's state folder.</summary>
    public string? LogFile { get; init; }
}
