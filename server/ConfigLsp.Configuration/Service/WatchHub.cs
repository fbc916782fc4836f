using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;

namespace ConfigLsp.Configuration.Service;

/// <summary>Tells those who watch what has changed: every change, in the order of the views. Who delivers must not wait.</summary>
internal sealed class WatchHub(TimeProvider time, Action<Exception> failed)
{
    /// <summary>The most watches of a workspace.</summary>
    public const int MaxWatches = 10_000;

    private static long _lastId;
    private readonly Lock _lock = new();
    private readonly Dictionary<Watch, (ImmutableArray<SettingKey> Keys, Action<Watch, WatchEvent> Deliver)> _watches = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _watches.Count;
            }
        }
    }

    /// <summary>Starts a watch.</summary>
    /// <param name="request">What is watched.</param>
    /// <param name="revision">Gives the newest revision.</param>
    /// <param name="deliver">Called for each event, one at a time; must return at once.</param>
    public ServiceResult<Watch> Start(WatchRequest request, Func<long> revision, Action<Watch, WatchEvent> deliver)
    {
        if (request.Keys.Length > GetRequest.MaxKeys)
        {
            return new ServiceError(ServiceErrors.LimitExceeded, $"A watch has at most {GetRequest.MaxKeys} keys, but this one has {request.Keys.Length}.");
        }

        var keys = ImmutableArray.CreateBuilder<SettingKey>();
        foreach (var text in request.Prefix is { } prefix ? [prefix, .. request.Keys] : request.Keys)
        {
            if (!text.Parse().TryGet(out var key, out var error))
            {
                return error;
            }

            keys.Add(key);
        }

        lock (_lock)
        {
            if (_watches.Count >= MaxWatches)
            {
                return new ServiceError(ServiceErrors.Overloaded, $"There are {MaxWatches} watches of this workspace already.");
            }

            // Taken with the lock held, so that no change falls between the revision and the first event.
            var watch = new Watch(Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture), revision(), End);
            _watches.Add(watch, (keys.Count == 0 ? [SettingKey.Root] : keys.ToImmutable(), deliver));
            return watch;
        }
    }

    /// <summary>Tells of a new view.</summary>
    public void Publish(ImmutableArray<SettingDifference> differences, ConfigurationSnapshot old, ConfigurationSnapshot view, Func<long> revision)
    {
        lock (_lock)
        {
            if (_watches.Count == 0 || differences.IsEmpty)
            {
                return;
            }

            var now = time.GetUtcNow();
            var newest = revision();
            var changes = differences.Select(d => (d.Key, Change: new Lazy<SettingChange>(() => ToChange(d, old, view)))).ToList();
            foreach (var (watch, (keys, deliver)) in _watches)
            {
                ImmutableArray<SettingChange> items = [.. changes.Where(c => keys.Any(k => k.Contains(c.Key) || c.Key.Contains(k))).Select(static c => c.Change.Value)];
                if (!items.IsEmpty)
                {
                    Deliver(deliver, watch, new WatchEvent.Changes(newest, now, items));
                }
            }
        }
    }

    /// <summary>Ends all watches, and says so.</summary>
    public void Cancel(string reason)
    {
        lock (_lock)
        {
            foreach (var (watch, (_, deliver)) in _watches)
            {
                Deliver(deliver, watch, new WatchEvent.Cancelled(reason));
            }

            _watches.Clear();
        }
    }

    private void Deliver(Action<Watch, WatchEvent> deliver, Watch watch, WatchEvent happened)
    {
        try
        {
            deliver(watch, happened);
        }
        catch (Exception exception)
        {
            // A bug of one listener is not to be felt by the others.
            failed(exception);
        }
    }

    private static SettingChange ToChange(SettingDifference difference, ConfigurationSnapshot old, ConfigurationSnapshot view)
    {
        var isSecret = IsSecret(old, difference.Key) || IsSecret(view, difference.Key);
        return new SettingChange(
            difference.Key.ToString(),
            isSecret || difference.Old is null ? default(ReadOnlyMemory<byte>?) : JsonRendering.ToJson(difference.Old),
            isSecret || difference.New is null ? default(ReadOnlyMemory<byte>?) : JsonRendering.ToJson(difference.New),
            difference.New is { } set ? view.Layers[set.Origin.Layer].Name : null,
            isSecret);
    }

    private static bool IsSecret(ConfigurationSnapshot view, SettingKey key) => view.IsSecret(key) || view.HoldsSecret(key);

    private void End(Watch watch)
    {
        lock (_lock)
        {
            _watches.Remove(watch);
        }
    }
}
