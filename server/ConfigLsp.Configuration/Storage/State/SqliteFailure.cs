namespace ConfigLsp.Configuration.Storage.State;

/// <summary>SQLite refused (sqlite.org/rescode.html).</summary>
internal sealed class SqliteFailure(int extendedCode, string message) : Exception($"SQLite error {extendedCode}: {message}")
{
    /// <summary>The primary result code.</summary>
    public int Code => extendedCode & 0xFF;

    /// <summary>The extended result code.</summary>
    public int ExtendedCode => extendedCode;
}

/// <summary>The database was written by a later version of this program.</summary>
internal sealed class NewerDatabaseException : Exception;
