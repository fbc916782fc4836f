using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>
/// Finds the settings files among files, folders and globs. Of a folder these are the <c>configlsp.json</c>, what it speaks of, and what the
/// catalogue covers; <c>.git</c>, <c>node_modules</c>, ignored files and hidden folders that nobody names are passed over. A file or glob takes
/// what it names. Nothing unreadable ends the search.
/// </summary>
/// <param name="files">The file system.</param>
/// <param name="catalog">The embedded catalogue.</param>
/// <param name="placeholders">What placeholders in the paths of sources stand for.</param>
public sealed class SettingsFileFinder(IFileSystem files, SchemaCatalog catalog, PathPlaceholders placeholders)
{
    /// <summary>Finds the files, one after the other as they are asked for: argument by argument, in each by name; none twice.</summary>
    public IEnumerable<FoundItem> Find(SettingsFileQuery query, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Dictionary<string, WorkspaceFolder>(StringComparer.Ordinal);
        foreach (var argument in query.Arguments.Count == 0 ? ["."] : query.Arguments)
        {
            var isEmpty = true;
            foreach (var item in FindOne(argument, query, folders, cancellationToken))
            {
                isEmpty &= item is Unreadable;
                if (item is not SettingsFile file || seen.Add(file.Path))
                {
                    yield return item;
                }
            }

            if (isEmpty)
            {
                yield return new NothingFound(argument, $"There is no settings file in '{argument}'. Name the files themselves, or say in {WorkspaceConfiguration.FileName} which ones they are.");
            }
        }
    }

    private IEnumerable<FoundItem> FindOne(string argument, SettingsFileQuery query, Dictionary<string, WorkspaceFolder> folders, CancellationToken cancellationToken)
    {
        if (argument.Length == 0 || argument.Contains('\0', StringComparison.Ordinal))
        {
            return [new NothingFound(argument, "A path must not be empty and must not hold a NUL character.")];
        }

        var path = Path.GetFullPath(argument, query.CurrentFolder);
        var status = files.GetStatus(path);
        if (status.TryGet(out var known, out var failure))
        {
            path = path.Length > 1 ? Path.TrimEndingDirectorySeparator(path) : path;
            return known.Kind == FileKind.Directory
                ? Walk().Run(path, Folder(path), static _ => false, static (rules, file, siblings) => rules.Match(file, siblings))
                : [new SettingsFile(path, SettingsFileReason.Named, argument, Folder(Path.GetDirectoryName(path)!))];
        }

        if (failure.Kind != FileFailureKind.NotFound)
        {
            return [new Unreadable(failure)];
        }

        return Split(argument, query.CurrentFolder) is var (root, pattern) && Glob.TryParse("/" + pattern, out var glob, ignoreCase: !files.IsCaseSensitive)
            ? files.GetStatus(root).IsSuccess
                ? FindByGlob(root, glob)
                : [new NothingFound(argument, $"Nothing matches '{argument}': there is no folder {root}.")]
            : [new NothingFound(argument, $"There is no file or folder '{argument}'.")];

        FolderWalk Walk() => new(files, catalog, placeholders, query, cancellationToken);

        WorkspaceFolder Folder(string folder) => FindFolder(folder, query, folders, cancellationToken);

        IEnumerable<FoundItem> FindByGlob(string root, Glob glob)
        {
            var hidden = WorkspaceRules.HiddenFolders(glob.Pattern).ToHashSet(StringComparer.Ordinal);
            return Walk().Run(root, Folder(root), hidden.Contains, (_, file, _) =>
                glob.IsMatch(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/')) ? (SettingsFileReason.Named, argument) : null);
        }
    }

    /// <summary>Splits a glob behind its last folder without a wildcard; null if there is no wildcard.</summary>
    private static (string Root, string Pattern)? Split(string argument, string currentFolder)
    {
        var text = OperatingSystem.IsWindows() ? argument.Replace('\\', '/') : argument;
        var wildcard = text.AsSpan().IndexOfAny("*?[{");
        if (wildcard < 0)
        {
            return null;
        }

        var slash = text.LastIndexOf('/', wildcard);
        return (Path.GetFullPath(slash < 0 ? "." : text[..(slash + 1)], currentFolder), text[(slash + 1)..]);
    }

    private WorkspaceFolder FindFolder(string folder, SettingsFileQuery query, Dictionary<string, WorkspaceFolder> folders, CancellationToken cancellationToken)
    {
        var root = query.WorkspaceFolder
            ?? WorkspaceLocator.Find(files, folder, placeholders.HomeFolder)
            ?? (FilePaths.IsWithin(query.CurrentFolder, folder) ? query.CurrentFolder : folder);
        if (!folders.TryGetValue(root, out var workspace))
        {
            workspace = WorkspaceFolder.Load(files, DocumentUri.FromFilePath(root), query.IsTrusted(root), cancellationToken);
            folders.Add(root, workspace);
        }

        return workspace;
    }
}
