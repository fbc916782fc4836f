using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Concurrency;

/// <summary>The sole right, among all processes of this user, to change a file; until it is disposed of.</summary>
public sealed class PathLock : IDisposable
{
    private readonly FileLock _file;
    private readonly Action _leave;
    private int _isReleased;

    internal PathLock(string path, FileLock file, Action leave)
    {
        Path = path;
        _file = file;
        _leave = leave;
    }

    /// <summary>The file that is locked.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            _file.Dispose();
            _leave();
        }
    }
}
