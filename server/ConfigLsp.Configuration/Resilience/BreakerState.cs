namespace ConfigLsp.Configuration.Resilience;

/// <summary>The states of a circuit breaker.</summary>
public enum BreakerState
{
    /// <summary>Everything passes.</summary>
    Closed,

    /// <summary>Nothing passes until the time is up.</summary>
    Open,

    /// <summary>The time is up: one probe at a time passes and decides.</summary>
    HalfOpen,

    /// <summary>A person holds it open.</summary>
    Isolated,
}

/// <summary>A breaker at one moment. Immutable.</summary>
/// <param name="State">Its state.</param>
/// <param name="ConsecutiveFailures">Failed attempts since the last success.</param>
/// <param name="RetryAfter">While open: how long until a probe may pass, zero if it may now; null in the other states.</param>
/// <param name="OpenedAt">When it opened last, by the wall clock; null while closed.</param>
/// <param name="LastError">The name of the last failure, also after a success; null if there was none since the failures were forgotten.</param>
public sealed record BreakerSnapshot(BreakerState State, int ConsecutiveFailures, TimeSpan? RetryAfter, DateTimeOffset? OpenedAt, string? LastError);

/// <summary>A change of a breaker's state.</summary>
/// <param name="source">The source that it guards.</param>
/// <param name="oldState">The state before.</param>
/// <param name="snapshot">The breaker right after the change; it may have moved on since.</param>
public sealed class BreakerChangedEventArgs(string source, BreakerState oldState, BreakerSnapshot snapshot) : EventArgs
{
    /// <summary>The source that it guards.</summary>
    public string Source => source;

    /// <summary>The state before.</summary>
    public BreakerState OldState => oldState;

    /// <summary>The state after.</summary>
    public BreakerState NewState => snapshot.State;

    /// <summary>The breaker right after the change; it may have moved on since.</summary>
    public BreakerSnapshot Snapshot => snapshot;
}
