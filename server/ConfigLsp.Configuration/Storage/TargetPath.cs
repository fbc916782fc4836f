using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>Where a target really is.</summary>
/// <param name="RealPath">Its path without any link. The file, and folders above it, may be missing.</param>
/// <param name="ExistingFolder">The innermost folder above it that exists.</param>
internal readonly record struct TargetPath(string RealPath, string ExistingFolder)
{
    /// <summary>The folder that holds the file.</summary>
    public string Folder => Path.GetDirectoryName(RealPath)!;

    /// <summary>The name of the file in it.</summary>
    public string Name => Path.GetFileName(RealPath);

    /// <summary>Resolves the links of a target's path, and refuses what they lead out of its root, in a circle or nowhere.</summary>
    public static ServiceResult<TargetPath> Resolve(IWritableFileSystem files, DurableTarget target)
    {
        if (!Path.IsPathFullyQualified(target.Path))
        {
            return new ServiceError(ServiceErrors.SourceMissing, $"{target.DisplayName} has no absolute path.");
        }

        // From the file outwards to the first part of the path that is there.
        var missing = string.Empty;
        for (var at = Path.GetFullPath(target.Path); ; at = Path.GetDirectoryName(at)!)
        {
            if (files.ResolveRealPath(at).TryGet(out var real, out var failure))
            {
                var resolved = missing.Length == 0
                    ? new TargetPath(real, Path.GetDirectoryName(real) ?? real)
                    : new TargetPath(Path.Join(real, missing), real);
                return Check(files, target, resolved);
            }

            if (failure.Kind != FileFailureKind.NotFound)
            {
                return StorageErrors.From(failure, target.DisplayName);
            }

            if (Path.GetDirectoryName(at) is null)
            {
                return StorageErrors.From(FileFailures.NotFound(at), target.DisplayName);
            }

            missing = Path.Join(Path.GetFileName(at), missing);
        }
    }

    private static ServiceResult<TargetPath> Check(IWritableFileSystem files, DurableTarget target, TargetPath resolved)
    {
        if (target.Root is { } root && !FilePaths.IsWithin(root, resolved.Folder))
        {
            return new ServiceError(ServiceErrors.PathOutsideRoot, $"{target.DisplayName} leads out of the folder in which it may be written.");
        }

        if (resolved.ExistingFolder.Length == resolved.RealPath.Length)
        {
            return StorageErrors.From(FileFailures.NotRegularFile(resolved.RealPath), target.DisplayName);
        }

        // The first missing part may be a link whose target is missing: that is not the place to create anything.
        if (!files.OpenFolder(resolved.ExistingFolder).TryGet(out var folder, out var failure))
        {
            return StorageErrors.From(failure, target.DisplayName);
        }

        using (folder)
        {
            var next = resolved.RealPath[resolved.ExistingFolder.Length..].Trim(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[0];
            return folder.GetDetails(next).TryGet(out var details, out _) && details.Kind == FileKind.Link
                ? new ServiceError(ServiceErrors.SourceMissing, $"The path of {target.DisplayName} is a link to something that is not there.")
                : resolved;
        }
    }
}
