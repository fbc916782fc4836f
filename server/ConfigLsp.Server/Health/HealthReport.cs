namespace ConfigLsp.Server.Health;

/// <summary>The state of the whole process: the worst of its components.</summary>
/// <param name="Status">The worst status of <paramref name="Checks"/>.</param>
/// <param name="Timestamp">When the components were asked.</param>
/// <param name="AgeMs">How long ago that was, in milliseconds.</param>
/// <param name="Revision">The revision of the settings of the first served folder; null where none is served.</param>
/// <param name="Version">The version of the product.</param>
/// <param name="InstanceId">This run of the server.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="UptimeMs">How long it runs, in milliseconds.</param>
/// <param name="Checks">The components.</param>
internal sealed record HealthReport(
    HealthStatus Status,
    DateTimeOffset Timestamp,
    long AgeMs,
    long? Revision,
    string Version,
    string InstanceId,
    int ProcessId,
    long UptimeMs,
    IReadOnlyList<HealthCheck> Checks);
