using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Sources;
using Polly;
using Polly.Timeout;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>
/// What every operation on one source passes, from the outside in: a bounded queue for one of a few places, the total time-out, the retries, the
/// circuit breaker, and the time-out of each attempt. Safe for use by several threads.
/// </summary>
public sealed class SourcePipeline : IDisposable
{
    private readonly string _source;
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<SourceOperation>? _observer;
    private readonly ResiliencePipeline<AttemptResult> _pipeline;
    private readonly OperationQueue _queue;
    private volatile bool _isDisposed;

    /// <param name="source">The name of the source.</param>
    /// <param name="options">The numbers.</param>
    /// <param name="time">The clock of all waits and time-outs.</param>
    /// <param name="observer">Told of each operation when it has ended; on any thread, must be quick.</param>
    /// <param name="random">Numbers from 0 up to 1, for the jitter.</param>
    public SourcePipeline(string source, ResilienceOptions options, TimeProvider time, Action<SourceOperation>? observer = null, Func<double>? random = null)
    {
        _source = source;
        _options = options;
        _time = time;
        _observer = observer;
        _queue = new OperationQueue(source, options, time);
        Breaker = new ConsecutiveFailureBreaker(source, options.FailureThreshold, options.OpenDuration, time);

        var builder = new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = time };
        builder.AddTimeout(options.TotalTimeout);
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryDelays(options, Breaker, time, random ?? Random.Shared.NextDouble).ToStrategyOptions());
        }

        builder.AddStrategy(_ => new BreakerStrategy(Breaker));
        builder.AddTimeout(new TimeoutStrategyOptions
        {
            Timeout = options.AttemptTimeout,
            OnTimeout = static arguments =>
            {
                PipelineRun.Of(arguments.Context).TimedOutAttempts++;
                return ValueTask.CompletedTask;
            },
        });
        _pipeline = builder.Build();
    }

    /// <summary>The breaker of this source.</summary>
    public ConsecutiveFailureBreaker Breaker { get; }

    /// <summary>
    /// Reads the source. An attempt that does not heed its token, or blocks its thread as a disk can that is far away, is left behind when its time
    /// is up. Failures that are transient count for the breaker; any other answer shows that the source is there.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<SourceReading> LoadAsync(
        Func<CancellationToken, ValueTask<SourceReading>> attempt, AttemptMode mode, CancellationToken cancellationToken)
    {
        var (result, error) = await RunAsync(SourceOperationKind.Load, AttemptAsync, mode, cancellationToken).ConfigureAwait(false);

        // Another attempt may succeed after a refusal or a time-out, but it was not the source's own answer.
        return result?.Value as SourceReading ?? new SourceReading.Failed(error!, IsTransient: true);

        async ValueTask<AttemptResult> AttemptAsync(CancellationToken token)
        {
            var value = await Task.Run(() => attempt(token).AsTask(), CancellationToken.None).WaitAsync(token).ConfigureAwait(false);
            return value is SourceReading.Failed failed
                ? new AttemptResult(failed.IsTransient ? AttemptVerdict.Failure : AttemptVerdict.Success, failed, failed.Error, failed.IsTransient)
                : new AttemptResult(AttemptVerdict.Success, value, Error: null, IsRetryable: false);
        }
    }

    /// <summary>
    /// Updates the source. An attempt that throws because its token is cancelled must have changed nothing, since it may be made again; one that can
    /// no longer say so must run to its end.
    /// </summary>
    /// <param name="attempt">Makes one attempt.</param>
    /// <param name="isFailure">
    /// Whether an error is the source's: these count for the breaker, and are tried again where the error is retryable. Any other error, such as a
    /// refused value or a conflict, counts neither way.
    /// </param>
    /// <param name="mode">Whether failed attempts are repeated.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ServiceResult<T>> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<ServiceResult<T>>> attempt,
        Func<ServiceError, bool> isFailure,
        AttemptMode mode,
        CancellationToken cancellationToken)
    {
        var (result, error) = await RunAsync(SourceOperationKind.Update, AttemptAsync, mode, cancellationToken).ConfigureAwait(false);
        return result?.Value is ServiceResult<T> answer ? answer : error!;

        async ValueTask<AttemptResult> AttemptAsync(CancellationToken token)
        {
            var value = await attempt(token).ConfigureAwait(false);
            var verdict = value.IsSuccess ? AttemptVerdict.Success : isFailure(value.Error) ? AttemptVerdict.Failure : AttemptVerdict.Neutral;
            return new AttemptResult(verdict, value, value.Error, verdict is AttemptVerdict.Failure && value.Error!.Descriptor.IsRetryable);
        }
    }

    /// <summary>Ends the pipeline: what has not begun is refused from now on, what is running goes on to its end.</summary>
    public void Dispose() => _isDisposed = true;

    private async ValueTask<(AttemptResult? Result, ServiceError? Error)> RunAsync(
        SourceOperationKind kind, Func<CancellationToken, ValueTask<AttemptResult>> attempt, AttemptMode mode, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // What the breaker would refuse does not wait in the queue for it.
        if ((FindRefusal() ?? await _queue.EnterAsync(mode, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            Observe(kind, OutcomeOf(refusal), run: null, refusal);
            return (null, refusal);
        }

        var run = new PipelineRun(attempt, mode, _time.GetTimestamp(), cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            run.AddTo(context);
            var outcome = await _pipeline.ExecuteOutcomeAsync(static (context, run) => run.AttemptAsync(context.CancellationToken), context, run).ConfigureAwait(false);
            return Conclude(kind, outcome, run);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _queue.Leave();
        }
    }

    private (AttemptResult? Result, ServiceError? Error) Conclude(SourceOperationKind kind, Outcome<AttemptResult> outcome, PipelineRun run)
    {
        ServiceError error;
        switch (outcome)
        {
            case { Exception: TimeoutRejectedException timeout }:
                error = new ServiceError(ServiceErrors.Timeout, $"The source `{_source}` did not answer within {timeout.Timeout.TotalSeconds:0.###} s.")
                {
                    Source = _source,
                };
                Observe(kind, SourceOutcome.Timeout, run, error);
                return (null, error);

            case { Exception: OperationCanceledException } when !run.Caller.IsCancellationRequested:
                error = new ServiceError(ServiceErrors.Unavailable, $"The source `{_source}` ended an attempt by itself.") { Source = _source };
                Observe(kind, SourceOutcome.Failure, run, error);
                return (null, error);

            case { Exception: { } exception }:
                Observe(kind, exception is OperationCanceledException ? SourceOutcome.Cancelled : SourceOutcome.Failure, run, error: null);
                outcome.ThrowIfException();
                return default;

            default:
                var result = outcome.Result!;
                var ending = result switch
                {
                    { Value: null } => SourceOutcome.CircuitOpen,
                    { Value: SourceReading.Missing } => SourceOutcome.Missing,
                    { Error: null } => SourceOutcome.Success,
                    { Value: SourceReading } or { Verdict: AttemptVerdict.Failure } => SourceOutcome.Failure,
                    _ => SourceOutcome.Refused,
                };
                Observe(kind, ending, run, result.Error);
                return (result, result.Error);
        }
    }

    /// <summary>Why nothing would be let through now; null if it would.</summary>
    internal ServiceError? FindRefusal() => _isDisposed
        ? new ServiceError(ServiceErrors.Unavailable, $"The source `{_source}` has been replaced or its workspace closed.") { Source = _source }
        : Breaker.FindRefusal();

    private static SourceOutcome OutcomeOf(ServiceError refusal) =>
        refusal.Descriptor == ServiceErrors.CircuitOpen ? SourceOutcome.CircuitOpen
        : refusal.Descriptor == ServiceErrors.Overloaded ? SourceOutcome.Overloaded
        : refusal.Descriptor == ServiceErrors.Timeout ? SourceOutcome.Timeout
        : SourceOutcome.Failure;

    private void Observe(SourceOperationKind kind, SourceOutcome outcome, PipelineRun? run, ServiceError? error) =>
        _observer?.Invoke(new SourceOperation(_source, kind, outcome, run is null ? TimeSpan.Zero : _time.GetElapsedTime(run.Started), run?.Attempts ?? 0)
        {
            TimedOutAttempts = run?.TimedOutAttempts ?? 0,
            ErrorName = error?.Descriptor.Name,
        });
}
