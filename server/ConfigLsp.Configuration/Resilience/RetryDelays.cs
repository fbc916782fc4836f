using Polly;
using Polly.Retry;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>Decides whether an attempt is repeated, and after which wait.</summary>
/// <param name="options">The numbers.</param>
/// <param name="breaker">While it is not closed, waiting for another attempt is in vain.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
internal sealed class RetryDelays(ResilienceOptions options, ConsecutiveFailureBreaker breaker, TimeProvider time, Func<double> random)
{
    private const double MaxShift = 0.2;

    public RetryStrategyOptions<AttemptResult> ToStrategyOptions() => new()
    {
        MaxRetryAttempts = options.MaxAttempts - 1,
        ShouldHandle = arguments => ValueTask.FromResult(ShouldRepeat(arguments.Outcome, PipelineRun.Of(arguments.Context))),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Delay(arguments.AttemptNumber, RequestedDelay(arguments.Outcome))),
    };

    private static TimeSpan? RequestedDelay(Outcome<AttemptResult> outcome) => outcome.Result?.Error?.RetryAfter;

    private bool ShouldRepeat(Outcome<AttemptResult> outcome, PipelineRun run)
    {
        var isTransient = outcome.Exception is Polly.Timeout.TimeoutRejectedException || outcome.Result is { IsRetryable: true };
        if (!isTransient || run.Mode is AttemptMode.Single || breaker.Snapshot.State is not BreakerState.Closed)
        {
            return false;
        }

        // What would end in the total time-out is better answered now, with the reason.
        return RequestedDelay(outcome) is not { } requested || time.GetElapsedTime(run.Started) + requested < options.TotalTimeout;
    }

    /// <param name="retry">0 for the wait before the second attempt.</param>
    /// <param name="requested">What the origin asks for (<c>Retry-After</c>), or null.</param>
    private TimeSpan Delay(int retry, TimeSpan? requested)
    {
        var milliseconds = options.BaseDelay.TotalMilliseconds * Math.Pow(options.Factor, retry);
        if (options.Jitter)
        {
            milliseconds *= 1 - MaxShift + (2 * MaxShift * random());
        }

        var delay = TimeSpan.FromMilliseconds(Math.Round(Math.Min(milliseconds, options.MaxDelay.TotalMilliseconds)));
        return requested > delay ? requested.Value : delay;
    }
}
