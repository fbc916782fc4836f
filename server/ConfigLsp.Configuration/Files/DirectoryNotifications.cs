namespace ConfigLsp.Configuration.Files;

/// <summary>
/// The operating system's notifications of what happens in folders, not below them. One for each folder, shared by all that ask, since each of
/// them takes an inotify instance of which a user has few (128 by default).
/// </summary>
internal sealed class DirectoryNotifications : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WatchedFolder, Shared> _folders = [];
    private bool _isDisposed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _folders.Count;
            }
        }
    }

    /// <summary>Asks for the notifications of a folder; null where there are none to be had.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="changed">Gets the name of what changed in the folder; null where that is not known, since too much happened at once.</param>
    public Subscription? Subscribe(WatchedFolder folder, Action<string?> changed)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return null;
            }

            if (!_folders.TryGetValue(folder, out var shared))
            {
                if (Open(folder) is not { } watcher)
                {
                    return null;
                }

                _folders[folder] = shared = new Shared(watcher);
            }

            var subscription = new Subscription(this, folder, shared, changed);
            shared.Subscriptions = [.. shared.Subscriptions, subscription];
            return subscription;
        }
    }

    public void Dispose()
    {
        FileSystemWatcher[] watchers;
        lock (_gate)
        {
            _isDisposed = true;
            watchers = [.. _folders.Values.Select(static s => s.Watcher)];
            _folders.Clear();
        }

        Array.ForEach(watchers, static w => w.Dispose());
    }

    private FileSystemWatcher? Open(WatchedFolder folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder.Path)
            {
                IncludeSubdirectories = false,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime | NotifyFilters.Security,
            };
            watcher.Changed += (_, e) => Announce(folder, e.Name);
            watcher.Created += (_, e) => Announce(folder, e.Name);
            watcher.Deleted += (_, e) => Announce(folder, e.Name);
            watcher.Renamed += (_, e) =>
            {
                Announce(folder, e.OldName);
                Announce(folder, e.Name);
            };
            watcher.Error += (_, e) => Fail(folder, e.GetException());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (FileFailures.IsExpected(e) || e is ArgumentException or PlatformNotSupportedException)
        {
            // No such folder, or no more notifications for this user: looking at the files is left.
            watcher?.Dispose();
            return null;
        }
    }

    private void Announce(WatchedFolder folder, string? name)
    {
        Subscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = _folders.TryGetValue(folder, out var shared) ? shared.Subscriptions : [];
        }

        foreach (var subscription in subscriptions)
        {
            subscription.Changed(name);
        }
    }

    private void Fail(WatchedFolder folder, Exception exception)
    {
        // When too much happens at once, the watcher goes on. After any other failure it is of no more use.
        FileSystemWatcher? broken = null;
        Subscription[] subscriptions;
        lock (_gate)
        {
            if (!_folders.TryGetValue(folder, out var shared))
            {
                return;
            }

            subscriptions = shared.Subscriptions;
            if (exception is not InternalBufferOverflowException)
            {
                _folders.Remove(folder);
                broken = shared.Watcher;
                Array.ForEach(subscriptions, static s => s.IsBroken = true);
            }
        }

        broken?.Dispose();
        Array.ForEach(subscriptions, static s => s.Changed(null));
    }

    internal sealed class Shared(FileSystemWatcher watcher)
    {
        public FileSystemWatcher Watcher { get; } = watcher;

        public Subscription[] Subscriptions { get; set; } = [];
    }

    /// <summary>Ends when it is disposed.</summary>
    internal sealed class Subscription(DirectoryNotifications owner, WatchedFolder folder, Shared shared, Action<string?> changed) : IDisposable
    {
        private volatile bool _isBroken;

        /// <summary>Whether no more will come.</summary>
        public bool IsBroken
        {
            get => _isBroken;
            set => _isBroken = value;
        }

        public void Changed(string? name) => changed(name);

        public void Dispose()
        {
            FileSystemWatcher? unused = null;
            lock (owner._gate)
            {
                shared.Subscriptions = Array.FindAll(shared.Subscriptions, s => s != this);
                if (shared.Subscriptions.Length == 0 && owner._folders.TryGetValue(folder, out var current) && current == shared)
                {
                    owner._folders.Remove(folder);
                    unused = shared.Watcher;
                }
            }

            unused?.Dispose();
        }
    }
}

/// <summary>A folder whose notifications are asked for. Another folder at the same path has none of the first one's.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Identity">Which folder it is; null where the platform does not tell.</param>
internal readonly record struct WatchedFolder(string Path, FileIdentity? Identity);
