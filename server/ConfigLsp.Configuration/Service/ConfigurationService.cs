using System.Collections.Immutable;
using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// The settings of one workspace, for programs and for the editor: reads from the merged view, durable updates, history and watches. What can be
/// expected to fail is a result; every member can be used by several threads at once.
/// </summary>
public sealed partial class ConfigurationService : IAsyncDisposable
{
    private readonly ConfigurationHost _host;
    private readonly RevisionLedger _ledger;
    private readonly WatchHub _watches;
    private readonly Lock _lock = new();
    private readonly TaskBag _background = new();
    private OpenWorkspace? _workspace;
    private IDisposable? _otherFiles;
    private DateTimeOffset? _lastLoad;
    private ConfigurationSnapshot? _published;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isDisposed;

    internal ConfigurationService(ConfigurationHost host, string folder, bool isTrusted)
    {
        _host = host;
        Folder = folder;
        IsTrusted = isTrusted;
        _ledger = new RevisionLedger(host.Options.Files, host.Options.State, host.PathLocks, folder, host.Options.Time);
        _watches = new WatchHub(host.Options.Time, exception => Observe(new ServiceEvent.InternalError(exception)));
        _background.Failed = exception => Observe(new ServiceEvent.InternalError(exception));
        Statistics = new OperationStatistics(host.Options.Time);
    }

    /// <summary>The folder, links resolved.</summary>
    public string Folder { get; }

    /// <summary>Whether the person trusts what is in the folder.</summary>
    public bool IsTrusted { get; }

    /// <summary>Counts of what was asked for.</summary>
    public OperationStatistics Statistics { get; }

    /// <summary>The environment whose settings apply, and how it was found.</summary>
    public DetectedEnvironment Environment => Workspace.Environment;

    /// <summary>How the cache has served.</summary>
    public CacheStatistics Cache => Workspace.Cache.Statistics;

    /// <summary>How many watches there are.</summary>
    public int WatchCount => _watches.Count;

    /// <summary>The view as it is known, without looking at anything; null before the first read.</summary>
    public ConfigurationSnapshot? Current => Workspace.View.Current;

    /// <summary>The workspace as its <c>configlsp.json</c> says; opened when it is first needed.</summary>
    private OpenWorkspace Workspace
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _workspace ??= Open();
            }
        }
    }

    /// <summary>The view, for the editor: where settings come from. Opens no state database.</summary>
    public ValueTask<ConfigurationSnapshot> GetSnapshotAsync(CancellationToken cancellationToken) => Workspace.View.ReadAsync(cancellationToken);

    /// <summary>The newest revision that this process has seen, without looking at anything.</summary>
    public long RememberedRevision => _ledger.Newest;

    /// <summary>The remembered answer about a single key; null where it must be looked for with <see cref="GetAsync"/>.</summary>
    public SettingAnswer? FindRemembered(KeyText key)
    {
        if (!key.Parse().TryGet(out var parsed, out _) || Workspace.Reader.FindRemembered(parsed) is not { } answer)
        {
            return null;
        }

        Statistics.Add("get", OperationOutcome.Success, TimeSpan.Zero);
        return answer;
    }

    /// <summary>Reads keys.</summary>
    public ValueTask<ServiceResult<GetResult>> GetAsync(GetRequest request, CancellationToken cancellationToken) => RunAsync("get", async () =>
    {
        var workspace = Workspace;
        SourceSlot? slot = null;
        return request.Source is not null && !workspace.FindTarget(request.Source).TryGet(out slot, out var error)
            ? error
            : await workspace.Reader.GetAsync(request, slot, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>The keys that are set, a page at a time.</summary>
    /// <param name="prefix">Only this key and what is in it; null for all.</param>
    /// <param name="limit">The most to give, from 1 to 10,000.</param>
    /// <param name="cursor">What the page before gave, or null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public ValueTask<ServiceResult<ListResult>> ListAsync(KeyText? prefix, int limit, string? cursor, CancellationToken cancellationToken) =>
        RunAsync<ListResult>("list", async () =>
        {
            if (limit is < 1 or > 10_000)
            {
                return new ServiceError(ServiceErrors.LimitExceeded, "`limit` must be from 1 to 10,000.");
            }

            if (!ParseOrRoot(prefix).TryGet(out var key, out var error))
            {
                return error;
            }

            var page = SettingReader.List(await Workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false), key, limit, cursor);
            return new ListResult(_ledger.Revision, page.Keys, page.Cursor);
        });

    /// <summary>The merged settings, or a part of them; secrets hidden.</summary>
    public ValueTask<ServiceResult<EffectiveDocument>> EffectiveAsync(KeyText? section, CancellationToken cancellationToken) =>
        RunAsync<EffectiveDocument>("effective", async () =>
            ParseOrRoot(section).TryGet(out var key, out var error)
                ? SettingReader.Effective(await Workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false), key)
                : error);

    /// <summary>Where the value of a key comes from.</summary>
    public ValueTask<ServiceResult<SettingInspection>> InspectAsync(KeyText key, CancellationToken cancellationToken) =>
        RunAsync<SettingInspection>("inspect", async () =>
        {
            if (!key.Parse().TryGet(out var parsed, out var error))
            {
                return error;
            }

            var workspace = Workspace;
            var view = await workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            var target = workspace.DefaultTarget is { } slot ? _ledger.TargetOf(slot.Plan, slot.Status.Content) : null;
            return SettingInspector.Inspect(view, parsed, _ledger.KeyRevisions(target, [parsed])?.Revisions[0] ?? 0, workspace.View.Slots);
        });

    /// <summary>Where the value of a key comes from in a view that is known already. Looks at nothing, so that revisions are 0.</summary>
    public static SettingInspection Explain(ConfigurationSnapshot view, SettingKey key) => SettingInspector.Inspect(view, key, revision: 0, slots: []);

    /// <summary>Reads sources again, with retries, and forgets what the cache holds.</summary>
    /// <param name="sources">Their names; null for all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<ServiceResult<ReloadResult>> ReloadAsync(ImmutableArray<string>? sources, CancellationToken cancellationToken) =>
        RunAsync<ReloadResult>("reload", async () =>
        {
            var workspace = Workspace;
            if (sources is { } names && names.FirstOrDefault(n => workspace.View.Slots.All(s => s.Name != n)) is not null)
            {
                return new ServiceError(ServiceErrors.Unavailable, "There is no source of that name. `configlsp/sources/list` tells which there are.");
            }

            var cleared = workspace.Cache.Clear();
            await workspace.View.ReloadAsync(s => sources is null || sources.Value.Contains(s.Name), AttemptMode.Full, cancellationToken).ConfigureAwait(false);
            return new ReloadResult([.. workspace.View.Slots.Where(s => sources is null || sources.Value.Contains(s.Name)).Select(Report)], cleared, _ledger.Revision);
        });

    /// <summary>Starts to tell of changes.</summary>
    /// <param name="request">What is watched.</param>
    /// <param name="deliver">Called for each event, one at a time and in order; must return at once.</param>
    /// <param name="cancellationToken">Ends the first read, which the watch needs to know what changes.</param>
    public ValueTask<ServiceResult<Watch>> WatchAsync(WatchRequest request, Action<Watch, WatchEvent> deliver, CancellationToken cancellationToken) =>
        RunAsync("watch", async () =>
        {
            await Workspace.View.ReadAsync(cancellationToken).ConfigureAwait(false);
            return _watches.Start(request, () => _ledger.Revision, deliver);
        });

    /// <summary>Forgets remembered answers: of a key with what is in it and around it, or all.</summary>
    /// <returns>How many.</returns>
    public ServiceResult<int> InvalidateCache(KeyText? key) => ParseOrRoot(key).TryGet(out var parsed, out var error) ? Workspace.Cache.Invalidate(parsed) : error;

    /// <summary>Lets everything that runs finish, and ends all watches.</summary>
    public async ValueTask DisposeAsync()
    {
        OpenWorkspace? workspace;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            workspace = _workspace;
            if (_running == 0)
            {
                _idle.TrySetResult();
            }
        }

        // What has begun is let finish; what hangs is left behind.
        await _idle.Task.WaitAsync(ConfigurationHost.DrainTime, _host.Options.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        _otherFiles?.Dispose();
        _watches.Cancel("The workspace is not served any more.");
        await _background.WaitAsync().ConfigureAwait(false);
        if (workspace is not null)
        {
            await workspace.DisposeAsync().ConfigureAwait(false);
        }

        _ledger.Dispose();
    }

    /// <summary>Puts the workspace together anew, since what the process gives is another than before. Returns at once.</summary>
    internal void Reopen() => _background.Run(ReopenAsync, this);

    private static ServiceResult<SettingKey> ParseOrRoot(KeyText? key) => key is { } text && !(text.Path.IsDefault && string.IsNullOrEmpty(text.Text)) ? text.Parse() : SettingKey.Root;

    private OpenWorkspace Open(OpenWorkspace? before = null)
    {
        var folder = WorkspaceFolder.Load(_host.Options.Files, DocumentUri.FromFilePath(Folder), IsTrusted, CancellationToken.None);
        var workspace = new OpenWorkspace(_host, folder, Replaced, Observe, _ledger, before);
        foreach (var warning in workspace.Environment.Warnings.Concat(workspace.Plan.Warnings))
        {
            Observe(new ServiceEvent.Warning(warning));
        }

        if (_host.Options.WatchesFiles)
        {
            workspace.View.Watch();
            _otherFiles?.Dispose();
            _otherFiles = _host.Changes?.Watch([.. workspace.OtherFiles], () => _background.Run(ReopenAsync, this));
        }

        return workspace;
    }

    /// <summary>The <c>configlsp.json</c> or the schema may be another than before.</summary>
    private async Task ReopenAsync()
    {
        OpenWorkspace old;
        OpenWorkspace next;
        lock (_lock)
        {
            if (_isDisposed || _workspace is null)
            {
                return;
            }

            old = _workspace;
            old.InvalidateSchema();
            var folder = WorkspaceFolder.Load(_host.Options.Files, DocumentUri.FromFilePath(Folder), IsTrusted, CancellationToken.None);
            if (folder.Failure is not null)
            {
                // A file that cannot be read for a moment must not take the sources away.
                return;
            }

            next = _workspace = Open(old);
        }

        await next.View.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        await old.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>There is a new view: take note of what changed in the files, forget old answers, and tell who watches.</summary>
    private void Replaced(OpenWorkspace workspace, ViewChange change)
    {
        if (!ReferenceEquals(workspace, Volatile.Read(ref _workspace)))
        {
            // A late look of the workspace before; the one that has taken its place knows better.
            return;
        }

        _lastLoad = _host.Options.Time.GetUtcNow();
        foreach (var slot in workspace.View.Slots)
        {
            _ledger.Ingest(slot.Plan, slot.Status);
        }

        // Remembered answers are given with the newest revision that was seen, which must not be older than the view.
        if (_ledger.IsOpen)
        {
            _ = _ledger.Revision;
        }

        // Of another configlsp.json the first view follows the last one of the workspace before.
        var published = Interlocked.Exchange(ref _published, change.New);
        if (published is not { } old)
        {
            return;
        }

        var isSameWorkspace = change.Old is not null;
        var differences = SettingDifference.Find(old.Root, change.New.Root);
        var isSameSchema = ReferenceEquals(old.Schema, change.New.Schema);
        if (!isSameSchema || !isSameWorkspace || old.Layers.Zip(change.New.Layers).Any(static p => p.First.State != p.Second.State))
        {
            workspace.Cache.Clear();
        }

        foreach (var (before, after) in isSameWorkspace ? old.Layers.Zip(change.New.Layers) : [])
        {
            // Also where a stronger source hides it: the key has another revision.
            foreach (var difference in SettingDifference.Find(before.Written, after.Written))
            {
                workspace.Cache.Invalidate(difference.Key);
            }
        }

        foreach (var difference in differences)
        {
            workspace.Cache.Invalidate(difference.Key);
        }

        _watches.Publish(differences, old, change.New, () => _ledger.Revision);
        var known = old.Layers.Select(static l => l.Content).ToHashSet(ReferenceEqualityComparer.Instance);
        var served = change.New.Layers.Select(static l => l.Content).ToHashSet(ReferenceEqualityComparer.Instance);
        var files = old.Layers.Where(l => !served.Contains(l.Content)).Concat(change.New.Layers.Where(l => !known.Contains(l.Content)))
            .Select(static l => l.Content?.FilePath).OfType<string>().Distinct();
        Observe(new ServiceEvent.ViewChanged([.. files], [.. differences.Take(1000).Select(static d => d.Key.ToString())]));
    }

    private void Observe(ServiceEvent happened) => _host.Options.Observer?.Invoke(Folder, happened);

    /// <summary>Carries an operation out, counts it, and keeps the service from ending meanwhile.</summary>
    private async ValueTask<ServiceResult<T>> RunAsync<T>(string operation, Func<ValueTask<ServiceResult<T>>> run)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return new ServiceError(ServiceErrors.ShuttingDown, "The workspace is not served any more.");
            }

            _running++;
        }

        try
        {
            return await Statistics.CountAsync(operation, run).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (--_running == 0 && _isDisposed)
                {
                    _idle.TrySetResult();
                }
            }
        }
    }
}
