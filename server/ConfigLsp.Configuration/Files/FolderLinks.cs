namespace ConfigLsp.Configuration.Files;

/// <summary>Keeps what is read for an untrusted folder in that folder, whatever links its files are.</summary>
internal static class FolderLinks
{
    /// <summary>
    /// Why a file of an untrusted folder may not be read: it is, or lies behind, a link out of the folder, or where it leads cannot be told. Null if
    /// it is in the folder, and also if there is nothing at the path, for which reading has its own answer.
    /// </summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The absolute path of the file.</param>
    /// <param name="realFolders">The real paths of the folders that it may be in.</param>
    public static FileFailure? FindEscape(IFileSystem files, string path, params ReadOnlySpan<string> realFolders)
    {
        if (!files.ResolveRealPath(path).TryGet(out var real, out var failure))
        {
            return failure.Kind == FileFailureKind.NotFound ? null : failure;
        }

        foreach (var folder in realFolders)
        {
            if (FilePaths.IsWithin(folder, real))
            {
                return null;
            }
        }

        return new FileFailure(
            FileFailureKind.PermissionDenied, path, $"{path} is a link out of the folder, which is not trusted. Use --trust, or name the file.");
    }

    /// <summary>The real path of a folder; the path itself where it cannot be resolved.</summary>
    public static string RealPath(IFileSystem files, string folder) => files.ResolveRealPath(folder).TryGet(out var real, out _) ? real : folder;
}
