using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>When each key last changed. Runs within a transaction.</summary>
internal static class KeyRevisions
{
    /// <summary>The most keys that are told apart in a change; with more, all of the file counts as changed.</summary>
    private const int MaxKeys = 10_000;

    /// <summary>The most keys that are remembered; beyond, those that changed longest ago are counted to their file.</summary>
    private const int MaxRemembered = 100_000;

    /// <summary>Counting them takes some milliseconds, so that is done once in so many revisions.</summary>
    private const int ForgetEvery = 64;

    public static void Record(StateConnection connection, string target, IReadOnlyList<KeyChange> changes, long revision)
    {
        if (changes.Count > MaxKeys)
        {
            Set(connection, target, SettingKey.Root.Pointer, revision, revision);
            return;
        }

        HashSet<string> around = new(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            Set(connection, target, change.Key.Pointer, revision, revision);
            for (var key = change.Key; !key.IsRoot;)
            {
                key = key.Parent;
                if (!around.Add(key.Pointer))
                {
                    break;
                }
            }
        }

        foreach (var pointer in around)
        {
            Set(connection, target, pointer, changed: 0, revision);
        }

        if (revision % ForgetEvery == 0)
        {
            Forget(connection);
        }
    }

    /// <summary>The newest revision that changed the key, something within it or something around it; 0: none did.</summary>
    public static long Find(StateConnection connection, string target, SettingKey key, Dictionary<string, (long Changed, long Within)>? seen = null)
    {
        var revision = Get(connection, target, key.Pointer, seen).Within;
        while (!key.IsRoot)
        {
            key = key.Parent;
            revision = Math.Max(revision, Get(connection, target, key.Pointer, seen).Changed);
        }

        return revision;
    }

    private static (long Changed, long Within) Get(StateConnection connection, string target, string pointer, Dictionary<string, (long Changed, long Within)>? seen)
    {
        if (seen is not null && seen.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var found = connection.First(
            "SELECT changed, within FROM key_revision WHERE target = $1 AND pointer = $2", static row => (row.GetInt64(0), row.GetInt64(1)), target, pointer);
        seen?.Add(pointer, found);
        return found;
    }

    private static void Set(StateConnection connection, string target, string pointer, long changed, long within) => connection.Execute(
        "INSERT INTO key_revision VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET changed = max(changed, excluded.changed), within = max(within, excluded.within)",
        target, pointer, changed, within);

    // Which is rare: a quarter goes at once. What is said of a forgotten key afterwards may be a later revision than the true one, never an earlier.
    private static void Forget(StateConnection connection)
    {
        if (connection.First("SELECT count(*) FROM key_revision", static row => row.GetInt64(0)) <= MaxRemembered)
        {
            return;
        }

        var oldest = connection.First(
            "SELECT within FROM key_revision ORDER BY within LIMIT 1 OFFSET $1", static row => row.GetInt64(0), MaxRemembered / 4);
        connection.Execute(
            "UPDATE key_revision SET changed = max(changed, (SELECT max(k.within) FROM key_revision k WHERE k.target = key_revision.target AND k.within <= $1)) "
            + "WHERE pointer = '' AND EXISTS (SELECT 1 FROM key_revision k WHERE k.target = key_revision.target AND k.within <= $1)",
            oldest);
        connection.Execute("DELETE FROM key_revision WHERE pointer <> '' AND within <= $1", oldest);
    }
}
