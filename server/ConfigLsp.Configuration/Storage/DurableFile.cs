using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>
/// Replaces a whole file so that at any moment, also after a crash or a power loss, it holds all of its old content or all of the new. Callers hold the
/// <see cref="Concurrency.PathLock"/> of <see cref="Locate"/>. What an unrelated program writes into the file before the last check is never
/// overwritten; between that check and the rename, some microseconds, it could be.
/// </summary>
public static class DurableFile
{
    /// <summary>The path to lock: the target's, links resolved; the same for all that lead to one file.</summary>
    public static ServiceResult<string> Locate(IWritableFileSystem files, DurableTarget target) =>
        TargetPath.Resolve(files, target).TryGet(out var path, out var error) ? path.RealPath : error;

    /// <summary>What the target holds now. A missing file is no error.</summary>
    public static ServiceResult<TargetContent> Read(IWritableFileSystem files, DurableTarget target, CancellationToken cancellationToken)
    {
        if (!TargetPath.Resolve(files, target).TryGet(out var path, out var error))
        {
            return error;
        }

        var missing = new TargetContent(path.RealPath, Content: null, Hash: null);
        if (!files.OpenFolder(path.Folder).TryGet(out var folder, out var failure))
        {
            return failure.Kind == FileFailureKind.NotFound ? missing : StorageErrors.From(failure, target.DisplayName);
        }

        using (folder)
        {
            if (folder.ReadFile(path.Name, target.MaxLength, cancellationToken).TryGet(out var file, out failure))
            {
                return new TargetContent(path.RealPath, file.Content, ContentHash.Of(file.Content.Span));
            }

            return failure.Kind == FileFailureKind.NotFound ? missing : StorageErrors.From(failure, target.DisplayName);
        }
    }

    /// <summary>Replaces the target's content, or creates the file.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="target">The file.</param>
    /// <param name="newContent">All that it holds afterwards.</param>
    /// <param name="expectedHash">The <see cref="ContentHash"/> of what it must hold before; null: it must not exist.</param>
    /// <param name="cancellationToken">Ends it as long as nothing has changed.</param>
    /// <returns>
    /// Or <see cref="ServiceErrors.Conflict"/>, with the hash that is there; <see cref="ServiceErrors.PathOutsideRoot"/>; <see cref="ServiceErrors.NoSpace"/>;
    /// <see cref="ServiceErrors.PermissionDenied"/>, also where the replacement would change the owner or cut a hard link;
    /// <see cref="ServiceErrors.SourceMissing"/> for a link that leads nowhere; <see cref="ServiceErrors.Unavailable"/>: in all these cases nothing has
    /// changed. Or <see cref="ServiceErrors.DurabilityUnknown"/>: the new content is there, but the disk has not confirmed it.
    /// </returns>
    public static ServiceResult<ReplacedFile> Replace(
        IWritableFileSystem files, DurableTarget target, ReadOnlyMemory<byte> newContent, string? expectedHash, CancellationToken cancellationToken)
    {
        if (!TargetPath.Resolve(files, target).TryGet(out var path, out var error)
            || !TargetFolder.Open(files, target, path).TryGet(out var folder, out error))
        {
            return error;
        }

        using (folder)
        {
            return new Replacement(files, target, path, folder, expectedHash, cancellationToken).Run(newContent);
        }
    }
}
