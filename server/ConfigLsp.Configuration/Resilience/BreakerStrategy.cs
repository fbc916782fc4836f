using Polly;
using Polly.Timeout;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>Puts the breaker into a pipeline of Polly.</summary>
internal sealed class BreakerStrategy(ConsecutiveFailureBreaker breaker) : ResilienceStrategy<AttemptResult>
{
    protected override async ValueTask<Outcome<AttemptResult>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<AttemptResult>>> callback,
        ResilienceContext context,
        TState state)
    {
        if (breaker.Enter(out var epoch) is { } refusal)
        {
            return Outcome.FromResult(new AttemptResult(AttemptVerdict.Neutral, Value: null, refusal, IsRetryable: false));
        }

        // Polly hands exceptions on as outcomes, so this never throws past the report.
        var outcome = await callback(context, state).ConfigureAwait(false);
        var (verdict, error) = outcome switch
        {
            { Exception: TimeoutRejectedException } => (AttemptVerdict.Failure, nameof(Errors.ServiceErrors.Timeout)),

            // The total time-out cancels as well, and there it is the source that took the time.
            { Exception: OperationCanceledException } when PipelineRun.Of(context).Caller.IsCancellationRequested => (AttemptVerdict.Neutral, null),
            { Exception: OperationCanceledException } => (AttemptVerdict.Failure, nameof(Errors.ServiceErrors.Timeout)),
            { Exception: { } exception } => (AttemptVerdict.Failure, exception.GetType().Name),
            { Result: { } result } => (result.Verdict, result.Error?.Descriptor.Name),
            _ => (AttemptVerdict.Neutral, null),
        };
        breaker.Report(epoch, verdict, error);
        return outcome;
    }
}
