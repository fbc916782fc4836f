namespace ConfigLsp.Server.Headless.Protocol;

internal sealed record PingReply(string Version, string InstanceId, DateTimeOffset Timestamp);

internal sealed record InfoReply
{
    public required string Version { get; init; }

    public required int ApiVersion { get; init; }

    public required string InstanceId { get; init; }

    public required string Workspace { get; init; }

    public required bool Trusted { get; init; }

    public string? StoreId { get; init; }

    public required long Revision { get; init; }

    public required EnvironmentBody Environment { get; init; }

    public required bool Loaded { get; init; }

    public DateTimeOffset? LastLoad { get; init; }

    public required int ErrorCount { get; init; }

    public required IReadOnlyList<SourceBody> Sources { get; init; }

    public required CacheBody Cache { get; init; }

    public required LimitsBody Limits { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}

internal sealed record EnvironmentBody(string Name, string DetectedBy, IReadOnlyList<EnvironmentStepBody> Trail);

internal sealed record EnvironmentStepBody(string Where, string? Value, string Outcome);

internal sealed record CacheBody(bool Enabled, long TtlMs, long Hits, long Misses, int Size);

internal sealed record LimitsBody(
    int MessageBytes, int Depth, int RequestsInFlight, int KeysPerGet, int KeyBytes, int KeySegments, int WatchesPerConnection, int Connections, int Workspaces);

internal sealed record SourceBody
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string State { get; init; }

    public string? Location { get; init; }

    public required bool Writable { get; init; }

    public required bool Optional { get; init; }

    public required bool Required { get; init; }

    public DateTimeOffset? LoadedAt { get; init; }

    public required double DurationMs { get; init; }

    public long? Size { get; init; }

    public required long Failures { get; init; }

    public required BreakerBody Breaker { get; init; }

    public ErrorBody? Error { get; init; }
}

internal sealed record BreakerBody(string State, int ConsecutiveFailures, long? RetryAfterMs, DateTimeOffset? OpenedAt, string? LastError);

internal sealed record SourcesReply(IReadOnlyList<SourceBody> Sources);

internal sealed record SourceNameParams : WorkspaceParams
{
    public string? Source { get; init; }
}

internal sealed record ProbesReply(IReadOnlyList<ProbeBody> Sources);

/// <param name="Name">The source.</param>
/// <param name="Status">healthy, unavailable or error.</param>
/// <param name="DurationMs">How long the probe took.</param>
/// <param name="Size">Bytes of its document, if it was read.</param>
/// <param name="Error">Why it is not healthy.</param>
internal sealed record ProbeBody(string Name, string Status, double DurationMs, long? Size, ErrorBody? Error);

internal sealed record BreakerParams : WorkspaceParams
{
    public required string Source { get; init; }

    public required string Action { get; init; }
}

internal sealed record BreakerReply(string Source, BreakerBody Breaker);

internal sealed record ReloadParams : WorkspaceParams
{
    public IReadOnlyList<string>? Sources { get; init; }
}

internal sealed record ReloadReply(long Revision, int ClearedEntries, IReadOnlyList<SourceBody> Sources);

internal sealed record InvalidateParams : WorkspaceParams
{
    public KeyName? Key { get; init; }

    public KeyName? Path { get; init; }
}

internal sealed record InvalidateReply(int RemovedEntries);

internal sealed record HealthParams(string? Kind = null, bool Fresh = false);
