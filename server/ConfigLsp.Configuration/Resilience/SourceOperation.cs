namespace ConfigLsp.Configuration.Resilience;

/// <summary>How often an operation may be tried.</summary>
public enum AttemptMode
{
    /// <summary>As often as the options say, with waits between.</summary>
    Full,

    /// <summary>Once, and without a wait: for somebody who stands waiting for the answer.</summary>
    Single,
}

/// <summary>What an operation does.</summary>
public enum SourceOperationKind
{
    Load,
    Update,
}

/// <summary>How an operation ended.</summary>
public enum SourceOutcome
{
    /// <summary>The source was read, or the update made.</summary>
    Success,

    /// <summary>The document is not there.</summary>
    Missing,

    /// <summary>The request was refused for a reason that is not the source's, such as a conflict.</summary>
    Refused,

    /// <summary>The source failed.</summary>
    Failure,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The breaker let nothing through.</summary>
    CircuitOpen,

    /// <summary>Too many others were waiting.</summary>
    Overloaded,

    /// <summary>The caller went away.</summary>
    Cancelled,
}

/// <summary>An operation on a source that has ended, for metrics and logs. Holds no setting.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took with all attempts and waits, without the wait for its turn; monotonic.</param>
/// <param name="Attempts">Attempts that were made; 0 where the breaker or the queue refused.</param>
public sealed record SourceOperation(string Source, SourceOperationKind Kind, SourceOutcome Outcome, TimeSpan Duration, int Attempts)
{
    /// <summary>From here on a source counts as slow, which is worth a warning.</summary>
    public static readonly TimeSpan SlowThreshold = TimeSpan.FromSeconds(5);

    /// <summary>How many of the attempts their time-out ended.</summary>
    public int TimedOutAttempts { get; init; }

    /// <summary>The name of the error; null where there is none.</summary>
    public string? ErrorName { get; init; }

    /// <summary>Whether it took longer than <see cref="SlowThreshold"/>.</summary>
    public bool IsSlow => Duration > SlowThreshold;
}
