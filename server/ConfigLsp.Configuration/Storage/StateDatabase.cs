using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Storage.State;

namespace ConfigLsp.Configuration.Storage;

/// <summary>
/// The memory of a workspace: its revisions, what each settings file held, and what each update replaced (SQLite, in the state folder). Opened when it is
/// first asked; safe for several threads and several processes. All calls are synchronous: a write waits for the disk once, so call from a background
/// task. Values of settings are in the files' bytes only, and the files of the database are readable by their user alone.
/// </summary>
/// <remarks>
/// Every call can give <see cref="ServiceErrors.PermissionDenied"/>, <see cref="ServiceErrors.NoSpace"/>, <see cref="ServiceErrors.Timeout"/> (another
/// process keeps it busy) or <see cref="ServiceErrors.Unavailable"/>. A damaged database is moved aside and a new one with a new
/// <see cref="StoreId"/> started: see <see cref="Quarantined"/>.
/// </remarks>
public sealed class StateDatabase : IDisposable
{
    /// <summary>The most revisions that are kept; older ones are forgotten, their numbers are not used again.</summary>
    public const int MaxRevisions = 1_000;

    /// <summary>The most bytes of contents that are kept, compressed: 64 MiB. What the files hold now, and what the newest revision replaced, is always kept.</summary>
    public const long MaxKeptBytes = 64 * 1024 * 1024;

    /// <summary>The most changes of a revision that the history names.</summary>
    public const int MaxChanges = 1_000;

    /// <summary>How long a <see cref="UpdateIntent.TransactionId"/> is remembered.</summary>
    public static readonly TimeSpan TransactionLifetime = TimeSpan.FromMinutes(15);

    private readonly StateSession _session;
    private readonly TimeProvider _clock;

    /// <summary>Makes ready to open a database.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="workspaceRoot">The real path of the workspace's folder.</param>
    /// <param name="clock">For the age of transactions.</param>
    public StateDatabase(StateFolder state, string workspaceRoot, TimeProvider clock)
    {
        _clock = clock;
        _session = new StateSession(state, state.WorkspaceFolder(workspaceRoot), workspaceRoot, clock);
    }

    /// <summary>The database file, whether it exists or not.</summary>
    public string Path => _session.Path;

    /// <summary>Names this history. Another name means that the history was lost, and revisions started again.</summary>
    public ServiceResult<string> StoreId => _session.ReadOne(static c => c.First("SELECT store_id FROM store", static row => row.GetString(0))!);

    /// <summary>The newest revision; 0: nothing has changed since the history began. Other processes move it too.</summary>
    public ServiceResult<long> Revision => _session.ReadOne(RevisionLog.Current);

    /// <summary>The last damaged database that was met and moved aside; null if none was.</summary>
    public QuarantinedDatabase? Quarantined => _session.Quarantined;

    /// <summary>Free bytes on the disk of the state folder; null if that cannot be told.</summary>
    public long? FreeSpace
    {
        get
        {
            try
            {
                var folder = Path;
                while (!Directory.Exists(folder))
                {
                    folder = System.IO.Path.GetDirectoryName(folder)!;
                }

                return new DriveInfo(folder).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return null;
            }
        }
    }

    /// <summary>What a file held when it was last looked at; null: it was never seen.</summary>
    public ServiceResult<TrackedFile?> FindFile(string target) => _session.Read<TrackedFile?>(c =>
        TrackedFiles.Find(c, target) is not { } file ? null : new TrackedFile(file.Hash, file.Hash is null ? null : KeptContents.Find(c, file.Hash)));

    /// <summary>Takes note of a content that did not come through the service. Needs no lock.</summary>
    public ServiceResult<IngestResult> Ingest(OutsideEdit edit)
    {
        // Mostly there is nothing new, which reading can tell.
        if (!_session.Read(c => TrackedFiles.Examine(c, edit)).TryGet(out var seen, out var error))
        {
            return error;
        }

        return seen.Outcome is IngestOutcome.Unchanged or IngestOutcome.UpdatePending ? seen : _session.Write(c => TrackedFiles.Ingest(c, edit));
    }

    /// <summary>Promises an update, before its file is touched. The caller holds the path lock and has called <see cref="Recover"/>.</summary>
    /// <returns>The number of the intent; or <see cref="ServiceErrors.Conflict"/> if the file is known to hold something else by now.</returns>
    public ServiceResult<long> BeginUpdate(UpdateIntent intent)
    {
        if (!_session.Write(c => UpdateIntents.Begin(c, intent)).TryGet(out var id, out var error))
        {
            return error;
        }

        return id ?? (ServiceResult<long>)StorageErrors.Changed(System.IO.Path.GetFileName(intent.Target), hash: null);
    }

    /// <summary>Records that the promised update was made.</summary>
    /// <returns>Its revision; or <see cref="ServiceErrors.Unavailable"/> if the intent is lost with its database.</returns>
    public ServiceResult<long> CompleteUpdate(long intentId)
    {
        if (!_session.Write(c => UpdateIntents.Complete(c, intentId, _clock.GetUtcNow())).TryGet(out var revision, out var error))
        {
            return error;
        }

        return revision ?? (ServiceResult<long>)new ServiceError(ServiceErrors.Unavailable, "The state database was lost during the update, which has no revision.");
    }

    /// <summary>Records that the promised update was not made. One that is not known is no error.</summary>
    public ServiceResult<bool> AbandonUpdate(long intentId) => _session.Write(c => UpdateIntents.Abandon(c, intentId));

    /// <summary>The updates of a file of which the end is not recorded, the oldest first.</summary>
    public ServiceResult<ImmutableArray<PendingUpdate>> PendingUpdates(string target) => _session.ReadOne(c => UpdateIntents.Pending(c, target));

    /// <summary>
    /// Finds out, after a crash, whether promised updates were made, by what the file holds now. The caller holds the path lock. What the file holds
    /// afterwards may still have to be ingested.
    /// </summary>
    /// <param name="target">The file.</param>
    /// <param name="currentHash">The hash of its content; null if it is not there.</param>
    public ServiceResult<Recovery> Recover(string target, string? currentHash)
    {
        if (!PendingUpdates(target).TryGet(out var pending, out var error))
        {
            return error;
        }

        return pending.IsEmpty ? default(Recovery) : _session.Write(c => UpdateIntents.Recover(c, target, currentHash, _clock.GetUtcNow()));
    }

    /// <summary>The update that was made under this name in the last fifteen minutes; null: none was.</summary>
    public ServiceResult<AppliedTransaction?> FindTransaction(string transactionId) =>
        _session.ReadOne(c => UpdateIntents.FindApplied(c, transactionId, _clock.GetUtcNow()));

    /// <summary>The newest revision that changed this key of the file, something within it or something around it; 0: none did.</summary>
    public ServiceResult<long> KeyRevision(string target, SettingKey key) => _session.Read(c => KeyRevisions.Find(c, target, key));

    /// <summary>The same for several keys, at one moment.</summary>
    public ServiceResult<ImmutableArray<long>> KeyRevision(string target, IReadOnlyList<SettingKey> keys) => _session.Read(c =>
    {
        var seen = new Dictionary<string, (long Changed, long Within)>(StringComparer.Ordinal);
        return keys.Select(key => KeyRevisions.Find(c, target, key, seen)).ToImmutableArray();
    });

    /// <summary>The same for several keys, with what the file held at that moment: so that revisions are given only with values that they belong to.</summary>
    public ServiceResult<TrackedRevisions> KeyRevisionsNow(string target, IReadOnlyList<SettingKey> keys) => _session.Read(c =>
    {
        var file = TrackedFiles.Find(c, target);
        var seen = new Dictionary<string, (long Changed, long Within)>(StringComparer.Ordinal);
        return new TrackedRevisions(file is not null, file?.Hash, RevisionLog.Current(c), [.. keys.Select(key => KeyRevisions.Find(c, target, key, seen))]);
    });

    /// <summary>Takes note of a request that was carried out although nothing had to be changed for it.</summary>
    public ServiceResult<bool> RecordTransaction(string transactionId, string fingerprint) => _session.Write(c =>
    {
        UpdateIntents.RecordApplied(c, transactionId, fingerprint, RevisionLog.Current(c), _clock.GetUtcNow());
        return true;
    });

    /// <summary>Revisions, the newest first.</summary>
    public ServiceResult<ImmutableArray<HistoryEntry>> History(HistoryQuery query) => _session.Read(c => RevisionLog.Find(c, query));

    /// <summary>What the file of a revision held before it; or <see cref="ServiceErrors.Compacted"/> if that is not kept any more.</summary>
    public ServiceResult<RevisionContent> ContentBefore(long revision) => Content(revision, static entry => entry.OldHash);

    /// <summary>What the file of a revision held after it; or <see cref="ServiceErrors.Compacted"/> if that is not kept any more.</summary>
    public ServiceResult<RevisionContent> ContentAfter(long revision) => Content(revision, static entry => entry.NewHash);

    /// <summary>What is wrong with the database, as SQLite tells; empty: nothing. Reads all of it.</summary>
    public ServiceResult<ImmutableArray<string>> IntegrityCheck() => _session.ReadOne(static c =>
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        c.ForEach("PRAGMA quick_check(10)", row =>
        {
            problems.Add(row.GetString(0));
            return true;
        });
        return problems is ["ok"] ? [] : problems.DrainToImmutable();
    });

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();

    private ServiceResult<RevisionContent> Content(long revision, Func<HistoryEntry, string?> which)
    {
        var found = _session.Read(c => RevisionLog.Find(c, revision) is not { } entry ? null
            : which(entry) is not { } hash ? new RevisionContent(entry.Target, entry.Source, Hash: null, Content: null)
            : KeptContents.Find(c, hash) is { } content ? new RevisionContent(entry.Target, entry.Source, hash, content)
            : null);
        if (!found.TryGet(out var content, out var error))
        {
            return error;
        }

        return content ?? (ServiceResult<RevisionContent>)new ServiceError(ServiceErrors.Compacted, $"The content at revision {revision} is not kept.");
    }

}
