using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

/// <summary>The operating system's files.</summary>
public sealed class PhysicalFileSystem : IWritableFileSystem
{
    private const int MaxLinks = 40;

    private static readonly EnumerationOptions AllEntries = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    /// <inheritdoc />
    public bool IsCaseSensitive => !OperatingSystem.IsWindows();

    /// <inheritdoc />
    public uint? UserId => OperatingSystem.IsLinux() ? UnixFiles.UserId : null;

    /// <inheritdoc />
    public FileResult<WritableFolder> OpenFolder(string realPath)
    {
        if (Unusable(realPath) is { } unusable)
        {
            return unusable;
        }

        return OperatingSystem.IsLinux() ? LinuxFolder.Open(realPath) : PortableFolder.Open(realPath);
    }

    /// <inheritdoc />
    public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken)
    {
        if (Unusable(path) is { } unusable)
        {
            return unusable;
        }

        try
        {
            using var handle = Open(path, out var failure);
            return failure is null ? Read(handle, path, maxLength, cancellationToken) : failure;
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(path, e);
        }
    }

    /// <inheritdoc />
    public FileResult<FileStatus> GetStatus(string path)
    {
        if (Unusable(path) is { } unusable)
        {
            return unusable;
        }

        if (OperatingSystem.IsLinux())
        {
            var status = UnixFiles.GetStatus(path, out var error);
            if (status is not null || error != 0)
            {
                return status is { } known ? known : FileFailures.FromErrorNumber(path, error);
            }
        }

        try
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            return !info.Exists
                ? FileFailures.NotFound(path)
                : info is FileInfo file
                    ? new FileStatus(FileKind.File, file.Length, new DateTimeOffset(file.LastWriteTimeUtc), Identity: null)
                    : new FileStatus(FileKind.Directory, 0, new DateTimeOffset(info.LastWriteTimeUtc), Identity: null);
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(path, e);
        }
    }

    /// <inheritdoc />
    public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path)
    {
        if (Unusable(path) is { } unusable)
        {
            yield return unusable;
            yield break;
        }

        IEnumerator<DirectoryEntry>? entries = null;
        try
        {
            while (true)
            {
                FileResult<DirectoryEntry> next;
                try
                {
                    entries ??= new FileSystemEnumerable<DirectoryEntry>(path, ToEntry, AllEntries).GetEnumerator();
                    if (!entries.MoveNext())
                    {
                        yield break;
                    }

                    next = entries.Current;
                }
                catch (Exception e) when (FileFailures.IsExpected(e))
                {
                    next = FileFailures.From(path, e);
                }

                yield return next;
                if (!next.IsSuccess)
                {
                    yield break;
                }
            }
        }
        finally
        {
            entries?.Dispose();
        }
    }

    /// <inheritdoc />
    public FileResult<string> ResolveRealPath(string path)
    {
        if (Unusable(path) is { } unusable)
        {
            return unusable;
        }

        try
        {
            // The path is walked from the root; a link's target takes the place of what was walked so far.
            var full = Path.GetFullPath(path);
            for (var links = 0; links <= MaxLinks; links++)
            {
                if (FirstLink(full) is not var (link, target, rest))
                {
                    return Path.Exists(full) ? full : FileFailures.NotFound(path);
                }

                full = Path.GetFullPath(Path.Join(Path.Combine(Path.GetDirectoryName(link)!, target), rest));
            }

            return new FileFailure(FileFailureKind.InvalidPath, path, $"{path} leads through more than {MaxLinks} symbolic links. Check whether they form a circle.");
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(path, e);
        }
    }

    private static (string Link, string Target, string Remainder)? FirstLink(string full)
    {
        var at = Path.GetPathRoot(full)!.Length;
        while (at < full.Length)
        {
            var end = full.IndexOf(Path.DirectorySeparatorChar, at);
            end = end < 0 ? full.Length : end;
            var prefix = full[..end];
            if (new FileInfo(prefix).LinkTarget is { } target)
            {
                return (prefix, target, full[end..]);
            }

            at = end + 1;
        }

        return null;
    }

    private static DirectoryEntry ToEntry(ref FileSystemEntry entry)
    {
        // On Windows other things than links are reparse points, for instance files kept in a cloud.
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0
            && (!OperatingSystem.IsWindows() || entry.ToFileSystemInfo().LinkTarget is not null);
        var kind = isLink ? FileKind.Link : entry.IsDirectory ? FileKind.Directory : FileKind.File;
        return new DirectoryEntry(entry.FileName.ToString(), kind);
    }

    private static SafeFileHandle? Open(string path, out FileFailure? failure)
    {
        failure = null;
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        var handle = UnixFiles.OpenForReading(path, out var error);
        if (error != 0)
        {
            handle.Dispose();
            failure = FileFailures.FromErrorNumber(path, error);
            return null;
        }

        return handle;
    }

    /// <summary>Reads a regular file that is open, from its start. The handle stays open.</summary>
    internal static FileResult<ReadOnlyMemory<byte>> Read(SafeFileHandle? handle, string path, int maxLength, CancellationToken cancellationToken)
    {
        if (handle is null || (UnixFiles.GetStatus(handle) is { Kind: not FileKind.File }))
        {
            return FileFailures.NotRegularFile(path);
        }

        // Throws where there is no length, as of a pipe.
        var expected = RandomAccess.GetLength(handle);
        if (expected > maxLength)
        {
            return FileFailures.TooLarge(path, maxLength);
        }

        // The length may be out of date by the time of reading, and is 0 for the files of /proc: one byte more shows a file that has grown.
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(expected + 1, (long)maxLength + 1));
        var length = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(handle, buffer.AsSpan(length, Math.Min(buffer.Length - length, 4 * 1024 * 1024)), length);
            if (read == 0)
            {
                return new ReadOnlyMemory<byte>(buffer, 0, length);
            }

            length += read;
            if (length > maxLength)
            {
                return FileFailures.TooLarge(path, maxLength);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(4096, buffer.Length * 2L), (long)maxLength + 1));
            }
        }
    }

    private static FileFailure? Unusable(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path))
        {
            return new FileFailure(FileFailureKind.InvalidPath, path, $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be used as an absolute path.");
        }

        // Windows turns names such as CON into paths of devices.
        return OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? FileFailures.NotRegularFile(path) : null;
    }
}
