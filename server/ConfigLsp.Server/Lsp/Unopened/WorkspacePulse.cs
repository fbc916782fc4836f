namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>Tells those who watch over the whole workspace that something in it may be different now. Safe for use by several threads.</summary>
internal sealed class WorkspacePulse
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private long _count;

    /// <summary>Counts the changes so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Whether nobody waits for changes any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Something may be different.</summary>
    public void Beat()
    {
        TaskCompletionSource beaten;
        lock (_lock)
        {
            Interlocked.Increment(ref _count);
            beaten = _next;
            if (!IsStopped)
                _next = New();
        }

        beaten.TrySetResult();
    }

    /// <summary>Lets go of everybody who waits, now and later.</summary>
    public void Stop()
    {
        lock (_lock)
            IsStopped = true;
        Beat();
    }

    /// <summary>Waits until there has been a change after the one with this number.</summary>
    public async Task WaitAsync(long after, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (IsStopped || Count != after)
                    return;
                next = _next.Task;
            }

            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
