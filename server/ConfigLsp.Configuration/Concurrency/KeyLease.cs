namespace ConfigLsp.Configuration.Concurrency;

/// <summary>The sole right in this process to change some keys; until it is disposed of.</summary>
public sealed class KeyLease : IDisposable
{
    private readonly KeyLocks _locks;
    private readonly KeyRequest _request;
    private int _isReleased;

    internal KeyLease(KeyLocks locks, KeyRequest request)
    {
        _locks = locks;
        _request = request;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            _locks.Leave(_request);
        }
    }
}
