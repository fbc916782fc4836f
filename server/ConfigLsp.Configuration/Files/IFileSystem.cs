namespace ConfigLsp.Configuration.Files;

/// <summary>
/// The file system as the product uses it: the port that tests replace by one in memory or a faulty one. Calls are synchronous, since local
/// reads are; a caller that must not wait for a slow disk calls from a background task. Safe for use by several threads.
/// </summary>
public interface IFileSystem
{
    /// <summary>Whether two names that differ only in case are two files.</summary>
    bool IsCaseSensitive { get; }

    /// <summary>
    /// Reads a whole regular file, links followed. Never blocks on a pipe, socket or device: these are
    /// <see cref="FileFailureKind.NotRegularFile"/>.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="maxLength">The most bytes that the file may have; see <see cref="FileLimits"/>.</param>
    /// <param name="cancellationToken">Ends the call between two reads.</param>
    FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken);

    /// <summary>Facts about what the path leads to, links followed.</summary>
    FileResult<FileStatus> GetStatus(string path);

    /// <summary>
    /// The names in a directory, in the order of the file system, read as they are asked for. A failure is the last element.
    /// </summary>
    IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path);

    /// <summary>The absolute path with all links resolved, also those of the folders on the way.</summary>
    FileResult<string> ResolveRealPath(string path);
}

/// <summary>Bounds on what is read.</summary>
public static class FileLimits
{
    /// <summary>The largest settings file, in bytes: 64 MiB.</summary>
    public const int SettingsFile = 64 * 1024 * 1024;

    /// <summary>The largest schema document, in bytes: 32 MiB.</summary>
    public const int Schema = 32 * 1024 * 1024;

    /// <summary>The largest <c>.gitignore</c> that is interpreted, in bytes: 1 MiB.</summary>
    public const int IgnoreFile = 1024 * 1024;
}
