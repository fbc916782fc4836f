using System.Text;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Testing.Files;

/// <summary>
/// A file system in memory, with Unix paths, in which any path can be made to fail. It can be changed while it is used. Directories come into
/// being with what is put in them.
/// </summary>
public sealed class InMemoryFileSystem : IFileSystem
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Node> _nodes = new(StringComparer.Ordinal) { ["/"] = new(FileKind.Directory) };
    private readonly Dictionary<string, FileFailureKind> _failures = new(StringComparer.Ordinal);
    private readonly List<string> _reads = [];
    private ulong _nextInode = 1;

    /// <inheritdoc />
    public bool IsCaseSensitive => true;

    /// <summary>Whether <see cref="GetStatus"/> tells identities, as not every platform does.</summary>
    public bool HasIdentities { get; set; } = true;

    /// <summary>The real paths of the files that were read, in order.</summary>
    public IReadOnlyList<string> Reads
    {
        get
        {
            lock (_gate)
            {
                return [.. _reads];
            }
        }
    }

    public InMemoryFileSystem Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public InMemoryFileSystem Write(string path, byte[] bytes) => Put(path, new Node(FileKind.File) { Content = bytes });

    public InMemoryFileSystem AddFolder(string path) => Put(path, new Node(FileKind.Directory));

    public InMemoryFileSystem AddLink(string path, string target) => Put(path, new Node(FileKind.Link) { Target = target });

    /// <summary>Adds a pipe, socket or device.</summary>
    public InMemoryFileSystem AddSpecial(string path) => Put(path, new Node(FileKind.Other));

    public InMemoryFileSystem Delete(string path)
    {
        lock (_gate)
        {
            _nodes.Remove(path);
            return this;
        }
    }

    /// <summary>Makes reading or listing a path fail.</summary>
    public InMemoryFileSystem Fail(string path, FileFailureKind kind)
    {
        lock (_gate)
        {
            _failures[path] = kind;
            return this;
        }
    }

    /// <inheritdoc />
    public FileResult<ReadOnlyMemory<byte>> ReadFile(string path, int maxLength, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!Resolve(path).TryGet(out var real, out var failure) || Failing(real, out failure))
            {
                return failure;
            }

            _reads.Add(real);
            var node = _nodes[real];
            return node.Kind != FileKind.File ? new FileFailure(FileFailureKind.NotRegularFile, path, $"{path} is not a regular file.")
                : node.Content.Length > maxLength ? new FileFailure(FileFailureKind.TooLarge, path, $"{path} is too large.")
                : new ReadOnlyMemory<byte>(node.Content);
        }
    }

    /// <inheritdoc />
    public FileResult<FileStatus> GetStatus(string path)
    {
        lock (_gate)
        {
            if (!Resolve(path).TryGet(out var real, out var failure))
            {
                return failure;
            }

            var node = _nodes[real];
            return new FileStatus(node.Kind, node.Content.Length, DateTimeOffset.UnixEpoch, HasIdentities ? new FileIdentity(1, node.Inode) : null);
        }
    }

    /// <inheritdoc />
    public IEnumerable<FileResult<DirectoryEntry>> EnumerateDirectory(string path)
    {
        lock (_gate)
        {
            if (!Resolve(path).TryGet(out var real, out var failure) || Failing(real, out failure))
            {
                return [failure];
            }

            var prefix = real == "/" ? "/" : real + "/";
            // Backwards, so that nobody relies on an order that a file system does not promise.
            return
            [
                .. _nodes
                    .Where(n => n.Key.Length > prefix.Length && n.Key.StartsWith(prefix, StringComparison.Ordinal) && n.Key.IndexOf('/', prefix.Length) < 0)
                    .Reverse()
                    .Select(n => (FileResult<DirectoryEntry>)new DirectoryEntry(n.Key[prefix.Length..], n.Value.Kind == FileKind.Other ? FileKind.File : n.Value.Kind)),
            ];
        }
    }

    /// <inheritdoc />
    public FileResult<string> ResolveRealPath(string path)
    {
        lock (_gate)
        {
            return Resolve(path);
        }
    }

    private FileResult<string> Resolve(string path)
    {
        var rest = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var at = "/";
        for (var links = 0; rest.TryPop(out var name);)
        {
            var next = name switch
            {
                "." => at,
                ".." => Path.GetDirectoryName(at) ?? "/",
                _ => at == "/" ? "/" + name : $"{at}/{name}",
            };
            if (!_nodes.TryGetValue(next, out var node))
            {
                return new FileFailure(FileFailureKind.NotFound, path, $"{path} does not exist.");
            }

            if (node.Kind != FileKind.Link)
            {
                at = next;
                continue;
            }

            if (++links > 40)
            {
                return new FileFailure(FileFailureKind.InvalidPath, path, $"{path} leads through more than 40 symbolic links.");
            }

            at = node.Target.StartsWith('/') ? "/" : at;
            foreach (var segment in node.Target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(segment);
            }
        }

        return at;
    }

    private bool Failing(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FileFailure? failure)
    {
        failure = _failures.TryGetValue(path, out var kind) ? new FileFailure(kind, path, $"{path} fails: {kind}.") : null;
        return failure is not null;
    }

    private InMemoryFileSystem Put(string path, Node node)
    {
        lock (_gate)
        {
            for (var folder = Path.GetDirectoryName(path)!; !_nodes.ContainsKey(folder); folder = Path.GetDirectoryName(folder)!)
            {
                _nodes[folder] = new Node(FileKind.Directory) { Inode = _nextInode++ };
            }

            node.Inode = _nextInode++;
            _nodes[path] = node;
            return this;
        }
    }

    private sealed record Node(FileKind Kind)
    {
        public byte[] Content { get; init; } = [];

        public string Target { get; init; } = string.Empty;

        public ulong Inode { get; set; }
    }
}
