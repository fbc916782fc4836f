namespace ConfigLsp.Server.Headless.Api;

/// <summary>
/// Lets the updates of one connection begin one after the other, in the order in which they were sent: one may have to look at the sources first,
/// and the next must not overtake it. Nothing is lost by it, since updates of a file exclude each other anyway. Called in the request queue only.
/// </summary>
internal sealed class UpdateOrder
{
    private Task _last = Task.CompletedTask;

    /// <summary>Runs an update after those before it. One that is cancelled while it waits ends at once, and keeps its successors waiting as long.</summary>
    public ValueTask<T> RunAsync<T>(Func<ValueTask<T>> update, CancellationToken cancellation)
    {
        Task before = _last;
        Task<T> running = before.IsCompleted ? update().AsTask() : RunAfterAsync(before, update, cancellation);
        _last = running.IsCompleted ? before : EndOfAsync(before, running);
        return new ValueTask<T>(running);
    }

    private static async Task<T> RunAfterAsync<T>(Task before, Func<ValueTask<T>> update, CancellationToken cancellation)
    {
        await before.WaitAsync(cancellation).ConfigureAwait(false);
        return await update().ConfigureAwait(false);
    }

    private static async Task EndOfAsync(Task before, Task running)
    {
        await before.ConfigureAwait(false);
        // What became of it is told to who asked for it.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
