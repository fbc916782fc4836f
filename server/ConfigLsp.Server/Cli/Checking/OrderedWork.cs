using System.Runtime.CompilerServices;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Works on many items at once and hands the results out in the order of the items.</summary>
internal static class OrderedWork
{
    /// <summary>
    /// Runs <paramref name="work"/> on each item, at most <paramref name="parallelism"/> at a time on the thread pool. No more than twice as
    /// many results are held: where the consumer is slow, or one item takes long, the work behind it waits. Cancellation starts nothing new
    /// and ends the sequence with <see cref="OperationCanceledException"/>.
    /// </summary>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int parallelism,
        Func<TItem, CancellationToken, ValueTask<TResult>> work,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(parallelism);
        var running = new Queue<Task<TResult>>();
        var next = 0;
        try
        {
            while (true)
            {
                while (next < items.Count && running.Count < 2 * parallelism)
                {
                    running.Enqueue(StartAsync(items[next++]));
                }

                if (!running.TryPeek(out var first))
                {
                    yield break;
                }

                var result = await first;
                _ = running.Dequeue();
                yield return result;
            }
        }
        finally
        {
            // Whatever was started ends before the caller goes on, so that nothing writes or reads behind its back.
            await Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Task<TResult> StartAsync(TItem item) => Task.Run(
            async () =>
            {
                await slots.WaitAsync(cancellationToken);
                try
                {
                    return await work(item, cancellationToken);
                }
                finally
                {
                    slots.Release();
                }
            },
            cancellationToken);
    }
}
