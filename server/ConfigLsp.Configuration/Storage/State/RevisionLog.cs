using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>The revisions. Runs within a transaction.</summary>
internal static class RevisionLog
{
    private const string Columns = "revision, timestamp, source, target, kind, actor, old_hash, new_hash, changes, change_count";

    public static long Current(StateConnection connection) => connection.First("SELECT revision FROM store", static row => row.GetInt64(0));

    /// <summary>Makes a new revision, in which the file came to its new content.</summary>
    public static long Append(StateConnection connection, HistoryEntry entry, IReadOnlyList<KeyChange> changes)
    {
        var revision = connection.First("UPDATE store SET revision = revision + 1 RETURNING revision", static row => row.GetInt64(0));
        connection.Execute(
            "INSERT INTO revision (revision, timestamp, source, target, kind, actor, old_hash, new_hash, changes, change_count) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            revision,
            entry.Timestamp.ToUnixTimeMilliseconds(),
            entry.Source,
            entry.Target,
            (int)entry.Kind,
            entry.Actor,
            entry.OldHash,
            entry.NewHash,
            ChangeList.Write(changes, StateDatabase.MaxChanges),
            entry.ChangeCount);
        KeyRevisions.Record(connection, entry.Target, changes, revision);
        var tracked = connection.First("SELECT hash FROM file WHERE target = $1", static row => row.GetStringOrNull(0), entry.Target);
        SetFile(connection, entry.Target, entry.Source, entry.NewHash);
        KeptContents.Release(connection, tracked, revision: 0);
        Compact(connection, revision);
        return revision;
    }

    /// <summary>Notes what a file holds.</summary>
    public static void SetFile(StateConnection connection, string target, string source, string? hash) => connection.Execute(
        "INSERT INTO file (target, source, hash) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET source = excluded.source, hash = excluded.hash", target, source, hash);

    public static HistoryEntry? Find(StateConnection connection, long revision) =>
        connection.First($"SELECT {Columns} FROM revision WHERE revision = $1", Read, revision);

    public static ImmutableArray<HistoryEntry> Find(StateConnection connection, HistoryQuery query)
    {
        var entries = ImmutableArray.CreateBuilder<HistoryEntry>();
        if (query.Limit > 0)
        {
            connection.ForEach(
                $"SELECT {Columns} FROM revision WHERE revision < $1 AND ($2 IS NULL OR source = $2) ORDER BY revision DESC",
                row =>
                {
                    var entry = Read(row);
                    if (query.Key is null || Concerns(entry, query.Key))
                    {
                        entries.Add(entry);
                    }

                    return entries.Count < query.Limit;
                },
                query.BeforeRevision ?? long.MaxValue,
                query.Source);
        }

        return entries.DrainToImmutable();
    }

    private static bool Concerns(HistoryEntry entry, SettingKey key) =>
        entry.ChangeCount > entry.Changes.Length || entry.Changes.Any(c => key.Contains(c.Key) || c.Key.Contains(key));

    private static HistoryEntry Read(StateRow row) => new(
        row.GetInt64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.GetString(2),
        row.GetString(3),
        (ChangeKind)row.GetInt32(4),
        row.GetStringOrNull(5),
        row.GetStringOrNull(6),
        row.GetStringOrNull(7),
        ChangeList.Read(row.GetString(8)),
        row.GetInt32(9));

    /// <summary>Forgets the oldest revisions, then the oldest contents, until the bounds are kept.</summary>
    private static void Compact(StateConnection connection, long newest)
    {
        while (connection.First(
            "SELECT revision, old_hash FROM revision WHERE revision <= $1 ORDER BY revision LIMIT 1",
            static row => (Revision: row.GetInt64(0), Hash: row.GetStringOrNull(1)),
            newest - StateDatabase.MaxRevisions) is { Revision: > 0 } old)
        {
            connection.Execute("DELETE FROM revision WHERE revision = $1", old.Revision);
            KeptContents.Release(connection, old.Hash, old.Revision);
        }

        // A content goes with the last revision that needs it, so the revisions are gone through once.
        for (var at = 0L; connection.First("SELECT kept_bytes FROM store", static row => row.GetInt64(0)) > StateDatabase.MaxKeptBytes;)
        {
            var old = connection.First(
                "SELECT revision, old_hash FROM revision JOIN content ON hash = old_hash WHERE revision > $1 AND revision < $2 ORDER BY revision LIMIT 1",
                static row => (Revision: row.GetInt64(0), Hash: row.GetString(1)),
                at,
                newest);
            if (old.Revision == 0)
            {
                return;
            }

            KeptContents.Release(connection, old.Hash, old.Revision);
            at = old.Revision;
        }
    }
}
