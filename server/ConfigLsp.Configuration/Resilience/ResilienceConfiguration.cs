namespace ConfigLsp.Configuration.Resilience;

/// <summary>
/// What one <c>resilience</c> object of <c>configlsp.json</c> says. What is not stated, or is outside of the range that the file's schema gives, is
/// null; <see cref="ResilienceOptions.Combine"/> fills it in.
/// </summary>
public sealed record ResilienceConfiguration
{
    /// <summary><c>totalTimeoutMs</c>, 100 to 600,000.</summary>
    public int? TotalTimeoutMs { get; init; }

    /// <summary><c>attemptTimeoutMs</c>, 100 to 600,000.</summary>
    public int? AttemptTimeoutMs { get; init; }

    /// <summary><c>maxConcurrent</c>, 1 to 64.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary><c>retry.maxAttempts</c>, 1 to 10.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary><c>retry.baseDelayMs</c>, 0 to 60,000.</summary>
    public int? BaseDelayMs { get; init; }

    /// <summary><c>retry.factor</c>, 1 to 10.</summary>
    public double? Factor { get; init; }

    /// <summary><c>retry.maxDelayMs</c>, 0 to 600,000.</summary>
    public int? MaxDelayMs { get; init; }

    /// <summary><c>retry.jitter</c>.</summary>
    public bool? Jitter { get; init; }

    /// <summary><c>circuitBreaker.failureThreshold</c>, 1 to 1,000.</summary>
    public int? FailureThreshold { get; init; }

    /// <summary><c>circuitBreaker.openMs</c>, 100 to 3,600,000.</summary>
    public int? OpenMs { get; init; }
}
