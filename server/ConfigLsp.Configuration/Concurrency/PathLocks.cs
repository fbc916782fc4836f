using System.Globalization;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;

namespace ConfigLsp.Configuration.Concurrency;

/// <summary>
/// Locks by path, between threads, and between all processes of a user whatever their workspaces. A lock is a lock of the kernel on
/// <c>locks/&lt;SHA-256 of the path&gt;.lock</c> in the state folder: it ends with its process, so none is ever stale, and these files mean nothing by
/// being there. Within a process the order is that of asking.
/// </summary>
public sealed class PathLocks
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(25);

    private readonly StateFolder _folder;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, PathQueue> _queues = new(StringComparer.Ordinal);

    public PathLocks(StateFolder folder, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
    }

    /// <summary>Waits for the lock of a path.</summary>
    /// <param name="canonicalPath">The absolute path, links resolved: see <see cref="DurableFile.Locate"/>. The file need not exist.</param>
    /// <param name="maxWait">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Or <see cref="ServiceErrors.Timeout"/>; <see cref="ServiceErrors.PermissionDenied"/>, <see cref="ServiceErrors.NoSpace"/> or
    /// <see cref="ServiceErrors.Unavailable"/> where the state folder cannot be written.
    /// </returns>
    public async ValueTask<ServiceResult<PathLock>> AcquireAsync(string canonicalPath, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _clock.GetTimestamp();
        if (!_folder.Prepare(_folder.Locks).TryGet(out var folder, out var error))
        {
            return error;
        }

        var queue = Join(canonicalPath);
        FileLock? file = null;
        var hasTurn = false;
        try
        {
            hasTurn = await queue.EnterAsync(maxWait, _clock, cancellationToken);
            if (!hasTurn)
            {
                return TimedOut(canonicalPath, maxWait, "This process");
            }

            var lockPath = Path.Join(folder, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(canonicalPath)) + ".lock");
            for (var pause = FirstPause; (file = FileLock.TryAcquire(lockPath, out var failure)) is null; pause = Min(pause * 2, LongestPause))
            {
                if (failure is not null)
                {
                    return StorageErrors.From(failure, "the lock in the state folder");
                }

                var rest = maxWait - _clock.GetElapsedTime(started);
                if (rest <= TimeSpan.Zero)
                {
                    return TimedOut(canonicalPath, maxWait, "Another process");
                }

                await Task.Delay(Min(pause, rest), _clock, cancellationToken);
            }

            return new PathLock(canonicalPath, file, () => Leave(canonicalPath, queue, hadTurn: true));
        }
        finally
        {
            if (file is null)
            {
                Leave(canonicalPath, queue, hasTurn);
            }
        }
    }

    private static ServiceError TimedOut(string path, TimeSpan maxWait, string holder) => new(
        ServiceErrors.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"{holder} has not let go of the lock of {Path.GetFileName(path)} for {maxWait.TotalSeconds:0.###} s."));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private PathQueue Join(string path)
    {
        lock (_queues)
        {
            if (!_queues.TryGetValue(path, out var queue))
            {
                _queues.Add(path, queue = new PathQueue());
            }

            queue.Users++;
            return queue;
        }
    }

    private void Leave(string path, PathQueue queue, bool hadTurn)
    {
        if (hadTurn)
        {
            queue.Leave();
        }

        lock (_queues)
        {
            if (--queue.Users == 0)
            {
                _queues.Remove(path);
            }
        }
    }
}
