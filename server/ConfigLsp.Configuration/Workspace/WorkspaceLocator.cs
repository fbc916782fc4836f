using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>Finds the workspace that a folder belongs to, where nobody has said so.</summary>
public static class WorkspaceLocator
{
    /// <summary>The folder that marks a workspace beside <c>configlsp.json</c>.</summary>
    public const string SettingsFolder = ".nofx";

    /// <summary>
    /// The nearest of the folder and those above it with a <c>configlsp.json</c> or <c>.nofx</c>, or null. The home folder's own <c>.nofx</c>
    /// holds the person's settings and marks no workspace.
    /// </summary>
    public static string? Find(IFileSystem files, string folder, string? homeFolder)
    {
        for (var at = Path.TrimEndingDirectorySeparator(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (HasKind(files, Path.Join(at, WorkspaceConfiguration.FileName), FileKind.File)
                || (at != homeFolder && HasKind(files, Path.Join(at, SettingsFolder), FileKind.Directory)))
            {
                return at;
            }
        }

        return null;
    }

    private static bool HasKind(IFileSystem files, string path, FileKind kind) => files.GetStatus(path) is { IsSuccess: true, Value: var status } && status.Kind == kind;
}
