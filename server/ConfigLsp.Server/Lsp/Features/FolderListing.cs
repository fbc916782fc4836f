using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Core.Features.Completion;
using ConfigLsp.Server.Lsp.Workspace;
using WorkspaceFolder = ConfigLsp.Configuration.Workspace.WorkspaceFolder;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Names the files beside a document, for completing paths. Nothing outside the served folders is told, whatever links lead there, and nothing at
/// all in a folder that is not trusted.
/// </summary>
internal sealed class FolderListing(WorkspaceSchemas workspace, IFileSystem files)
{
    public const int MaxEntries = 1000;

    private const int MaxPathLength = 4096;

    /// <summary>The names in a folder, at most <see cref="MaxEntries"/>; none where it must not or cannot be read.</summary>
    /// <param name="document">The document that the path stands in.</param>
    /// <param name="folder">The folder as it is written: relative to the document's folder, or else to the served folder around it.</param>
    /// <param name="cancellation">Ends the call between two names.</param>
    public ImmutableArray<PathEntry> List(DocumentUri document, string folder, CancellationToken cancellation)
    {
        if (!document.TryGetFilePath(out string? path)
            || Path.GetDirectoryName(path) is not { } beside
            || folder.Length > MaxPathLength
            || folder.Contains('\0', StringComparison.Ordinal)
            || !workspace.Folders.Any(static served => served.IsTrusted))
        {
            return [];
        }

        ImmutableArray<PathEntry> entries = Read(Path.Combine(beside, folder), cancellation);
        foreach (WorkspaceFolder served in workspace.Folders)
        {
            if (!entries.IsEmpty)
                break;
            if (served.Uri.TryGetRelativePath(document, out _) && served.Uri.TryGetFilePath(out string? root))
                entries = Read(Path.Combine(root, folder), cancellation);
        }

        return entries;
    }

    private ImmutableArray<PathEntry> Read(string path, CancellationToken cancellation)
    {
        string full = Path.GetFullPath(path);
        // Before anything looks there: to look at an address of another machine is to call it.
        if (!workspace.Folders.Any(served => served.IsTrusted && served.Uri.TryGetFilePath(out string? root) && FilePaths.IsWithin(root, full)))
            return [];
        if (!files.ResolveRealPath(full).TryGet(out string? real, out _) || !IsServed(real))
            return [];
        var entries = ImmutableArray.CreateBuilder<PathEntry>();
        foreach (FileResult<DirectoryEntry> result in files.EnumerateDirectory(real))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!result.TryGet(out DirectoryEntry? entry, out _) || entries.Count == MaxEntries)
                break;
            if (entry.Kind != FileKind.Other)
                entries.Add(new PathEntry(entry.Name, entry.Kind == FileKind.Directory));
        }

        return entries.ToImmutable();
    }

    private bool IsServed(string real) => workspace.Folders.Any(folder =>
        folder.IsTrusted
        && folder.Uri.TryGetFilePath(out string? path)
        && files.ResolveRealPath(path).TryGet(out string? root, out _)
        && DocumentUri.FromFilePath(root).TryGetRelativePath(DocumentUri.FromFilePath(real), out _));
}
