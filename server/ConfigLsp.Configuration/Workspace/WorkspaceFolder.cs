using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>One folder that is served, with its <c>configlsp.json</c>.</summary>
/// <param name="Uri">The folder, of any scheme.</param>
public sealed record WorkspaceFolder(DocumentUri Uri)
{
    /// <summary>What its <c>configlsp.json</c> says.</summary>
    public WorkspaceConfiguration Configuration { get; init; } = WorkspaceConfiguration.Empty;

    /// <summary>Why there is a <c>configlsp.json</c> that could not be read; null if it was, or if there is none.</summary>
    public FileFailure? Failure { get; init; }

    /// <summary>
    /// Whether the person trusts its content. If not, its <c>configlsp.json</c> and its <c>$schema</c> keys reach no file outside of the
    /// served folders and no environment variable, and a <c>configlsp.json</c> that is a link out of the folder is not read.
    /// </summary>
    public bool IsTrusted { get; init; }

    /// <summary>Reads the <c>configlsp.json</c> of a folder. A folder without one, or of another scheme than <c>file</c>, has an empty one.</summary>
    public static WorkspaceFolder Load(IFileSystem files, DocumentUri folder, bool isTrusted, CancellationToken cancellationToken)
    {
        var result = new WorkspaceFolder(folder) { IsTrusted = isTrusted };
        if (!folder.TryGetFilePath(out var path))
        {
            return result;
        }

        var file = Path.Join(path, WorkspaceConfiguration.FileName);
        if (!isTrusted && FolderLinks.FindEscape(files, file, FolderLinks.RealPath(files, path)) is { } escape)
        {
            return result with { Failure = escape };
        }

        if (files.ReadText(file, FileLimits.SettingsFile, cancellationToken).TryGet(out var text, out var failure))
        {
            return result with { Configuration = WorkspaceFile.Parse(DocumentUri.FromFilePath(file), text, ignoreCase: !files.IsCaseSensitive) };
        }

        return failure.Kind == FileFailureKind.NotFound ? result : result with { Failure = failure };
    }
}
