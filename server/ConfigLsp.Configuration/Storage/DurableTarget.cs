using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Storage;

/// <summary>A file that updates replace.</summary>
/// <param name="Path">Its absolute path, which may lead through links.</param>
public sealed record DurableTarget(string Path)
{
    /// <summary>The real path of the folder that the file must be in, its links resolved; null if it may be anywhere.</summary>
    public string? Root { get; init; }

    /// <summary>Whether the folders above it are created where they are missing.</summary>
    public bool CreatesFolders { get; init; } = true;

    /// <summary>The largest content that is read, in bytes.</summary>
    public int MaxLength { get; init; } = FileLimits.SettingsFile;

    /// <summary>What messages call it: the folder's and the file's name, so that no message holds the path of a home folder.</summary>
    public string DisplayName { get; init; } = ShortNameOf(Path);

    private static string ShortNameOf(string path)
    {
        var folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path));
        var name = System.IO.Path.GetFileName(path);
        return string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}";
    }
}
