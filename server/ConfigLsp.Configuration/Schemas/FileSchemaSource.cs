using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Reads schemas from files: regular ones, of bounded size, on this computer, and where the workspace is not trusted only from its folders.</summary>
internal sealed class FileSchemaSource(IFileSystem files, Func<SchemaFileAccess> access) : ISchemaContentSource
{
    public async ValueTask<SchemaContent> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        var document = DocumentUri.Parse(uri);
        if (document.Authority.Length != 0)
        {
            return SchemaContent.Failure($"Schemas are not read from other computers over file sharing ('{document.Authority}'). Save the schema in the workspace.");
        }

        // Windows takes both for the name of another computer, and no path on this one starts with the one or is written with the other in a URI.
        if (document.Path.StartsWith("//", StringComparison.Ordinal) || document.Path.Contains('\\', StringComparison.Ordinal))
        {
            return SchemaContent.Failure($"The path in the URI must start with one slash and hold no backslash, but is '{document.Path}'. Write file:///folder/name.json.");
        }

        if (!document.TryGetFilePath(out var path))
        {
            return SchemaContent.Failure("The URI is not the path of a file.");
        }

        // A file may be on a drive that does not answer, so the caller is not made to wait for it.
        return await Task.Run(() => Read(path, cancellationToken), cancellationToken);
    }

    private SchemaContent Read(string path, CancellationToken cancellationToken)
    {
        var allowed = access();
        if (!allowed.IsUnrestricted)
        {
            // Whether the path may be touched at all is asked first, so that nothing shows which files exist elsewhere.
            if (!allowed.Contains(path))
            {
                return Refused(path);
            }

            if (!files.ResolveRealPath(path).TryGet(out var real, out var unresolved))
            {
                return Failure(unresolved);
            }

            if (!allowed.ContainsReal(files, real))
            {
                return Refused(path);
            }

            path = real;
        }

        return files.ReadText(path, FileLimits.Schema, cancellationToken).TryGet(out var text, out var failure) ? new SchemaContent.Loaded(text) : Failure(failure);
    }

    private static SchemaContent Failure(FileFailure failure) =>
        SchemaContent.Failure(failure.Message, mayPass: failure.Kind is FileFailureKind.NotFound or FileFailureKind.IoError or FileFailureKind.PermissionDenied);

    private static SchemaContent.Failed Refused(string path) =>
        new($"{path} is outside of the workspace, which is not trusted. Trust the workspace, or copy the schema into it.") { NeedsTrust = true };
}

/// <summary>Which files may be read as schemas.</summary>
/// <param name="IsUnrestricted">All.</param>
/// <param name="Folders">Else those in these folders (absolute paths).</param>
internal sealed record SchemaFileAccess(bool IsUnrestricted, IReadOnlyCollection<string> Folders)
{
    public bool Contains(string path) => Folders.Any(f => FilePaths.IsWithin(f, Path.GetFullPath(path)));

    public bool ContainsReal(IFileSystem files, string realPath) =>
        Folders.Any(f => files.ResolveRealPath(f).TryGet(out var folder, out _) && FilePaths.IsWithin(folder, realPath));
}
