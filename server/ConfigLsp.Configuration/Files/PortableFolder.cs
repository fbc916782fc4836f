using System.Collections.Immutable;
using System.IO.Enumeration;

namespace ConfigLsp.Configuration.Files;

/// <summary>
/// A folder on Windows and macOS, by path. Windows has no flush of a folder; its rename is written through by the file system's journal.
/// </summary>
internal sealed class PortableFolder(string path) : WritableFolder
{
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public override string Path => path;

    public override FileIdentity? Identity => null;

    public static FileResult<WritableFolder> Open(string realPath) =>
        Directory.Exists(realPath) ? new PortableFolder(realPath)
        : File.Exists(realPath) ? FileFailures.NotDirectory(realPath)
        : FileFailures.NotFound(realPath);

    public override FileResult<ImmutableArray<string>> FindNames(string prefix, string suffix) => FindNames(path, prefix, suffix);

    public static FileResult<ImmutableArray<string>> FindNames(string path, string prefix, string suffix)
    {
        try
        {
            return ImmutableArray.CreateRange(new FileSystemEnumerable<string>(path, static (ref entry) => entry.FileName.ToString(), AllEntries)
            {
                ShouldIncludePredicate = (ref entry) =>
                    entry.FileName.StartsWith(prefix, StringComparison.Ordinal) && entry.FileName.EndsWith(suffix, StringComparison.Ordinal),
            });
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(path, e);
        }
    }

    public override FileResult<FileDetails> GetDetails(string name)
    {
        var full = PathOf(name);
        try
        {
            FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
            var isLink = info.LinkTarget is not null;
            if (!info.Exists && !isLink)
            {
                return FileFailures.NotFound(full);
            }

            var kind = isLink ? FileKind.Link : info is FileInfo ? FileKind.File : FileKind.Directory;
            var written = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
            return new FileDetails(kind, Identity: null, info is FileInfo file && !isLink ? file.Length : 0, written, ChangeTime: 0)
            {
                Rights = OperatingSystem.IsWindows() ? null : new FileAccessRights((int)info.UnixFileMode, Owner: 0, Group: 0),
            };
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(full, e);
        }
    }

    public override FileResult<FileSnapshot> ReadFile(string name, int maxLength, CancellationToken cancellationToken)
    {
        if (!GetDetails(name).TryGet(out var before, out var failure))
        {
            return failure;
        }

        if (before.Kind != FileKind.File)
        {
            return FileFailures.NotRegularFile(PathOf(name));
        }

        return new PhysicalFileSystem().ReadFile(PathOf(name), maxLength, cancellationToken).TryGet(out var content, out failure)
            && GetDetails(name).TryGet(out var details, out failure)
            ? new FileSnapshot(content, details)
            : failure;
    }

    public override FileResult<WritableFile> CreateFile(string name, int mode)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = (UnixFileMode)mode;
            }

            return new PortableFile(PathOf(name), new FileStream(PathOf(name), options));
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.FromWriteException(PathOf(name), e);
        }
    }

    public override FileFailure? CreateFolder(string name) => Attempt(name, static full => Directory.CreateDirectory(full));

    public override FileFailure? Rename(string from, string to, bool replace)
    {
        try
        {
            if (replace && OperatingSystem.IsWindows())
            {
                // ReplaceFile keeps the access control list and the attributes of the replaced file.
                File.Replace(PathOf(from), PathOf(to), destinationBackupFileName: null);
            }
            else
            {
                File.Move(PathOf(from), PathOf(to), replace);
            }

            return null;
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.FromWriteException(PathOf(to), e);
        }
    }

    public override FileFailure? Delete(string name) => Attempt(name, File.Delete);

    public override FileFailure? Flush() => null;

    public override void Dispose()
    {
    }

    private string PathOf(string name) => System.IO.Path.Join(path, name);

    private FileFailure? Attempt(string name, Action<string> step)
    {
        try
        {
            step(PathOf(name));
            return null;
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.FromWriteException(PathOf(name), e);
        }
    }

    private sealed class PortableFile(string path, FileStream stream) : WritableFile
    {
        public override FileResult<int> Write(ReadOnlySpan<byte> bytes)
        {
            try
            {
                stream.Write(bytes);
                return bytes.Length;
            }
            catch (Exception e) when (FileFailures.IsExpected(e))
            {
                return FileFailures.FromWriteException(path, e);
            }
        }

        public override FileFailure? TakeRights(FileAccessRights rights)
        {
            if (OperatingSystem.IsWindows())
            {
                return null;
            }

            try
            {
                File.SetUnixFileMode(stream.SafeFileHandle, (UnixFileMode)rights.Mode);
                return null;
            }
            catch (Exception e) when (FileFailures.IsExpected(e))
            {
                return FileFailures.FromWriteException(path, e);
            }
        }

        public override FileFailure? Flush() => Attempt(() => stream.Flush(flushToDisk: true));

        public override FileFailure? Close() => Attempt(stream.Dispose);

        public override void Dispose() => stream.Dispose();

        private FileFailure? Attempt(Action step)
        {
            try
            {
                step();
                return null;
            }
            catch (Exception e) when (FileFailures.IsExpected(e))
            {
                return FileFailures.FromWriteException(path, e);
            }
        }
    }
}
