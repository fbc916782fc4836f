using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>How an attempt counts for the circuit breaker.</summary>
internal enum AttemptVerdict
{
    /// <summary>The source answered.</summary>
    Success,

    /// <summary>Says nothing about the source: a refused value, a conflict, a caller that went away.</summary>
    Neutral,

    /// <summary>The source failed.</summary>
    Failure,
}

/// <summary>What one attempt gave, as the strategies of the pipeline see it.</summary>
/// <param name="Verdict">How it counts.</param>
/// <param name="Value">What the caller gets; null where the breaker refused.</param>
/// <param name="Error">Of a failure and a refusal: why.</param>
/// <param name="IsRetryable">Whether another attempt may succeed.</param>
internal sealed record AttemptResult(AttemptVerdict Verdict, object? Value, ServiceError? Error, bool IsRetryable);
