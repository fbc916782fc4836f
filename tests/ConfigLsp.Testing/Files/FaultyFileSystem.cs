using System.Collections.Immutable;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Testing.Files;

/// <summary>
/// Another file system, whose steps of working in a folder are counted from 1, and can be made to fail, to write less than asked, or to let something
/// happen right before them.
/// </summary>
public sealed class FaultyFileSystem(IWritableFileSystem inner) : IWritableFileSystem
{
    private readonly Lock _gate = new();
    private readonly List<string> _steps = [];
    private readonly Dictionary<int, FileFailureKind> _failures = [];
    private readonly Dictionary<int, Action> _actions = [];
    private int _shortWrite;

    /// <summary>The steps so far, such as <c>rename settings.json</c>; the number of a step is its index + 1.</summary>
    public ImmutableArray<string> Steps
    {
        get
        {
            lock (_gate)
            {
                return [.. _steps];
            }
        }
    }

    /// <inheritdoc />
    public uint? UserId => inner.UserId;

    /// <inheritdoc />
    public bool IsCaseSensitive => inner.IsCaseSensitive;

    /// <summary>Lets a step fail without doing anything.</summary>
    public FaultyFileSystem FailAt(int step, FileFailureKind kind)
    {
        _failures[step] = kind;
        return this;
    }

    /// <summary>Does something right before a step.</summary>
    public FaultyFileSystem Before(int step, Action action)
    {
        _actions[step] = action;
        return this;
    }

    /// <summary>Lets every write take no more than so many bytes.</summary>
    public FaultyFileSystem WriteAtMost(int bytes)
    {
        _shortWrite = bytes;
        return this;
    }

    /// <inheritdoc />
    public FileResult<WritableFolder> OpenFolder(string realPath) =>
        Step("open", realPath) is { } failure ? failure
        : inner.OpenFolder(realPath).TryGet(out var folder, out failure) ? new FaultyFolder(this, folder)
        : failure;

    /// <inheritdoc />
    public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken) =>
        inner.ReadFile(path, maxLength, cancellationToken);

    /// <inheritdoc />
    public FileResult<FileStatus> GetStatus(string path) => inner.GetStatus(path);

    /// <inheritdoc />
    public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path) => inner.EnumerateDirectory(path);

    /// <inheritdoc />
    public FileResult<string> ResolveRealPath(string path) => inner.ResolveRealPath(path);

    private FileFailure? Step(string verb, string name)
    {
        int number;
        lock (_gate)
        {
            // The random part of a temporary name would make every run different.
            _steps.Add($"{verb} {(name.EndsWith(".tmp", StringComparison.Ordinal) ? "temporary file" : Path.GetFileName(name))}");
            number = _steps.Count;
        }

        if (_actions.TryGetValue(number, out var action))
        {
            action();
        }

        return _failures.TryGetValue(number, out var kind) ? new FileFailure(kind, name, $"{verb} {name} fails: {kind}.") : null;
    }

    private sealed class FaultyFolder(FaultyFileSystem owner, WritableFolder folder) : WritableFolder
    {
        public override string Path => folder.Path;

        public override FileIdentity? Identity => folder.Identity;

        public override FileResult<FileDetails> GetDetails(string name) => owner.Step("inspect", name) is { } failure ? failure : folder.GetDetails(name);

        public override FileResult<FileSnapshot> ReadFile(string name, int maxLength, CancellationToken cancellationToken) =>
            owner.Step("read", name) is { } failure ? failure : folder.ReadFile(name, maxLength, cancellationToken);

        public override FileResult<ImmutableArray<string>> FindNames(string prefix, string suffix) =>
            owner.Step("list", folder.Path) is { } failure ? failure : folder.FindNames(prefix, suffix);

        public override FileResult<WritableFile> CreateFile(string name, int mode) =>
            owner.Step("create", name) is { } failure ? failure
            : folder.CreateFile(name, mode).TryGet(out var file, out failure) ? new FaultyFile(owner, name, file)
            : failure;

        public override FileFailure? CreateFolder(string name) => owner.Step("create folder", name) ?? folder.CreateFolder(name);

        public override FileFailure? Rename(string from, string to, bool replace) => owner.Step("rename", to) ?? folder.Rename(from, to, replace);

        public override FileFailure? Delete(string name) => owner.Step("delete", name) ?? folder.Delete(name);

        public override FileFailure? Flush() => owner.Step("flush folder", folder.Path) ?? folder.Flush();

        public override void Dispose() => folder.Dispose();
    }

    private sealed class FaultyFile(FaultyFileSystem owner, string name, WritableFile file) : WritableFile
    {
        public override FileResult<int> Write(ReadOnlySpan<byte> bytes) =>
            owner.Step("write", name) is { } failure ? failure
            : file.Write(owner._shortWrite > 0 && bytes.Length > owner._shortWrite ? bytes[..owner._shortWrite] : bytes);

        public override FileFailure? TakeRights(FileAccessRights rights) => owner.Step("take rights", name) ?? file.TakeRights(rights);

        public override FileFailure? Flush() => owner.Step("flush", name) ?? file.Flush();

        public override FileFailure? Close() => owner.Step("close", name) ?? file.Close();

        public override void Dispose() => file.Dispose();
    }
}
