using ConfigLsp.Configuration.Files;
using SQLitePCL;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>
/// One connection to a state database, with its prepared statements. Used by one thread at a time.
/// </summary>
internal sealed class StateConnection : IDisposable
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.
    private const int NoCheckpointOnClose = 1006;
    private const int BusyMilliseconds = 5000;

    private readonly sqlite3 _database;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);

    private StateConnection(string path, sqlite3 database)
    {
        Path = path;
        _database = database;
        Identity = IdentityOf(path);
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Which file was opened; null where the platform does not tell.</summary>
    public FileIdentity? Identity { get; }

    /// <summary>Whether the path still leads to what was opened: it does not when the database was moved aside or removed.</summary>
    public bool IsCurrent => Identity == IdentityOf(Path);

    /// <summary>Opens the database, creates it where it is missing, and brings its tables up to date. The caller holds the lock for opening.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses.</exception>
    /// <exception cref="NewerDatabaseException">The tables are of a later version of this program.</exception>
    public static StateConnection Open(string path)
    {
        CreatePrivate(path);
        var result = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, vfs: null);
        var opened = new StateConnection(path, database);
        try
        {
            opened.Check(result);
            opened.Prepare();
            return opened;
        }
        catch
        {
            opened.Dispose();
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
            if (!isDone && raw.sqlite3_get_autocommit(_database) == 0)
            {
                Execute("ROLLBACK");
            }
        }
    }

    /// <summary>Runs a statement; the parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    public void Execute(string sql, params ReadOnlySpan<object?> parameters) => Run(sql, static (_, _) => true, state: true, parameters);

    /// <summary>The first row, or the default where there is none.</summary>
    public T? First<T>(string sql, RowReader<T> read, params ReadOnlySpan<object?> parameters)
    {
        var found = new Found<T>(read);
        Run(sql, static (row, found) => found.Take(row), found, parameters);
        return found.Value;
    }

    /// <summary>Reads rows until <paramref name="take"/> says that it is enough.</summary>
    public void ForEach(string sql, RowReader<bool> take, params ReadOnlySpan<object?> parameters) =>
        Run(sql, static (row, take) => take(row), take, parameters);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _database.Dispose();
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

    private void Run<TState>(string sql, RowTaker<TState> take, TState state, ReadOnlySpan<object?> parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_database, sql, out statement));
            _statements.Add(sql, statement);
        }

        try
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                Check(Bind(statement, i + 1, parameters[i]));
            }

            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                if (!take(new StateRow(statement), state))
                {
                    return;
                }
            }

            Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    private static int Bind(sqlite3_stmt statement, int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int(statement, index, number),
        string text => raw.sqlite3_bind_text(statement, index, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        _ => throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value)),
    };

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteFailure(raw.sqlite3_extended_errcode(_database), raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }

    private void Prepare()
    {
        // A process that ends need not wait for the disk: the log stays, and the next one goes on with it.
        raw.sqlite3_db_config(_database, NoCheckpointOnClose, 1, out _);
        Check(raw.sqlite3_busy_timeout(_database, BusyMilliseconds));
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
            connection.Check(raw.sqlite3_exec(connection._database, StateSchema.Steps[version]));
        }

        connection.Execute("INSERT OR IGNORE INTO store VALUES (1, $1, 0, 0)", Guid.NewGuid().ToString("N"));
        connection.Execute($"PRAGMA user_version = {version}");
        return true;
    }

    private delegate bool RowTaker<in TState>(StateRow row, TState state);

    private sealed class Found<T>(RowReader<T> read)
    {
        public T? Value { get; private set; }

        public bool Take(StateRow row)
        {
            Value = read(row);
            return false;
        }
    }
}
