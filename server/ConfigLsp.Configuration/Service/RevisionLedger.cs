using System.Collections.Immutable;
using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// Keeps the revisions of a workspace in step with what its sources hold: takes note of edits that did not come through the service, and says when
/// a key last changed. Where the state folder cannot be used, reads go on with revision 0.
/// </summary>
internal sealed class RevisionLedger : IDisposable
{
    private readonly Lazy<StateDatabase?> _database;
    private readonly IWritableFileSystem _files;
    private readonly PathLocks? _locks;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string?> _ingested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PlannedSource Plan, SourceStatus Status)> _pending = new(StringComparer.Ordinal);
    private long _newest;

    public RevisionLedger(IWritableFileSystem files, StateFolder? state, PathLocks? locks, string folder, TimeProvider time)
    {
        _files = files;
        _locks = locks;
        _time = time;
        _database = new Lazy<StateDatabase?>(() => state is null ? null : new StateDatabase(state, folder, time));
    }

    /// <summary>The state database; null where there is no place for one. Opened, or created, when it is first asked for.</summary>
    public StateDatabase? Database
    {
        get
        {
            var database = _database.Value;
            TakeNoteOfPending();
            return database;
        }
    }

    /// <summary>Whether the database was needed yet.</summary>
    public bool IsOpen => _database.IsValueCreated;

    /// <summary>Why the revisions are not known; null where they are.</summary>
    public ServiceError? Error { get; private set; }

    /// <summary>The newest revision of the workspace; 0 where it cannot be known.</summary>
    public long Revision
    {
        get
        {
            var revision = Remember(Database?.Revision, 0);
            InterlockedMax(ref _newest, revision);
            return revision;
        }
    }

    /// <summary>The newest revision that this process has seen, without a question to the database; 0 before the first.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>The database, or why there is none.</summary>
    public ServiceResult<StateDatabase> Open() => Database is { } database
        ? database
        : new ServiceError(ServiceErrors.Unavailable, "There is no state folder: neither XDG_STATE_HOME nor HOME is set, so updates and history cannot be kept.");

    /// <summary>Takes note of what a source holds, if that is not known yet. Does not open the database: where it was not needed yet, it is noted then.</summary>
    /// <param name="plan">The source.</param>
    /// <param name="status">What it holds.</param>
    public void Ingest(PlannedSource plan, SourceStatus status)
    {
        if (TargetOf(plan, status.Content) is not { } target || status.State is not (LayerState.Loaded or LayerState.Missing))
        {
            return;
        }

        lock (_lock)
        {
            if (!IsOpen)
            {
                _pending[target] = (plan, status);
                return;
            }
        }

        if (Database is not null)
        {
            Ingest(plan, status, target);
        }
    }

    private void Ingest(PlannedSource plan, SourceStatus status, string target)
    {
        var hash = status.Content?.Hash;
        lock (_lock)
        {
            // Mostly nothing has changed since the last look, which needs no question.
            if (_ingested.TryGetValue(target, out var known) && known == hash)
            {
                return;
            }

            Error = null;
            if (!_database.Value!.FindFile(target).TryGet(out var tracked, out var error))
            {
                Error = error;
            }
            else if (tracked is not null && tracked.Hash == hash)
            {
                _ingested[target] = hash;
            }
            else
            {
                IngestUnderLock(plan, target);
            }
        }
    }

    /// <summary>Takes note of what the file of a source holds. The caller compares with what it expects afterwards.</summary>
    public ServiceResult<IngestResult> Ingest(PlannedSource plan, string target, string? hash, ReadOnlyMemory<byte> content, string? origin)
    {
        if (!Open().TryGet(out var database, out var error))
        {
            return error;
        }

        for (var attempt = 1; ; attempt++)
        {
            if (!database.FindFile(target).TryGet(out var tracked, out error))
            {
                return error;
            }

            if (tracked is not null && tracked.Hash == hash)
            {
                return new IngestResult(IngestOutcome.Unchanged, Revision);
            }

            var edit = new OutsideEdit
            {
                Target = target,
                Source = plan.Name,
                OldHash = tracked?.Hash,
                NewHash = hash,
                NewContent = content,
                Changes = tracked is null ? [] : Changes(plan, tracked.Content ?? default, content),
                Origin = origin,
                Timestamp = _time.GetUtcNow(),
            };
            if (!database.Ingest(edit).TryGet(out var result, out error))
            {
                return error;
            }

            // Another process was quicker; what differs is to be found out anew.
            if (result.Outcome != IngestOutcome.Stale || attempt == 5)
            {
                return result;
            }
        }
    }

    /// <summary>When keys last changed in the file of a source, and what it held then; null where that cannot be known.</summary>
    public TrackedRevisions? KeyRevisions(string? target, IReadOnlyList<SettingKey> keys)
    {
        if (target is null || Database is not { } database)
        {
            return null;
        }

        var found = database.KeyRevisionsNow(target, keys);
        Error = found.Error;
        InterlockedMax(ref _newest, found.IsSuccess ? found.Value.Newest : 0);
        return found.IsSuccess ? found.Value : null;
    }

    /// <summary>Forgets what the file held, so that it is looked at again.</summary>
    public void Forget(string target)
    {
        lock (_lock)
        {
            _ingested.Remove(target);
        }
    }

    /// <summary>The settings that differ in two documents of a source.</summary>
    public static ImmutableArray<KeyChange> Changes(PlannedSource plan, ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> @new) =>
    [
        .. SettingDifference.Find(Read(plan, old), Read(plan, @new)).Select(static d => new KeyChange(d.Key, d.Old is not null, d.New is not null)),
    ];

    /// <summary>What the database calls the file of a source: its real path, also where it is not there; null for a source that has no revisions.</summary>
    public string? TargetOf(PlannedSource plan, SourceContent? content) =>
        content?.FilePath
        ?? (plan.FilePath is not { } path ? null
            : DurableFile.Locate(_files, new DurableTarget(path) { Root = plan.AllowedRoot }) is { IsSuccess: true, Value: var real } ? real
            : path);

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value?.Dispose();
        }
    }

    private static SettingNode Read(PlannedSource plan, ReadOnlyMemory<byte> bytes) =>
        LayeredView.EntriesOf(plan, new SourceContent(JsonParser.Parse(SourceText.FromUtf8(bytes)))) is { } entries ? LayerReader.ReadWritten(entries, 0).Root : SettingNode.Empty;

    /// <summary>
    /// Looks at the file once more with its lock held, since what was read before may be from before an update. Who holds the lock takes note by
    /// himself; then the next look at the file finds it done.
    /// </summary>
    private void IngestUnderLock(PlannedSource plan, string target)
    {
        var locking = _locks!.AcquireAsync(target, TimeSpan.Zero, CancellationToken.None).AsTask();
        if (!locking.IsCompletedSuccessfully)
        {
            _ = locking.ContinueWith(
                static late =>
                {
                    if (late.IsCompletedSuccessfully && late.Result.TryGet(out var held, out _))
                    {
                        held.Dispose();
                    }
                },
                TaskScheduler.Default);
            return;
        }

        if (!locking.Result.TryGet(out var held, out var error))
        {
            Error = error.Descriptor == ServiceErrors.Timeout ? null : error;
            return;
        }

        using (held)
        {
            if (!DurableFile.Read(_files, new DurableTarget(target), CancellationToken.None).TryGet(out var file, out error)
                || !Database!.Recover(target, file.Hash).TryGet(out _, out error)
                || !Ingest(plan, target, file.Hash, file.Content ?? default, origin: null).TryGet(out _, out error))
            {
                Error = error;
                return;
            }

            _ingested[target] = file.Hash;
        }
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    private void TakeNoteOfPending()
    {
        lock (_lock)
        {
            if (_pending.Count == 0)
            {
                return;
            }

            var pending = _pending.ToArray();
            _pending.Clear();
            foreach (var (target, (plan, status)) in _database.Value is null ? [] : pending)
            {
                Ingest(plan, status, target);
            }
        }
    }

    private T Remember<T>(ServiceResult<T>? result, T otherwise)
    {
        if (result is not { } known)
        {
            return otherwise;
        }

        Error = known.Error;
        return known.IsSuccess ? known.Value : otherwise;
    }
}
