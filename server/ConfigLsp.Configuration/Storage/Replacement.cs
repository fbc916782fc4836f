using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>The steps of one <see cref="DurableFile.Replace"/> in the open folder of the target.</summary>
internal sealed class Replacement(
    IWritableFileSystem files, DurableTarget target, TargetPath path, WritableFolder folder, string? expectedHash, CancellationToken cancellationToken)
{
    // A larger write could not be cancelled for long on a slow disk.
    private const int MaxWrite = 4 * 1024 * 1024;

    private readonly string _temporary = TemporaryName.Create(path.Name);

    public ServiceResult<ReplacedFile> Run(ReadOnlyMemory<byte> newContent)
    {
        TemporaryName.RemoveStale(folder, path.Name);
        if (FindObstacle(out var before) is { } obstacle)
        {
            return obstacle;
        }

        var isRenamed = false;
        try
        {
            if ((WriteTemporary(newContent, before?.Details) ?? FindObstacle(out var now) ?? FindChange(before, now)) is { } error)
            {
                return error;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var temporary = folder.GetDetails(_temporary) is { IsSuccess: true, Value: var details } ? details.Identity : null;
            var failure = folder.Rename(_temporary, path.Name, replace: expectedHash is not null);

            // A network file system may report a failure after the server has done it.
            isRenamed = failure is null || (temporary is not null && folder.GetDetails(path.Name) is { IsSuccess: true, Value: var renamed } && renamed.Identity == temporary);
            if (!isRenamed)
            {
                return failure!.Kind == FileFailureKind.AlreadyExists ? StorageErrors.Changed(target.DisplayName, hash: null) : StorageErrors.From(failure, target.DisplayName);
            }

            failure ??= folder.Flush();
            return failure is null
                ? new ReplacedFile(path.RealPath, before?.Content, expectedHash, ContentHash.Of(newContent.Span))
                : new ServiceError(ServiceErrors.DurabilityUnknown, $"{target.DisplayName} has its new content, but the disk did not confirm it.") { IsApplied = true };
        }
        finally
        {
            if (!isRenamed)
            {
                folder.Delete(_temporary);
            }
        }
    }

    /// <summary>Why the target, as it is now, cannot or must not be replaced.</summary>
    private ServiceError? FindObstacle(out FileSnapshot? file)
    {
        file = null;
        if (!folder.ReadFile(path.Name, target.MaxLength, cancellationToken).TryGet(out var found, out var failure))
        {
            return failure.Kind != FileFailureKind.NotFound ? StorageErrors.From(failure, target.DisplayName)
                : expectedHash is null ? null
                : StorageErrors.Changed(target.DisplayName, hash: null);
        }

        file = found;
        var hash = ContentHash.Of(found.Content.Span);
        return hash != expectedHash ? StorageErrors.Changed(target.DisplayName, hash)
            : found.Details.Links > 1 ? StorageErrors.Refused(
                $"{target.DisplayName} has {found.Details.Links} names (hard links), and replacing it would separate them. Copy the file over its name to make it one of its own.")
            : found.Details.Rights is { } rights && (rights.Mode & FileAccessRights.OwnerWrite) == 0 ? StorageErrors.Refused($"{target.DisplayName} is marked as read-only.")
            : null;
    }

    /// <summary>Whether somebody wrote, replaced or moved the target since it was read, or put a link in its way.</summary>
    private ServiceError? FindChange(FileSnapshot? before, FileSnapshot? now)
    {
        if (before?.Details != now?.Details)
        {
            return StorageErrors.Changed(target.DisplayName, now is null ? null : ContentHash.Of(now.Content.Span));
        }

        if (!TargetPath.Resolve(files, target).TryGet(out var current, out var error))
        {
            return error;
        }

        if (current.RealPath != path.RealPath || !files.OpenFolder(path.Folder).TryGet(out var there, out _))
        {
            return StorageErrors.Changed(target.DisplayName, hash: null);
        }

        using (there)
        {
            return there.Identity == folder.Identity ? null : StorageErrors.Changed(target.DisplayName, hash: null);
        }
    }

    private ServiceError? WriteTemporary(ReadOnlyMemory<byte> content, FileDetails? model)
    {
        // Until it has the rights of its model, nobody else may read it.
        var mode = model is null ? FileAccessRights.NewFile : FileAccessRights.PrivateFile;
        if (!folder.CreateFile(_temporary, mode).TryGet(out var file, out var failure))
        {
            return StorageErrors.From(failure, target.DisplayName);
        }

        using (file)
        {
            for (var written = 0; written < content.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!file.Write(content.Span.Slice(written, Math.Min(MaxWrite, content.Length - written))).TryGet(out var count, out failure))
                {
                    return StorageErrors.From(failure, target.DisplayName);
                }

                written += count;
            }

            if (model?.Rights is { } rights && file.TakeRights(rights) is { } refused)
            {
                return refused.Kind == FileFailureKind.PermissionDenied
                    ? StorageErrors.Refused($"{target.DisplayName} belongs to another user or group, and replacing it would change that.")
                    : StorageErrors.From(refused, target.DisplayName);
            }

            failure = file.Flush() ?? file.Close();
            return failure is null ? null : StorageErrors.From(failure, target.DisplayName);
        }
    }
}
