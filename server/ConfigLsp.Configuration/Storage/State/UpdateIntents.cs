using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>Updates from their promise to their record. Runs within a transaction.</summary>
internal static class UpdateIntents
{
    private const int MaxTransactions = 100_000;

    /// <summary>Null: the file is known to hold something else.</summary>
    public static long? Begin(StateConnection connection, UpdateIntent intent)
    {
        if (TrackedFiles.Find(connection, intent.Target) is not { } file)
        {
            RevisionLog.SetFile(connection, intent.Target, intent.Source, intent.OldHash);
        }
        else if (file.Hash != intent.OldHash)
        {
            return null;
        }

        if (intent.OldHash is not null)
        {
            KeptContents.Add(connection, intent.OldHash, intent.OldContent);
        }

        KeptContents.Add(connection, intent.NewHash, intent.NewContent);
        return connection.First(
            "INSERT INTO intent (target, source, kind, actor, timestamp, old_hash, new_hash, transaction_id, fingerprint, changes) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            static row => row.GetInt64(0),
            intent.Target,
            intent.Source,
            (int)intent.Kind,
            intent.Actor,
            intent.Timestamp.ToUnixTimeMilliseconds(),
            intent.OldHash,
            intent.NewHash,
            intent.TransactionId,
            intent.RequestFingerprint,
            ChangeList.Write(intent.Changes, int.MaxValue));
    }

    public static bool Abandon(StateConnection connection, long intentId)
    {
        var hash = connection.First("DELETE FROM intent WHERE id = $1 RETURNING new_hash", static row => row.GetString(0), intentId);
        KeptContents.Release(connection, hash, revision: 0);
        return hash is not null;
    }

    public static ImmutableArray<PendingUpdate> Pending(StateConnection connection, string target)
    {
        var pending = ImmutableArray.CreateBuilder<PendingUpdate>();
        connection.ForEach(
            "SELECT id, old_hash, new_hash, transaction_id FROM intent WHERE target = $1 ORDER BY id",
            row =>
            {
                pending.Add(new PendingUpdate(row.GetInt64(0), row.GetStringOrNull(1), row.GetString(2), row.GetStringOrNull(3)));
                return true;
            },
            target);
        return pending.DrainToImmutable();
    }

    /// <summary>Null: there is no such intent.</summary>
    public static long? Complete(StateConnection connection, long intentId, DateTimeOffset now)
    {
        var intent = connection.First(
            "DELETE FROM intent WHERE id = $1 RETURNING timestamp, source, target, kind, actor, old_hash, new_hash, changes, transaction_id, fingerprint",
            static row =>
            {
                var changes = ChangeList.Read(row.GetString(7));
                var entry = new HistoryEntry(
                    0,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                    row.GetString(1),
                    row.GetString(2),
                    (ChangeKind)row.GetInt32(3),
                    row.GetStringOrNull(4),
                    row.GetStringOrNull(5),
                    row.GetString(6),
                    [],
                    changes.Length);
                return new { Entry = entry, Changes = changes, Transaction = row.GetStringOrNull(8), Fingerprint = row.GetString(9) };
            },
            intentId);
        if (intent is null)
        {
            return null;
        }

        var revision = RevisionLog.Append(connection, intent.Entry, intent.Changes);
        if (intent.Transaction is not null)
        {
            RecordApplied(connection, intent.Transaction, intent.Fingerprint, revision, now);
        }

        return revision;
    }

    /// <summary>Takes note of a request that was carried out.</summary>
    public static void RecordApplied(StateConnection connection, string transactionId, string fingerprint, long revision, DateTimeOffset now)
    {
        connection.Execute("DELETE FROM applied_transaction WHERE timestamp < $1", Oldest(now));
        connection.Execute("DELETE FROM applied_transaction WHERE revision <= $1", revision - MaxTransactions);
        connection.Execute("INSERT OR REPLACE INTO applied_transaction VALUES ($1, $2, $3, $4)", transactionId, fingerprint, revision, now.ToUnixTimeMilliseconds());
    }

    public static Recovery Recover(StateConnection connection, string target, string? currentHash, DateTimeOffset now)
    {
        long? completed = null;
        var abandoned = 0;
        foreach (var pending in Pending(connection, target))
        {
            if (pending.NewHash == currentHash)
            {
                completed = Complete(connection, pending.Id, now);
            }
            else
            {
                Abandon(connection, pending.Id);
                abandoned++;
            }
        }

        return new Recovery(completed, abandoned);
    }

    public static AppliedTransaction? FindApplied(StateConnection connection, string transactionId, DateTimeOffset now) => connection.First(
        "SELECT revision, fingerprint FROM applied_transaction WHERE transaction_id = $1 AND timestamp >= $2",
        static row => new AppliedTransaction(row.GetInt64(0), row.GetString(1)),
        transactionId,
        Oldest(now));

    private static long Oldest(DateTimeOffset now) => (now - StateDatabase.TransactionLifetime).ToUnixTimeMilliseconds();
}
