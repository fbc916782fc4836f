using System.Globalization;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>
/// Access to the file of a state database: opens it when it is first needed, again when it has been replaced, and moves it aside when it is damaged.
/// Readers and writers have a connection each, so that nobody who reads waits for the disk.
/// </summary>
internal sealed class StateSession(StateFolder state, string folder, string? workspaceRoot, TimeProvider clock) : IDisposable
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // For whoever creates or repairs the database at the same time: five seconds.
    private const int LockAttempts = 500;
    private const int LockPause = 10;

    // Damaged databases that are kept for a person to look at.
    private const int MaxKeptAside = 3;

    private readonly Lock _readGate = new();
    private readonly Lock _writeGate = new();
    private StateConnection? _reader;
    private StateConnection? _writer;
    private bool _isDisposed;

    public string Path { get; } = System.IO.Path.Join(folder, "state.db");

    /// <summary>The last damaged database that was met; null if none was.</summary>
    public QuarantinedDatabase? Quarantined { get; private set; }

    public ServiceResult<T> Read<T>(Func<StateConnection, T> work)
    {
        lock (_readGate)
        {
            return Run(ref _reader, connection => connection.Transact(writes: false, work));
        }
    }

    public ServiceResult<T> Write<T>(Func<StateConnection, T> work)
    {
        lock (_writeGate)
        {
            return Run(ref _writer, connection => connection.Transact(writes: true, work));
        }
    }

    /// <summary>For a single statement, which needs no transaction.</summary>
    public ServiceResult<T> ReadOne<T>(Func<StateConnection, T> work)
    {
        lock (_readGate)
        {
            return Run(ref _reader, work);
        }
    }

    public void Dispose()
    {
        lock (_readGate)
        {
            _isDisposed = true;
            _reader?.Dispose();
            _reader = null;
        }

        lock (_writeGate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private ServiceResult<T> Run<T>(ref StateConnection? connection, Func<StateConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        for (var attempt = 0; ; attempt++)
        {
            FileIdentity? identity = null;
            try
            {
                if (connection is { IsCurrent: false })
                {
                    connection.Dispose();
                    connection = null;
                }

                if (connection is null)
                {
                    if (!state.Prepare(folder).TryGet(out _, out var error))
                    {
                        return error;
                    }

                    identity = StateConnection.IdentityOf(Path);
                    connection = Open();
                }

                identity = connection.Identity;
                return work(connection);
            }
            catch (SqliteFailure e) when (e.Code is Corrupt or NotADatabase && attempt == 0)
            {
                connection?.Dispose();
                connection = null;
                if (MoveAside(identity, e.Message) is { } failed)
                {
                    return failed;
                }
            }
            catch (SqliteFailure e) when (ToError(e) is not null)
            {
                return ToError(e)!;
            }
            catch (NewerDatabaseException)
            {
                return new ServiceError(ServiceErrors.Unavailable, "The state database was written by a newer version of configlsp. Update this one.");
            }
            catch (LockTakenException)
            {
                return new ServiceError(ServiceErrors.Timeout, "Another process has been opening the state database for 5 s.");
            }
            catch (Exception e) when (FileFailures.IsExpected(e))
            {
                return StorageErrors.From(FileFailures.FromWriteException(Path, e), "the state database");
            }
        }
    }

    private static ServiceError? ToError(SqliteFailure e) => e.Code switch
    {
        Busy or Locked => new ServiceError(ServiceErrors.Timeout, "Another process has kept the state database busy for several seconds."),
        Full => new ServiceError(ServiceErrors.NoSpace, "There is no space left for the state database."),
        ReadOnly or CannotOpen => StorageErrors.Refused("The state database in the state folder cannot be opened for writing by this user."),
        IoError or OutOfMemory or Corrupt or NotADatabase => new ServiceError(
            ServiceErrors.Unavailable, $"The state database cannot be used: SQLite reports error {e.ExtendedCode.ToString(CultureInfo.InvariantCulture)}."),
        _ => null,
    };

    private StateConnection Open()
    {
        NativeSqlite.Load(state);
        using var gate = TakeOpeningLock();
        if (workspaceRoot is not null && !File.Exists(Path))
        {
            // For a person who wonders which workspace this folder belongs to.
            File.WriteAllText(System.IO.Path.Join(folder, "workspace.txt"), workspaceRoot + Environment.NewLine);
        }

        return StateConnection.Open(Path);
    }

    /// <summary>Moves the damaged file out of the way, unless another process was faster.</summary>
    private ServiceError? MoveAside(FileIdentity? damaged, string reason)
    {
        using var gate = TakeOpeningLock();
        if (StateConnection.IdentityOf(Path) != damaged)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}.corrupt-{now:yyyyMMdd'T'HHmmss.fff'Z'}");
        File.Move(Path, aside, overwrite: true);
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            if (File.Exists(Path + suffix))
            {
                File.Move(Path + suffix, aside + suffix, overwrite: true);
            }
        }

        Quarantined = new QuarantinedDatabase(aside, reason, now);
        var all = Directory.GetFiles(folder, "state.db.corrupt-*").Where(static f => f.EndsWith('Z')).Order(StringComparer.Ordinal).ToArray();
        foreach (var old in all.SkipLast(MaxKeptAside).SelectMany(static f => new[] { f, f + "-wal", f + "-shm" }))
        {
            File.Delete(old);
        }

        return null;
    }

    private FileLock TakeOpeningLock()
    {
        for (var attempt = 0; attempt < LockAttempts; attempt++)
        {
            if (FileLock.TryAcquire(Path + ".lock", out var failure) is { } taken)
            {
                return taken;
            }

            if (failure is not null)
            {
                throw failure.Kind == FileFailureKind.PermissionDenied ? new UnauthorizedAccessException(failure.Message) : new IOException(failure.Message);
            }

            Thread.Sleep(LockPause);
        }

        throw new LockTakenException();
    }

    private sealed class LockTakenException : Exception;
}
