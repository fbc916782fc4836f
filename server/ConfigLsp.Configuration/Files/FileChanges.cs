namespace ConfigLsp.Configuration.Files;

/// <summary>
/// Tells when files change, appear, vanish or are replaced. The operating system's notifications make it quick; looking at the files now and
/// then makes sure, also where notifications are lost, not supported, or used up (inotify has few for each user). Safe for use by several
/// threads.
/// </summary>
/// <param name="files">The file system, for looking at the files.</param>
/// <param name="time">The clock.</param>
/// <param name="options">How often; null for the defaults.</param>
public sealed class FileChanges(IFileSystem files, TimeProvider time, FileChangesOptions? options = null) : IDisposable
{
    private readonly DirectoryNotifications _notifications = new();

    /// <summary>
    /// Watches files, which need not exist. Call it before the files are first read, so that no change falls between.
    /// </summary>
    /// <param name="paths">The absolute paths; links are followed.</param>
    /// <param name="changed">Says that one of them may have another content. Comes on any thread, one call at a time.</param>
    /// <param name="refresh">After which time it is said in any case, over and over; null for never.</param>
    /// <returns>Ends the watch when it is disposed.</returns>
    public IDisposable Watch(IReadOnlyList<string> paths, Action changed, TimeSpan? refresh = null)
    {
        var settings = options ?? new FileChangesOptions();
        return new FileWatch(files, settings.UsesNotifications ? _notifications : null, time, settings, [.. paths], changed, refresh);
    }

    /// <summary>How many folders the operating system watches at the moment.</summary>
    internal int NotifyingFolders => _notifications.Count;

    /// <summary>Ends all notifications; watches that were not disposed only look at their files from now on.</summary>
    public void Dispose() => _notifications.Dispose();
}
