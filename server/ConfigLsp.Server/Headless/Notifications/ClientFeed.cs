using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Notifications;

/// <summary>
/// What one client is told without having asked. Nobody waits for a client that does not read: beyond a bound the changes of its watches are
/// skipped, which it is told, and other news is dropped and counted.
/// </summary>
internal sealed class ClientFeed(int maxMessages = ClientFeed.DefaultMessages, long maxBytes = ClientFeed.DefaultBytes) : IAsyncDisposable
{
    /// <summary>Messages that wait, beside those that the connection itself holds.</summary>
    public const int DefaultMessages = 1024;

    /// <summary>Bytes of values in the messages that wait.</summary>
    public const long DefaultBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Message> _waiting = new();
    private readonly List<Subscription> _lagging = [];
    private readonly AsyncSignal _changed = new();
    private long _bytes;
    private long _dropped;
    private bool _isClosed;
    private Task _pump = Task.CompletedTask;

    /// <summary>News that was dropped because the client does not read.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Begins to send. Call once, before the connection runs.</summary>
    public void Start(RpcConnection connection) => _pump = Task.Run(() => PumpAsync(connection));

    public void Post(Subscription subscription, WatchEvent.Changes changes)
    {
        long bytes = changes.Items.Sum(static change => (change.Old?.Length ?? 0) + (change.New?.Length ?? 0) + (2L * change.Key.Length) + 64);
        lock (_lock)
        {
            if (subscription.Skipped is not null || _waiting.Count >= maxMessages || _bytes > maxBytes)
            {
                Skip(subscription, changes);
                return;
            }

            subscription.SentRevision = changes.Revision;
            Enqueue(ApiDescription.DidChange.Name, DidChange(subscription, changes), ApiJsonContext.Default.DidChangeParams, bytes);
        }
    }

    public void PostCancelled(Subscription subscription, string reason)
    {
        lock (_lock)
        {
            // There are at most as many as watches, so the bound does not count.
            _lagging.Remove(subscription);
            Enqueue(ApiDescription.WatchCancelled.Name, new WatchCancelledParams(subscription.Id, reason), ApiJsonContext.Default.WatchCancelledParams);
        }
    }

    /// <summary>Sends news of the process; a client that does not read loses it.</summary>
    public void Post<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> type)
    {
        lock (_lock)
        {
            if (_waiting.Count >= maxMessages)
                Interlocked.Increment(ref _dropped);
            else
                Enqueue(method, parameters, type);
        }
    }

    public void TellHealth(object? sender, HealthChangedEventArgs change) => Post(
        ApiDescription.HealthChanged.Name,
        new HealthChangedParams(HealthKinds.Word(change.Report.Status), HealthKinds.Word(change.OldStatus), change.Report.Timestamp),
        ApiJsonContext.Default.HealthChangedParams);

    /// <summary>Tells nothing more of a watch that the client has ended.</summary>
    public void Forget(Subscription subscription)
    {
        lock (_lock)
            _lagging.Remove(subscription);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            _waiting.Clear();
        }

        _changed.Set();
        await _pump.ConfigureAwait(false);
    }

    private static DidChangeParams DidChange(Subscription subscription, WatchEvent.Changes changes) =>
        new(subscription.Id, changes.Revision, changes.Timestamp, [.. changes.Items.Select(Bodies.Of)]);

    private void Skip(Subscription subscription, WatchEvent.Changes changes)
    {
        if (subscription.Skipped is null)
            _lagging.Add(subscription);
        subscription.Skipped = changes;
        _changed.Set();
    }

    private void Enqueue<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> type, long bytes = 0)
    {
        if (_isClosed)
            return;
        _waiting.Enqueue(new Message(connection => connection.NotifyAsync(method, parameters, type), bytes));
        _bytes += bytes;
        _changed.Set();
    }

    private async Task PumpAsync(RpcConnection connection)
    {
        while (true)
        {
            Task changed = _changed.Next();
            Message? next;
            lock (_lock)
            {
                if (_isClosed)
                    return;
                next = Take();
            }

            if (next is { } message)
                await message.Send(connection).ConfigureAwait(false);
            else
                await changed.ConfigureAwait(false);
        }
    }

    private Message? Take()
    {
        // Only with room for what follows, or the client would be told of the same again at once.
        if (_lagging.Count > 0 && _waiting.Count <= maxMessages / 2 && _bytes <= maxBytes / 2)
        {
            foreach (Subscription subscription in _lagging)
                Resume(subscription);
            _lagging.Clear();
        }

        if (!_waiting.TryDequeue(out Message message))
            return null;
        _bytes -= message.Bytes;
        return message;
    }

    private void Resume(Subscription subscription)
    {
        WatchEvent.Changes skipped = subscription.Skipped!;
        long resumeFrom = subscription.SentRevision;
        subscription.Skipped = null;
        subscription.SentRevision = skipped.Revision;
        Enqueue(
            ApiDescription.DidChange.Name,
            new DidChangeParams(subscription.Id, skipped.Revision, skipped.Timestamp, [], new LaggedBody(resumeFrom)),
            ApiJsonContext.Default.DidChangeParams);
    }

    private readonly record struct Message(Func<RpcConnection, ValueTask> Send, long Bytes);
}
