using SQLitePCL;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>The row that a statement stands at.</summary>
internal readonly ref struct StateRow(sqlite3_stmt statement)
{
    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? GetStringOrNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : GetString(column);

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
}

/// <summary>Makes something of a row.</summary>
internal delegate T RowReader<out T>(StateRow row);
