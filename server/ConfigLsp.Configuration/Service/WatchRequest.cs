using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Service;

/// <summary>Which settings a client wants to hear of. Without prefix and keys: all.</summary>
public sealed record WatchRequest
{
    /// <summary>The key whose content is watched, or null.</summary>
    public KeyText? Prefix { get; init; }

    /// <summary>The keys that are watched, with what is in them; at most <see cref="GetRequest.MaxKeys"/>.</summary>
    public ImmutableArray<KeyText> Keys { get; init; } = [];
}

/// <summary>What a watch tells.</summary>
public abstract record WatchEvent
{
    private WatchEvent()
    {
    }

    /// <summary>Settings have another effective value than before. One event for each new view, in order; none is left out.</summary>
    /// <param name="Revision">The newest revision that the view holds.</param>
    /// <param name="Timestamp">When it was noticed.</param>
    /// <param name="Items">What changed; not empty.</param>
    public sealed record Changes(long Revision, DateTimeOffset Timestamp, ImmutableArray<SettingChange> Items) : WatchEvent;

    /// <summary>The watch has ended: the workspace is not served any more.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Cancelled(string Reason) : WatchEvent;
}

/// <summary>One setting that has another effective value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Old">What it was as JSON; null if it was not set, or is secret.</param>
/// <param name="New">What it is as JSON; null if it is not set, or is secret.</param>
/// <param name="Source">The source that it comes from now; null if it is not set.</param>
/// <param name="IsRedacted">Whether the values are left out, since they are secret.</param>
public sealed record SettingChange(string Key, ReadOnlyMemory<byte>? Old, ReadOnlyMemory<byte>? New, string? Source, bool IsRedacted);

/// <summary>A watch that is running; disposing of it ends it.</summary>
public sealed class Watch : IDisposable
{
    private readonly Action<Watch> _end;

    internal Watch(string id, long revision, Action<Watch> end)
    {
        Id = id;
        Revision = revision;
        _end = end;
    }

    /// <summary>Names the watch in its events; unique in this process.</summary>
    public string Id { get; }

    /// <summary>Events are about what comes after this revision.</summary>
    public long Revision { get; }

    /// <summary>Ends the watch; no event is delivered after this returns, but for one that is being delivered.</summary>
    public void Dispose() => _end(this);
}
