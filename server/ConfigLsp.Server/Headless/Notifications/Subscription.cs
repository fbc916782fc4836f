using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Headless.Notifications;

/// <summary>
/// One watch of one client. Until the client knows its id, what happens is kept back; after that it goes out in order, once, and complete, or the
/// client is told from which revision on it missed something.
/// </summary>
/// <param name="feed">The way to the client.</param>
/// <param name="ended">Called when the service has ended the watch.</param>
internal sealed class Subscription(ClientFeed feed, Action<Subscription> ended) : IDisposable
{
    private readonly Lock _lock = new();
    private Queue<WatchEvent>? _held = new();
    private Watch? _watch;
    private bool _isOver;

    public string Id => _watch?.Id ?? string.Empty;

    /// <summary>The newest revision that is on its way to the client. Guarded by the feed's lock.</summary>
    public long SentRevision { get; set; }

    /// <summary>The newest revision that was skipped since <see cref="SentRevision"/>; null if none was. Guarded by the feed's lock.</summary>
    public WatchEvent.Changes? Skipped { get; set; }

    /// <summary>The service has begun the watch.</summary>
    public void Begin(Watch watch)
    {
        _watch = watch;
        SentRevision = watch.Revision;
    }

    /// <summary>Called by the service, in the order of revisions, and never waits.</summary>
    public void Deliver(Watch watch, WatchEvent happened)
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            if (_held is not null)
                _held.Enqueue(happened);
            else
                Send(happened);
        }
    }

    /// <summary>The client knows the id.</summary>
    public void Release()
    {
        lock (_lock)
        {
            Queue<WatchEvent> held = _held ?? new();
            _held = null;
            while (held.TryDequeue(out WatchEvent? happened))
                Send(happened);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _held = null;
        }

        // Outside of the lock, since it may wait for a delivery that is under way.
        _watch?.Dispose();
        feed.Forget(this);
    }

    private void Send(WatchEvent happened)
    {
        switch (happened)
        {
            case WatchEvent.Changes changes:
                feed.Post(this, changes);
                break;
            case WatchEvent.Cancelled cancelled:
                _isOver = true;
                feed.PostCancelled(this, cancelled.Reason);
                ended(this);
                break;
        }
    }
}
