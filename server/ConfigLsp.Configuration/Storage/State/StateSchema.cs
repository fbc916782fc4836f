namespace ConfigLsp.Configuration.Storage.State;

/// <summary>The tables of <c>state.db</c>, and the steps from one version of them to the next.</summary>
internal static class StateSchema
{
    /// <summary>The <c>user_version</c> of a database with all of <see cref="Steps"/>.</summary>
    public static int Version => Steps.Length;

    /// <summary>Step N leads from version N to N + 1. Steps that were released never change.</summary>
    public static readonly string[] Steps =
    [
        """
        -- One row. `kept_bytes` is the sum of content.packed's lengths.
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1), store_id TEXT NOT NULL, revision INTEGER NOT NULL, kept_bytes INTEGER NOT NULL);
        -- Contents of files by their SHA-256, compressed with Deflate.
        CREATE TABLE content (hash TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, packed BLOB NOT NULL);
        -- What each file held when it was last looked at; a null hash means that it was not there.
        CREATE TABLE file (target TEXT PRIMARY KEY, source TEXT NOT NULL, hash TEXT) WITHOUT ROWID;
        CREATE INDEX file_hash ON file (hash);
        -- Updates that are being made.
        CREATE TABLE intent (
            id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, source TEXT NOT NULL, kind INTEGER NOT NULL, actor TEXT,
            timestamp INTEGER NOT NULL, old_hash TEXT, new_hash TEXT NOT NULL, transaction_id TEXT, fingerprint TEXT NOT NULL, changes TEXT NOT NULL);
        CREATE INDEX intent_target ON intent (target);
        CREATE TABLE revision (
            revision INTEGER PRIMARY KEY, target TEXT NOT NULL, source TEXT NOT NULL, kind INTEGER NOT NULL, actor TEXT,
            timestamp INTEGER NOT NULL, old_hash TEXT, new_hash TEXT, changes TEXT NOT NULL, change_count INTEGER NOT NULL);
        CREATE INDEX revision_old_hash ON revision (old_hash);
        -- By JSON Pointer: when the key itself last changed, and when it or something within it did.
        CREATE TABLE key_revision (
            target TEXT NOT NULL, pointer TEXT NOT NULL, changed INTEGER NOT NULL, within INTEGER NOT NULL, PRIMARY KEY (target, pointer)) WITHOUT ROWID;
        CREATE TABLE applied_transaction (
            transaction_id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, revision INTEGER NOT NULL, timestamp INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX applied_transaction_timestamp ON applied_transaction (timestamp);
        """,
    ];
}
