using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>The settings files in the served folders, as the command line finds them; looked for again only when files were changed.</summary>
internal sealed class SettingsFileList(WorkspaceSchemas workspace, IFileSystem files, SchemaCatalog catalog)
{
    /// <summary>The most files; more are passed over.</summary>
    public const int MaxFiles = 2000;

    private volatile Found? _known;
    private long _changes;

    /// <summary>Files were made, removed, or count now.</summary>
    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>Their absolute paths. Looks at the disk, so it must not be called in the request queue.</summary>
    public IReadOnlyList<string> Find(CancellationToken cancellation)
    {
        // What changes while the search runs may be missed by it.
        long changes = Interlocked.Read(ref _changes);
        if (_known is { } known && known.Changes == changes)
            return known.Paths;
        var finder = new SettingsFileFinder(files, catalog, workspace.Store.Associations.Placeholders);
        var found = new List<string>();
        foreach (WorkspaceFolder folder in workspace.Folders)
        {
            if (!folder.Uri.TryGetFilePath(out string? path))
                continue;
            var query = new SettingsFileQuery([path], path) { WorkspaceFolder = path, IsTrusted = _ => workspace.IsTrusted };
            found.AddRange(finder.Find(query, cancellation).OfType<SettingsFile>().Select(file => file.Path).Take(MaxFiles - found.Count));
        }

        IReadOnlyList<string> paths = [.. found.Distinct(StringComparer.Ordinal)];
        _known = new Found(changes, paths);
        return paths;
    }

    private sealed record Found(long Changes, IReadOnlyList<string> Paths);
}
