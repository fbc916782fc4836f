using ConfigLsp.Configuration.Files;
using Microsoft.Data.Sqlite;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>
/// One connection to a state database, with its prepared statements. Used by one thread at a time.
/// </summary>
internal sealed class StateConnection : IDisposable
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.
    private const int NoCheckpointOnClose = 1006;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private StateConnection(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        Identity = IdentityOf(path);
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Which file was opened; null where the platform does not tell.</summary>
    public FileIdentity? Identity { get; }

    /// <summary>Whether the path still leads to what was opened: it does not when the database was moved aside or removed.</summary>
    public bool IsCurrent => Identity == IdentityOf(Path);

    /// <summary>Opens the database, creates it where it is missing, and brings its tables up to date. The caller holds the lock for opening.</summary>
    /// <exception cref="SqliteException">SQLite refuses.</exception>
    /// <exception cref="NewerDatabaseException">The tables are of a later version of this program.</exception>
    public static StateConnection Open(string path)
    {
        CreatePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            var opened = new StateConnection(path, connection);
            opened.Prepare();
            return opened;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static FileIdentity? IdentityOf(string path) => OperatingSystem.IsLinux() ? UnixFiles.GetStatus(path, out _)?.Identity : null;

    /// <summary>Runs in one transaction: reads see one state, writes happen all or not at all and are on the disk afterwards.</summary>
    public T Transact<T>(bool writes, Func<StateConnection, T> work)
    {
        Execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
        var isDone = false;
        try
        {
            var result = work(this);
            Execute("COMMIT");
            isDone = true;
            return result;
        }
        finally
        {
            // After some errors SQLite has rolled back by itself.
            if (!isDone && SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Execute("ROLLBACK");
            }
        }
    }

    /// <summary>Runs a statement; the parameters are <c>$1</c>, <c>$2</c> and so on. The result is the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters) => Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>The first row, or the default where there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var rows = Bind(sql, parameters).ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }

    /// <summary>Reads rows until <paramref name="take"/> says that it is enough.</summary>
    public void ForEach(string sql, Func<SqliteDataReader, bool> take, params ReadOnlySpan<object?> parameters)
    {
        using var rows = Bind(sql, parameters).ExecuteReader();
        while (rows.Read() && take(rows))
        {
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static void CreatePrivate(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        // SQLite gives its other files the permissions of this one.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = (UnixFileMode)FileAccessRights.PrivateFile;
        }

        using var created = new FileStream(path, options);
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands.Add(sql, command = _connection.CreateCommand());
            command.CommandText = sql;
            for (var i = 1; i <= parameters.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i] ?? DBNull.Value;
        }

        return command;
    }

    private void Prepare()
    {
        // A process that ends need not wait for the disk: the log stays, and the next one goes on with it.
        SQLitePCL.raw.sqlite3_db_config(_connection.Handle, NoCheckpointOnClose, 1, out _);
        Execute("PRAGMA busy_timeout = 5000");
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA trusted_schema = OFF");
        Execute("PRAGMA cell_size_check = ON");
        Execute("PRAGMA journal_size_limit = 4194304");
        var version = First("PRAGMA user_version", static row => row.GetInt32(0));
        if (version > StateSchema.Version)
        {
            throw new NewerDatabaseException();
        }

        if (version < StateSchema.Version)
        {
            Transact(writes: true, Migrate);
        }
    }

    private static bool Migrate(StateConnection connection)
    {
        var version = connection.First("PRAGMA user_version", static row => row.GetInt32(0));
        for (; version < StateSchema.Version; version++)
        {
            connection.Execute(StateSchema.Steps[version]);
        }

        connection.Execute("INSERT OR IGNORE INTO store VALUES (1, $1, 0, 0)", Guid.NewGuid().ToString("N"));
        connection.Execute($"PRAGMA user_version = {version}");
        return true;
    }
}

/// <summary>The database was written by a later version of this program.</summary>
internal sealed class NewerDatabaseException : Exception;
