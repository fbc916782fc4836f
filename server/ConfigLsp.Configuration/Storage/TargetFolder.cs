using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>Opens the folder of a target, and creates it where it is missing.</summary>
internal static class TargetFolder
{
    public static ServiceResult<WritableFolder> Open(IWritableFileSystem files, DurableTarget target, TargetPath path)
    {
        if (!files.OpenFolder(path.ExistingFolder).TryGet(out var folder, out var failure))
        {
            return StorageErrors.From(failure, target.DisplayName);
        }

        var missing = path.Folder[path.ExistingFolder.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        if (missing.Length > 0 && !target.CreatesFolders)
        {
            folder.Dispose();
            return StorageErrors.From(FileFailures.NotFound(path.Folder), target.DisplayName);
        }

        foreach (var name in missing)
        {
            using var parent = folder;

            // Somebody else may have been faster; opening it tells whether it is a folder. Either way its name has to reach the disk.
            if (parent.CreateFolder(name) is { Kind: not FileFailureKind.AlreadyExists } refused)
            {
                return StorageErrors.From(refused, target.DisplayName);
            }

            if (parent.Flush() is { } unflushed)
            {
                return StorageErrors.From(unflushed, target.DisplayName);
            }

            if (!files.OpenFolder(Path.Join(parent.Path, name)).TryGet(out folder, out failure))
            {
                return StorageErrors.From(failure, target.DisplayName);
            }
        }

        return folder;
    }
}
