using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>The components of one editor's connection, for the health report.</summary>
internal static class LspHealth
{
    public const string Documents = "documents";
    public const string Connection = "connection";

    /// <summary>Documents that wait for their findings above which a person would notice.</summary>
    private const int PendingWarning = 50;

    /// <summary>Internal errors, as a share of all messages in percent, from which the connection counts as degraded.</summary>
    private const int FailurePercent = 5;

    public static HealthCheck CheckDocuments(SessionState state, DiagnosticsPublisher publisher)
    {
        int open = state.Documents.Count;
        int pending = publisher.Pending;
        bool late = pending > PendingWarning;
        return new HealthCheck(Documents, late ? HealthStatus.Degraded : HealthStatus.Healthy, late ? $"{pending} documents wait for their problems." : $"{open} open.")
        {
            Advice = late ? "Wait a moment; if it stays like this, restart the server." : null,
            Details = new Dictionary<string, HealthFact> { ["open"] = open, ["pending"] = pending },
        };
    }

    public static HealthCheck CheckConnection(RpcStatistics statistics)
    {
        bool degraded = statistics.Failures * 100 > statistics.Messages * FailurePercent;
        return new HealthCheck(
            Connection,
            degraded ? HealthStatus.Degraded : HealthStatus.Healthy,
            degraded ? $"{statistics.Failures} of {statistics.Messages} messages failed in the server." : $"{statistics.Messages} messages handled.")
        {
            Advice = degraded ? "The server's log tells more. Please report it; restarting the server may help." : null,
            Details = new Dictionary<string, HealthFact>
            {
                ["messages"] = statistics.Messages,
                ["failures"] = statistics.Failures,
                ["malformed"] = statistics.Malformed,
                ["unmatchedResponses"] = statistics.UnmatchedResponses,
            },
        };
    }
}
