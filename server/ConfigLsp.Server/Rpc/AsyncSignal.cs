namespace ConfigLsp.Server.Rpc;

/// <summary>Wakes everyone who waits for a condition. Take <see cref="Next"/>, then test the condition, then await: no wake-up is lost.</summary>
internal sealed class AsyncSignal
{
    private TaskCompletionSource? _next;

    /// <summary>The task that the next <see cref="Set"/> completes.</summary>
    public Task Next()
    {
        TaskCompletionSource? current = Volatile.Read(ref _next);
        if (current is not null)
            return current.Task;
        // Continuations must not run inside the caller of Set, which may be about to do more.
        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _next, created, comparand: null) ?? created).Task;
    }

    public void Set()
    {
        // The full fence orders the change of the condition before the look at who waits.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _next) is not null)
            Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }
}
