namespace ConfigLsp.Server.Headless.Protocol;

internal sealed record WatchParams : WorkspaceParams
{
    public string? Prefix { get; init; }

    public IReadOnlyList<KeyName>? Keys { get; init; }
}

internal sealed record WatchReply(string WatchId, long Revision);

internal sealed record UnwatchParams(string WatchId);

internal sealed record DidChangeParams(string WatchId, long Revision, DateTimeOffset Timestamp, IReadOnlyList<ChangeBody> Changes, LaggedBody? Lagged = null);

/// <param name="Key">The setting.</param>
/// <param name="Old">What it was; absent if it was not set.</param>
/// <param name="New">What it is; absent if it is not set.</param>
/// <param name="Source">The source of the new value.</param>
/// <param name="Redacted">True for a secret, whose values are left out.</param>
internal sealed record ChangeBody(string Key, RawJson? Old, RawJson? New, string? Source, bool? Redacted);

internal sealed record LaggedBody(long ResumeFrom);

internal sealed record WatchCancelledParams(string WatchId, string Reason);

internal sealed record SourceStateParams(string Workspace, string Source, string OldState, string State, ErrorBody? Error);

internal sealed record BreakerChangedParams(string Workspace, string Source, string OldState, BreakerBody Breaker);

internal sealed record HealthChangedParams(string Status, string OldStatus, DateTimeOffset Timestamp);
