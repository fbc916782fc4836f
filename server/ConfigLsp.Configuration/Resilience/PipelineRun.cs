using Polly;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>One operation on its way through the pipeline of its source.</summary>
/// <param name="attempt">Makes one attempt. Throws only when the token is cancelled, or because of a bug.</param>
/// <param name="mode">Whether it may be repeated.</param>
/// <param name="started">The monotonic time at which it left the queue.</param>
/// <param name="caller">The caller's own token: Polly replaces that of the context by those of the time-outs.</param>
internal sealed class PipelineRun(Func<CancellationToken, ValueTask<AttemptResult>> attempt, AttemptMode mode, long started, CancellationToken caller)
{
    private static readonly ResiliencePropertyKey<PipelineRun> Key = new("configlsp.run");

    public AttemptMode Mode => mode;

    public long Started => started;

    public CancellationToken Caller => caller;

    /// <summary>Attempts that were made; those that the breaker refused are not.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts that their time-out ended.</summary>
    public int TimedOutAttempts { get; set; }

    public static PipelineRun Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    public void AddTo(ResilienceContext context) => context.Properties.Set(Key, this);

    public async ValueTask<Outcome<AttemptResult>> AttemptAsync(CancellationToken cancellationToken)
    {
        Attempts++;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Outcome.FromResult(await attempt(cancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Polly's pipelines carry exceptions as outcomes; the end of the pipeline throws it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Outcome.FromException<AttemptResult>(exception);
        }
    }
}
