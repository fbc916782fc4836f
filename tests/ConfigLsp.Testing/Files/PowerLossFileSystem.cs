using System.Collections.Immutable;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Testing.Files;

/// <summary>
/// A file system in memory that can lose its power. Then, of a file's bytes only what was flushed is sure to be there: the rest is missing, or garbage. Of what
/// was created, renamed and deleted in a folder since the folder was flushed, any part may have happened. Without links.
/// </summary>
public sealed class PowerLossFileSystem : IWritableFileSystem
{
    private readonly FolderNode _root;
    private ulong _nextInode = 1;
    private long _time = 1;

    public PowerLossFileSystem() => _root = new FolderNode(1);

    private PowerLossFileSystem(FolderNode root, ulong nextInode)
    {
        _root = root;
        _nextInode = nextInode;
    }

    /// <inheritdoc />
    public uint? UserId => null;

    /// <inheritdoc />
    public bool IsCaseSensitive => true;

    /// <summary>What may be found after the power has come back; the number chooses among the possibilities.</summary>
    public PowerLossFileSystem LosePower(int seed) => new((FolderNode)_root.AfterPowerLoss(new Random(seed)), _nextInode);

    /// <inheritdoc />
    public FileResult<WritableFolder> OpenFolder(string realPath) =>
        Find(realPath) is FolderNode folder ? new Folder(this, realPath, folder) : NotFound(realPath);

    /// <inheritdoc />
    public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken) =>
        Find(path) is FileNode file ? new ReadOnlyMemory<byte>([.. file.Content]) : NotFound(path);

    /// <inheritdoc />
    public FileResult<FileStatus> GetStatus(string path) => Find(path) is { } node
        ? new FileStatus(node.Kind, (node as FileNode)?.Content.Count ?? 0, DateTimeOffset.UnixEpoch, new FileIdentity(1, node.Inode))
        : NotFound(path);

    /// <inheritdoc />
    public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path) => Find(path) is FolderNode folder
        ? folder.Entries.Select(e => (FileResult<DirectoryEntry>)new DirectoryEntry(e.Key, e.Value.Kind))
        : [NotFound(path)];

    /// <inheritdoc />
    public FileResult<string> ResolveRealPath(string path) => Find(path) is null ? NotFound(path) : path;

    private static FileFailure NotFound(string path) => new(FileFailureKind.NotFound, path, $"{path} does not exist.");

    private Node? Find(string path)
    {
        Node? at = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as FolderNode)?.Entries.GetValueOrDefault(name);
        }

        return at;
    }

    private abstract class Node(ulong inode)
    {
        public ulong Inode => inode;

        public abstract FileKind Kind { get; }

        public abstract Node AfterPowerLoss(Random random);
    }

    private sealed class FileNode(ulong inode) : Node(inode)
    {
        public override FileKind Kind => FileKind.File;

        public List<byte> Content { get; } = [];

        public byte[] Flushed { get; set; } = [];

        public long Time { get; set; }

        public override Node AfterPowerLoss(Random random)
        {
            var after = new FileNode(Inode);
            byte[] content = [.. Content];
            if (!content.AsSpan().SequenceEqual(Flushed))
            {
                switch (random.Next(3))
                {
                    case 0:
                        content = Flushed;
                        break;
                    case 1:
                        content = content[..random.Next(content.Length)];
                        break;
                    default:
                        random.NextBytes(content.AsSpan(random.Next(content.Length)));
                        break;
                }
            }

            after.Content.AddRange(content);
            after.Flushed = content;
            return after;
        }
    }

    private sealed class FolderNode(ulong inode) : Node(inode)
    {
        private readonly List<(string Name, Node? Node)[]> _unflushed = [];
        private ImmutableDictionary<string, Node> _flushed = ImmutableDictionary<string, Node>.Empty;

        public override FileKind Kind => FileKind.Directory;

        public ImmutableDictionary<string, Node> Entries { get; private set; } = ImmutableDictionary<string, Node>.Empty;

        public void Change(params (string Name, Node? Node)[] change)
        {
            Entries = Apply(Entries, change);
            _unflushed.Add(change);
        }

        public void Flush()
        {
            _flushed = Entries;
            _unflushed.Clear();
        }

        public override Node AfterPowerLoss(Random random)
        {
            var entries = _flushed;
            foreach (var change in _unflushed)
            {
                if (random.Next(2) == 0)
                {
                    entries = Apply(entries, change);
                }
            }

            var after = new FolderNode(Inode) { Entries = entries.ToImmutableDictionary(e => e.Key, e => e.Value.AfterPowerLoss(random)) };
            after._flushed = after.Entries;
            return after;
        }

        private static ImmutableDictionary<string, Node> Apply(ImmutableDictionary<string, Node> entries, (string Name, Node? Node)[] change)
        {
            foreach (var (name, node) in change)
            {
                entries = node is null ? entries.Remove(name) : entries.SetItem(name, node);
            }

            return entries;
        }
    }

    private sealed class Folder(PowerLossFileSystem owner, string path, FolderNode node) : WritableFolder
    {
        public override string Path => path;

        public override FileIdentity? Identity => new FileIdentity(1, node.Inode);

        public override FileResult<FileDetails> GetDetails(string name) =>
            node.Entries.TryGetValue(name, out var entry) ? Describe(entry) : NotFound(name);

        public override FileResult<FileSnapshot> ReadFile(string name, int maxLength, CancellationToken cancellationToken) =>
            node.Entries.GetValueOrDefault(name) is FileNode file ? new FileSnapshot(file.Content.ToArray(), Describe(file)) : NotFound(name);

        public override FileResult<ImmutableArray<string>> FindNames(string prefix, string suffix) => node.Entries.Keys
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(suffix, StringComparison.Ordinal)).ToImmutableArray();

        public override FileResult<WritableFile> CreateFile(string name, int mode)
        {
            if (node.Entries.ContainsKey(name))
            {
                return AlreadyExists(name);
            }

            var file = new FileNode(owner._nextInode++ + 1);
            node.Change((name, file));
            return new OpenFile(owner, file);
        }

        public override FileFailure? CreateFolder(string name)
        {
            if (node.Entries.ContainsKey(name))
            {
                return AlreadyExists(name);
            }

            node.Change((name, new FolderNode(owner._nextInode++ + 1)));
            return null;
        }

        public override FileFailure? Rename(string from, string to, bool replace)
        {
            if (!node.Entries.TryGetValue(from, out var entry))
            {
                return NotFound(from);
            }

            if (!replace && node.Entries.ContainsKey(to))
            {
                return AlreadyExists(to);
            }

            node.Change((from, null), (to, entry));
            return null;
        }

        public override FileFailure? Delete(string name)
        {
            if (!node.Entries.ContainsKey(name))
            {
                return NotFound(name);
            }

            node.Change((name, null));
            return null;
        }

        public override FileFailure? Flush()
        {
            node.Flush();
            return null;
        }

        public override void Dispose()
        {
        }

        private static FileFailure AlreadyExists(string name) => new(FileFailureKind.AlreadyExists, name, $"{name} exists.");

        private static FileDetails Describe(Node entry) => new(
            entry.Kind, new FileIdentity(1, entry.Inode), (entry as FileNode)?.Content.Count ?? 0, (entry as FileNode)?.Time ?? 0, ChangeTime: 0);
    }

    private sealed class OpenFile(PowerLossFileSystem owner, FileNode file) : WritableFile
    {
        public override FileResult<int> Write(ReadOnlySpan<byte> bytes)
        {
            file.Content.AddRange(bytes);
            file.Time = owner._time++;
            return bytes.Length;
        }

        public override FileFailure? TakeRights(FileAccessRights rights) => null;

        public override FileFailure? Flush()
        {
            file.Flushed = [.. file.Content];
            return null;
        }

        public override FileFailure? Close() => null;

        public override void Dispose()
        {
        }
    }
}
