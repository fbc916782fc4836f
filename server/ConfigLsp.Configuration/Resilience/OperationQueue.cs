using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Resilience;

/// <summary>A few places for operations on a source, and a bounded queue for them, in which nobody waits longer than an operation may take.</summary>
#pragma warning disable CA1001 // The semaphore holds nothing to release unless its wait handle is asked for, and operations still leave after their source is gone.
internal sealed class OperationQueue(string source, ResilienceOptions options, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _places = new(options.MaxConcurrent);
    private int _waiting;

    /// <summary>Waits for a place, which whoever gets it must <see cref="Leave"/>.</summary>
    /// <returns>Null with a place, else why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ServiceError?> EnterAsync(AttemptMode mode, CancellationToken cancellationToken)
    {
        if (_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return null;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxQueued)
            {
                return new ServiceError(ServiceErrors.Overloaded, $"{options.MaxQueued} operations are waiting for the source `{source}` already.")
                {
                    Source = source,
                };
            }

            var patience = mode is AttemptMode.Single ? options.AttemptTimeout : options.TotalTimeout;
            using var timeout = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                await _places.WaitAsync(either.Token).ConfigureAwait(false);
                return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new ServiceError(ServiceErrors.Timeout, $"Other operations kept the source `{source}` busy for {patience.TotalSeconds:0.###} s.")
                {
                    Source = source,
                };
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Leave() => _places.Release();
}
