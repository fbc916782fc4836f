using System.Collections.Immutable;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

/// <summary>A folder on Linux: every step goes through its open handle, so that a link put in its place leads nowhere.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFolder : WritableFolder
{
    private readonly SafeFileHandle _handle;

    private LinuxFolder(string path, SafeFileHandle handle, FileIdentity? identity)
    {
        Path = path;
        _handle = handle;
        Identity = identity;
    }

    public override string Path { get; }

    public override FileIdentity? Identity { get; }

    public static FileResult<WritableFolder> Open(string realPath)
    {
        var handle = UnixFiles.OpenFolder(realPath, out var error);
        return handle is null
            ? FileFailures.FromWriteError(realPath, error) is { Kind: FileFailureKind.NotRegularFile } ? FileFailures.NotDirectory(realPath) : FileFailures.FromWriteError(realPath, error)
            : new LinuxFolder(realPath, handle, UnixFiles.GetDetails(handle, string.Empty, out _)?.Identity);
    }

    public override FileResult<FileDetails> GetDetails(string name) =>
        UnixFiles.GetDetails(_handle, name, out var error) is { } details ? details : FileFailures.FromErrorNumber(PathOf(name), error);

    public override FileResult<FileSnapshot> ReadFile(string name, int maxLength, CancellationToken cancellationToken)
    {
        using var handle = UnixFiles.OpenForReading(_handle, name, out var error);
        if (handle is null)
        {
            var failure = FileFailures.FromWriteError(PathOf(name), error);
            return failure.Kind is FileFailureKind.NotRegularFile ? failure : FileFailures.FromErrorNumber(PathOf(name), error);
        }

        try
        {
            if (!PhysicalFileSystem.Read(handle, PathOf(name), maxLength, cancellationToken).TryGet(out var content, out var failure))
            {
                return failure;
            }

            return UnixFiles.GetDetails(handle, string.Empty, out error) is { } details
                ? new FileSnapshot(content, details)
                : FileFailures.FromErrorNumber(PathOf(name), error);
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(PathOf(name), e);
        }
    }

    public override FileResult<ImmutableArray<string>> FindNames(string prefix, string suffix) => PortableFolder.FindNames(Path, prefix, suffix);

    public override FileResult<WritableFile> CreateFile(string name, int mode) =>
        UnixFiles.CreateExclusively(_handle, name, mode, out var error) is { } handle
            ? new LinuxFile(PathOf(name), handle)
            : FileFailures.FromWriteError(PathOf(name), error);

    public override FileFailure? CreateFolder(string name) => Failure(name, UnixFiles.MakeFolder(_handle, name));

    public override FileFailure? Rename(string from, string to, bool replace) => Failure(to, UnixFiles.Rename(_handle, from, to, replace));

    public override FileFailure? Delete(string name) => Failure(name, UnixFiles.Delete(_handle, name));

    public override FileFailure? Flush() => UnixFiles.Flush(_handle) is not 0 and var error ? FileFailures.FromWriteError(Path, error) : null;

    public override void Dispose() => _handle.Dispose();

    private string PathOf(string name) => System.IO.Path.Join(Path, name);

    private FileFailure? Failure(string name, int error) => error == 0 ? null : FileFailures.FromWriteError(PathOf(name), error);

    private sealed class LinuxFile(string path, SafeFileHandle handle) : WritableFile
    {
        public override FileResult<int> Write(ReadOnlySpan<byte> bytes)
        {
            var written = UnixFiles.Write(handle, bytes, out var error);
            return error == 0 ? written : FileFailures.FromWriteError(path, error);
        }

        public override FileFailure? TakeRights(FileAccessRights rights)
        {
            var error = 0;
            if (UnixFiles.GetDetails(handle, string.Empty, out error)?.Rights is { } own)
            {
                // The owner first: changing it takes special permission bits away.
                error = own.Owner == rights.Owner && own.Group == rights.Group ? 0 : UnixFiles.SetOwner(handle, rights.Owner, rights.Group);
                error = error == 0 ? UnixFiles.SetMode(handle, rights.Mode) : error;
            }

            return error == 0 ? null : FileFailures.FromWriteError(path, error);
        }

        public override FileFailure? Flush() => UnixFiles.Flush(handle) is not 0 and var error ? FileFailures.FromWriteError(path, error) : null;

        public override FileFailure? Close() => UnixFiles.Close(handle) is not 0 and var error ? FileFailures.FromWriteError(path, error) : null;

        public override void Dispose() => handle.Dispose();
    }
}
