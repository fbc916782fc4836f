using System.Text;
using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Storage;

/// <summary>
/// The folder of this user in which the service keeps what belongs to no settings folder: locks, revisions, history. It is created, readable by the
/// user alone, when it is first written to.
/// </summary>
/// <param name="Path">Its absolute path.</param>
public sealed record StateFolder(string Path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder of the lock files.</summary>
    public string Locks => System.IO.Path.Join(Path, "locks");

    /// <summary>
    /// Finds the folder: <c>configlsp</c> in <c>$XDG_STATE_HOME</c>, else in <c>~/.local/state</c>; on Windows in <c>%LOCALAPPDATA%</c>. Null where
    /// these variables are missing or are no absolute paths.
    /// </summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static StateFolder? Find(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Under(environment("LOCALAPPDATA"));
        }

        return Under(environment("XDG_STATE_HOME"))
            ?? (environment("HOME") is { } home && System.IO.Path.IsPathFullyQualified(home) ? Under(System.IO.Path.Join(home, ".local", "state")) : null);
    }

    /// <summary>The folder of one workspace.</summary>
    /// <param name="root">The real path of the workspace's folder.</param>
    public string WorkspaceFolder(string root) =>
        System.IO.Path.Join(Path, "workspaces", ContentHash.Of(Encoding.UTF8.GetBytes(root))[..32]);

    /// <summary>Creates a folder in here, and this one, where they are missing.</summary>
    internal ServiceResult<string> Prepare(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                CreatePrivate(Path);
                CreatePrivate(folder);
            }

            return folder;
        }
        catch (UnauthorizedAccessException)
        {
            return StorageErrors.Refused("The state folder cannot be created: permission denied. Set XDG_STATE_HOME to a folder that can be written.");
        }
        catch (IOException e)
        {
            var isFull = Files.FileFailures.FromWriteException(folder, e).Kind == Files.FileFailureKind.NoSpace;
            return isFull
                ? new ServiceError(ServiceErrors.NoSpace, "There is no space left to create the state folder.")
                : new ServiceError(ServiceErrors.Unavailable, "The state folder cannot be created. Set XDG_STATE_HOME to a folder that can be written.");
        }
    }

    private static StateFolder? Under(string? parent) =>
        parent is not null && System.IO.Path.IsPathFullyQualified(parent) ? new StateFolder(System.IO.Path.Join(parent, "configlsp")) : null;

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }
}
