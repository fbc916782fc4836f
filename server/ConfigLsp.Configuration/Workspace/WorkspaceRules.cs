using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>Tells which files of one workspace folder are settings files, by their names.</summary>
internal sealed class WorkspaceRules
{
    private readonly SchemaCatalog _catalog;
    private readonly ImmutableArray<(SourceConfiguration Source, SourcePath Path)> _sources;
    private readonly HashSet<string> _hiddenFolders = new(StringComparer.Ordinal);

    public WorkspaceRules(WorkspaceFolder folder, SchemaCatalog catalog, PathPlaceholders placeholders, bool ignoreCase)
    {
        Folder = folder;
        _catalog = catalog;
        _sources =
        [
            .. folder.Configuration.Sources
                .Where(static s => s.Type is SourceType.File or SourceType.VsCode)
                .Select(s => (s, SourcePath.Create(s, folder, placeholders, ignoreCase)!))
                .Where(static s => s.Item2 is not null),
        ];
        foreach (var association in folder.Configuration.Schemas)
        {
            AddHiddenFolders(association.FileMatch);
        }

        foreach (var entry in catalog.Entries)
        {
            AddHiddenFolders(entry.FileMatch);
        }

        foreach (var (_, path) in _sources)
        {
            AddHiddenFolders(path.Path);
        }
    }

    public WorkspaceFolder Folder { get; }

    /// <summary>Whether a hidden folder is entered: only where a pattern or source names it.</summary>
    public bool Enters(string hiddenFolder) => _hiddenFolders.Contains(hiddenFolder);

    /// <summary>Why a file is a settings file; null if it is none.</summary>
    /// <param name="file">The absolute path.</param>
    /// <param name="siblings">The names in its folder.</param>
    public (SettingsFileReason Reason, string Detail)? Match(string file, IReadOnlySet<string> siblings)
    {
        var name = Path.GetFileName(file);
        if (name == WorkspaceConfiguration.FileName)
        {
            return (SettingsFileReason.WorkspaceFile, name);
        }

        var uri = DocumentUri.FromFilePath(file);
        var isInFolder = Folder.Uri.TryGetRelativePath(uri, out var relative);
        relative ??= uri.Path.TrimStart('/');
        foreach (var association in Folder.Configuration.Schemas)
        {
            if (association.FileMatch.Match(relative, isInFolder) is { } pattern)
            {
                return (SettingsFileReason.WorkspaceSchema, pattern.Pattern);
            }
        }

        foreach (var (source, path) in _sources)
        {
            if (path.IsMatch(uri))
            {
                return (SettingsFileReason.WorkspaceSource, source.Name);
            }
        }

        foreach (var entry in _catalog.Entries)
        {
            if (entry.FileMatch.IsMatch(relative, isInFolder) && (entry.RequiresSibling is null || siblings.Contains(entry.RequiresSibling)))
            {
                return (SettingsFileReason.Catalog, entry.Name);
            }
        }

        return null;
    }

    /// <summary>The hidden folders that a path or pattern names in full.</summary>
    internal static IEnumerable<string> HiddenFolders(string path) =>
        path.Split('/').Where(static s => s.Length > 1 && s[0] == '.' && s != ".." && !s.AsSpan().ContainsAny('*', '?', '['));

    private void AddHiddenFolders(GlobSet patterns)
    {
        foreach (var (glob, _) in patterns.Patterns)
        {
            AddHiddenFolders(glob.Pattern);
        }
    }

    private void AddHiddenFolders(string path) => _hiddenFolders.UnionWith(HiddenFolders(path));
}
