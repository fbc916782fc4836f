using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Reads schemas from files: regular ones, of bounded size, on this computer, and where the workspace is not trusted only from its folders.</summary>
/// <param name="files">The file system.</param>
/// <param name="access">Which files may be read.</param>
/// <param name="readOpen">The text of a document that is open in the editor, which counts instead of the file's; or null.</param>
internal sealed class FileSchemaSource(IFileSystem files, Func<SchemaFileAccess> access, Func<DocumentUri, SourceText?>? readOpen)
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
        return await Task.Run(() => Read(document, path, cancellationToken), cancellationToken);
    }

    private SchemaContent Read(DocumentUri document, string path, CancellationToken cancellationToken)
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

        if (readOpen?.Invoke(document) is { } open)
        {
            return new SchemaContent.Loaded(open) { Origin = SchemaOrigin.Editor };
        }

        return files.ReadText(path, FileLimits.Schema, cancellationToken).TryGet(out var text, out var failure)
            ? new SchemaContent.Loaded(text) { Origin = SchemaOrigin.File }
            : Failure(failure);
    }

    private static SchemaContent.Failed Failure(FileFailure failure) =>
        new SchemaContent.Failed(failure.Message)
        {
            MayPass = failure.Kind is FileFailureKind.NotFound or FileFailureKind.IoError or FileFailureKind.PermissionDenied,
            Brief = failure.Kind switch
            {
                FileFailureKind.NotFound => "there is no such file",
                FileFailureKind.PermissionDenied => "permission denied",
                FileFailureKind.TooLarge => "it is too large",
                _ => "it cannot be read",
            },
        };

    private static SchemaContent.Failed Refused(string path) =>
        new($"{path} is outside of the workspace, which is not trusted. Trust the workspace, or copy the schema into it.") { NeedsTrust = true, Brief = "the workspace is not trusted" };
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
