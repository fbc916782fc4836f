using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Files;

/// <summary>One watch of <see cref="FileChanges"/>.</summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly StringComparison NameComparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly IFileSystem _files;
    private readonly DirectoryNotifications? _notifications;
    private readonly TimeProvider _time;
    private readonly FileChangesOptions _options;
    private readonly ImmutableArray<string> _paths;
    private readonly Action _changed;
    private readonly ITimer _poll;
    private readonly ITimer _quiet;
    private readonly ITimer? _refresh;
    private readonly Lock _gate = new();
    private readonly Lock _callback = new();
    private readonly Dictionary<WatchedFolder, DirectoryNotifications.Subscription> _folders = [];
    private ImmutableArray<FileFingerprint> _last;
    private long? _pendingSince;
    private int _isLooking;
    private bool _isDisposed;

    public FileWatch(
        IFileSystem files, DirectoryNotifications? notifications, TimeProvider time, FileChangesOptions options, ImmutableArray<string> paths, Action changed, TimeSpan? refresh)
    {
        _files = files;
        _notifications = notifications;
        _time = time;
        _options = options;
        _paths = paths;
        _changed = changed;
        _quiet = time.CreateTimer(static state => ((FileWatch)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _last = Look();
        _poll = time.CreateTimer(static state => ((FileWatch)state!).Poll(), this, options.PollInterval, options.PollInterval);
        _refresh = refresh is { } period ? time.CreateTimer(static state => ((FileWatch)state!).Trigger(), this, period, period) : null;
    }

    public void Dispose()
    {
        DirectoryNotifications.Subscription[] subscriptions;
        lock (_gate)
        {
            _isDisposed = true;
            subscriptions = [.. _folders.Values];
            _folders.Clear();
        }

        _poll.Dispose();
        _quiet.Dispose();
        _refresh?.Dispose();
        Array.ForEach(subscriptions, static s => s.Dispose());
    }

    /// <summary>Says that something may have changed, once it is quiet.</summary>
    private void Trigger()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = _time.GetTimestamp();
            _pendingSince ??= now;
            var left = _options.MaxDelay - _time.GetElapsedTime(_pendingSince.Value, now);
            var delay = left < _options.QuietPeriod ? left : _options.QuietPeriod;
            _quiet.Change(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_isDisposed || _pendingSince is null)
            {
                return;
            }

            _pendingSince = null;
        }

        // Looked at before the callback reads: what changes from now on differs from this, and is found by the next look.
        var seen = Look();
        lock (_gate)
        {
            _last = seen;
        }

        lock (_callback)
        {
            _changed();
        }
    }

    private void Poll()
    {
        // A file system that hangs must not gather threads.
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            var seen = Look();
            bool differs;
            lock (_gate)
            {
                differs = !seen.AsSpan().SequenceEqual(_last.AsSpan());
                _last = seen;
            }

            if (differs)
            {
                Trigger();
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    /// <summary>Makes sure that the right folders are watched, then looks at the files, so that nothing that happens in between is lost.</summary>
    private ImmutableArray<FileFingerprint> Look()
    {
        if (_notifications is not null)
        {
            Arm(_notifications);
        }

        return [.. _paths.Select(p => FileFingerprint.Of(_files, p))];
    }

    private void Arm(DirectoryNotifications notifications)
    {
        var wanted = WantedFolders();
        var unneeded = new List<DirectoryNotifications.Subscription>();
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            foreach (var (folder, subscription) in _folders)
            {
                if (subscription.IsBroken || !wanted.Contains(folder))
                {
                    unneeded.Add(subscription);
                    _folders.Remove(folder);
                }
            }
        }

        unneeded.ForEach(static s => s.Dispose());
        foreach (var folder in wanted)
        {
            lock (_gate)
            {
                if (_folders.ContainsKey(folder))
                {
                    continue;
                }
            }

            if (notifications.Subscribe(folder, name => Notice(folder.Path, name)) is not { } subscription)
            {
                continue;
            }

            lock (_gate)
            {
                if (!_isDisposed && _folders.TryAdd(folder, subscription))
                {
                    continue;
                }
            }

            subscription.Dispose();
        }
    }

    /// <summary>
    /// The folders that hold the files, the way to them where it does not exist yet, what links lead to, and the folders around, in which the
    /// former may be deleted or replaced.
    /// </summary>
    private HashSet<WatchedFolder> WantedFolders()
    {
        var wanted = new HashSet<WatchedFolder>();
        foreach (var path in _paths)
        {
            Add(path);
            if (_files.ResolveRealPath(path).TryGet(out var real, out _) && real != path)
            {
                Add(real);
            }
        }

        return wanted;

        void Add(string path)
        {
            for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (_files.GetStatus(folder) is { IsSuccess: true, Value: { Kind: FileKind.Directory } status })
                {
                    wanted.Add(new WatchedFolder(folder, status.Identity));
                    if (Path.GetDirectoryName(folder) is { } around && _files.GetStatus(around) is { IsSuccess: true, Value: { Kind: FileKind.Directory } outer })
                    {
                        wanted.Add(new WatchedFolder(around, outer.Identity));
                    }

                    return;
                }
            }
        }
    }

    private void Notice(string folder, string? name)
    {
        if (name is null || _paths.Any(p => IsOnTheWay(p, folder, name)) || IsOnTheRealWay(folder, name))
        {
            Trigger();
        }
    }

    private bool IsOnTheRealWay(string folder, string name)
    {
        ImmutableArray<FileFingerprint> last;
        lock (_gate)
        {
            last = _last;
        }

        return !last.IsDefault && last.Any(f => f.RealPath is { } real && IsOnTheWay(real, folder, name));
    }

    /// <summary>Whether what changed in a folder is the file or a folder on the way to it.</summary>
    private static bool IsOnTheWay(string path, string folder, string name)
    {
        var changed = Path.Join(folder, name);
        return path.StartsWith(changed, NameComparison) && (path.Length == changed.Length || path[changed.Length] == Path.DirectorySeparatorChar);
    }
}
