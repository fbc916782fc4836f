namespace ConfigLsp.Server.Health;

/// <summary>The state of the whole process: the worst of its components.</summary>
internal sealed record HealthReport(
    HealthStatus Status,
    DateTimeOffset Timestamp,
    string Version,
    string InstanceId,
    int ProcessId,
    long UptimeMs,
    IReadOnlyList<HealthCheck> Checks);
