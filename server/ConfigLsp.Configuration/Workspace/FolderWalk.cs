using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Ignoring;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>One walk through a folder: each directory once, whatever links lead to it, in an order that depends on the names alone.</summary>
internal sealed class FolderWalk(IFileSystem files, SchemaCatalog catalog, PathPlaceholders placeholders, SettingsFileQuery query, CancellationToken cancellationToken)
{
    private const string GitFolder = ".git";
    private const string IgnoreFile = ".gitignore";

    private readonly HashSet<object> _visited = [];
    private readonly Stack<Visit> _pending = new();
    private readonly Queue<Visit> _links = new();
    private bool _isTrusted;
    private string _realRoot = string.Empty;
    private string _realIgnoreBase = string.Empty;

    /// <summary>Chooses among the files of a directory: why is this one wanted, or null.</summary>
    public delegate (SettingsFileReason Reason, string Detail)? Selector(WorkspaceRules rules, string file, IReadOnlySet<string> siblings);

    /// <summary>Walks a folder.</summary>
    /// <param name="root">Its absolute path.</param>
    /// <param name="folder">The workspace folder that it belongs to.</param>
    /// <param name="enters">Whether a hidden folder is entered that the workspace does not speak of.</param>
    /// <param name="select">Chooses the files.</param>
    public IEnumerable<FoundItem> Run(string root, WorkspaceFolder folder, Func<string, bool> enters, Selector select)
    {
        _isTrusted = folder.IsTrusted;
        var realRoot = _realRoot = FolderLinks.RealPath(files, root);
        var (ignoreBase, scope) = FindIgnoreRulesAbove(root);
        _pending.Push(new Visit(root, Depth: 0, Rules(folder), scope));
        while (_pending.TryPop(out var visit) || TryFollowLink(realRoot, out visit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsFirstVisit(visit.Path))
            {
                continue;
            }

            var (entries, failure) = ReadEntries(visit.Path);
            if (failure is not null)
            {
                yield return new Unreadable(failure);
            }

            var names = entries.Select(static e => e.Name).ToHashSet(StringComparer.Ordinal);
            var inner = Enter(visit, names, ignoreBase);
            foreach (var entry in entries)
            {
                var path = Path.Join(visit.Path, entry.Name);
                if (entry.Kind is not FileKind.Directory && inner.Ignore?.IsIgnored(Relative(ignoreBase, path), isDirectory: false) != true
                    && select(inner.Rules, path, names) is var (reason, detail))
                {
                    if (entry.Kind == FileKind.Link && files.GetStatus(path) is { IsSuccess: true, Value.Kind: FileKind.Directory })
                    {
                        continue;
                    }

                    if (entry.Kind == FileKind.Link && !inner.Rules.Folder.IsTrusted && FolderLinks.FindEscape(files, path, realRoot) is { } escape)
                    {
                        yield return new Unreadable(escape);
                        continue;
                    }

                    yield return new SettingsFile(path, reason, detail, inner.Rules.Folder);
                }
            }

            if (visit.Depth >= query.MaxDepth)
            {
                if (entries.Exists(static e => e.Kind == FileKind.Directory))
                {
                    yield return new Unreadable(new FileFailure(
                        FileFailureKind.InvalidPath, visit.Path, $"The folders in {visit.Path} are passed over: they are more than {query.MaxDepth} levels deep."));
                }

                continue;
            }

            PushFolders(inner, entries, ignoreBase, enters);
        }
    }

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private void PushFolders(Visit visit, List<DirectoryEntry> entries, string ignoreBase, Func<string, bool> enters)
    {
        // Backwards, since the last one pushed is the first one visited.
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var entry = entries[i];
            if (entry.Kind is not (FileKind.Directory or FileKind.Link) || entry.Name is GitFolder or "node_modules"
                || (entry.Name[0] == '.' && !visit.Rules.Enters(entry.Name) && !enters(entry.Name)))
            {
                continue;
            }

            var path = Path.Join(visit.Path, entry.Name);
            if (visit.Ignore?.IsIgnored(Relative(ignoreBase, path), isDirectory: true) == true)
            {
                continue;
            }

            var inner = visit with { Path = path, Depth = visit.Depth + 1 };
            if (entry.Kind == FileKind.Directory)
            {
                _pending.Push(inner);
            }
            else
            {
                _links.Enqueue(inner);
            }
        }
    }

    /// <summary>
    /// Links come last, so that a directory is reported by its own path if it is in the folder at all. Out of the folder a link is followed only
    /// where the workspace is trusted.
    /// </summary>
    private bool TryFollowLink(string realRoot, out Visit visit)
    {
        while (_links.TryDequeue(out visit))
        {
            if (files.GetStatus(visit.Path) is { IsSuccess: true, Value.Kind: FileKind.Directory }
                && files.ResolveRealPath(visit.Path).TryGet(out var real, out _)
                && (visit.Rules.Folder.IsTrusted || FilePaths.IsWithin(realRoot, real)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFirstVisit(string path)
    {
        // Where the platform gives no identity, the real path is one.
        if (files.GetStatus(path) is { IsSuccess: true, Value.Identity: { } identity })
        {
            return _visited.Add(identity);
        }

        return _visited.Add(files.ResolveRealPath(path).TryGet(out var real, out _) ? real : path);
    }

    private (List<DirectoryEntry> Entries, FileFailure? Failure) ReadEntries(string path)
    {
        var entries = new List<DirectoryEntry>();
        FileFailure? failed = null;
        foreach (var result in files.EnumerateDirectory(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (result.TryGet(out var entry, out var failure))
            {
                entries.Add(entry);
            }
            else
            {
                failed = failure;
            }
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return (entries, failed);
    }

    /// <summary>Takes up what the files of the directory itself say: its ignore rules, and a workspace of its own.</summary>
    private Visit Enter(Visit visit, HashSet<string> names, string ignoreBase)
    {
        if (names.Contains(IgnoreFile))
        {
            visit = visit with { Ignore = AddIgnoreRules(visit.Ignore, Path.Join(visit.Path, IgnoreFile), ignoreBase, visit.Path) };
        }

        if (visit.Depth > 0 && query.WorkspaceFolder is null && names.Contains(WorkspaceConfiguration.FileName))
        {
            var folder = WorkspaceFolder.Load(files, DocumentUri.FromFilePath(visit.Path), query.IsTrusted(visit.Path), cancellationToken);
            visit = visit with { Rules = Rules(folder) };
        }

        return visit;
    }

    private WorkspaceRules Rules(WorkspaceFolder folder) => new(folder, catalog, placeholders, ignoreCase: !files.IsCaseSensitive);

    /// <summary>The rules of the repository that the root is in, and the folder that paths are relative to for them.</summary>
    private (string Base, IgnoreScope? Scope) FindIgnoreRulesAbove(string root)
    {
        var repository = root;
        while (repository is not null && !files.GetStatus(Path.Join(repository, GitFolder)).IsSuccess)
        {
            repository = Path.GetDirectoryName(repository);
        }

        _realIgnoreBase = repository is null ? _realRoot : FolderLinks.RealPath(files, repository);
        if (repository is null)
        {
            return (root, null);
        }

        var scope = AddIgnoreRules(outer: null, Path.Join(repository, GitFolder, "info", "exclude"), repository, repository);
        var steps = Relative(repository, root);
        var at = repository;
        foreach (var step in steps == "." ? [] : steps.Split('/'))
        {
            scope = AddIgnoreRules(scope, Path.Join(at, IgnoreFile), repository, at);
            at = Path.Join(at, step);
        }

        return (repository, scope);
    }

    private IgnoreScope? AddIgnoreRules(IgnoreScope? outer, string file, string ignoreBase, string folder)
    {
        // A file that cannot be read, or may not be, says nothing: then more is checked than wanted, not less.
        if ((!_isTrusted && FolderLinks.FindEscape(files, file, _realRoot, _realIgnoreBase) is not null)
            || !files.ReadText(file, FileLimits.IgnoreFile, cancellationToken).TryGet(out var text, out _))
        {
            return outer;
        }

        var relative = Relative(ignoreBase, folder);
        return IgnoreScope.Create(outer, IgnoreRules.Parse(text.ToString(), ignoreCase: !files.IsCaseSensitive), relative == "." ? string.Empty : relative);
    }

    private readonly record struct Visit(string Path, int Depth, WorkspaceRules Rules, IgnoreScope? Ignore);
}
