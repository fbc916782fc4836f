namespace ConfigLsp.Server.Logging;

/// <summary>The folder for logs: below <c>XDG_STATE_HOME</c> (default <c>~/.local/state</c>), on Windows below <c>%LOCALAPPDATA%</c>.</summary>
internal static class LogFolder
{
    /// <summary>Log files of other processes that are kept.</summary>
    private const int KeptFiles = 20;

    /// <summary>The folder, or null when the user has no place for state. It may not exist yet.</summary>
    public static string? Find()
    {
        string root = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : StateHome();
        return root.Length == 0 ? null : Path.Combine(root, "configlsp", "logs");
    }

    /// <summary>Removes the oldest files, because each process writes its own and nobody else would.</summary>
    public static void RemoveOldFiles(string folder)
    {
        try
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("configlsp-*.log").OrderByDescending(file => file.LastWriteTimeUtc).Skip(KeptFiles))
                file.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use by its process, or not ours to delete; the next start tries again.
        }
    }

    private static string StateHome()
    {
        // The XDG specification says that a relative path is to be ignored.
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state))
            return state;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? string.Empty : Path.Combine(home, ".local", "state");
    }
}
