namespace ConfigLsp.Configuration.Files;

/// <summary>
/// Facts about one name in a folder; a link is not followed. Two equal values mean: the same file, and nobody has written it in between as far as the
/// clock of the file system can tell.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">Its identity, or null where the platform does not tell.</param>
/// <param name="Length">Size in bytes; 0 for anything but a file.</param>
/// <param name="WriteTime">When its content last changed, in nanoseconds since 1970.</param>
/// <param name="ChangeTime">When its content or its attributes last changed, in nanoseconds since 1970; 0 where the platform does not tell.</param>
public readonly record struct FileDetails(FileKind Kind, FileIdentity? Identity, long Length, long WriteTime, long ChangeTime)
{
    /// <summary>Who may do what with it; null where the platform has other means.</summary>
    public FileAccessRights? Rights { get; init; }

    /// <summary>How many names the file has (hard links).</summary>
    public uint Links { get; init; } = 1;
}

/// <summary>Unix permissions and ownership.</summary>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Owner">Number of the user.</param>
/// <param name="Group">Number of the group.</param>
public readonly record struct FileAccessRights(int Mode, uint Owner, uint Group)
{
    /// <summary>The bit that lets the owner write.</summary>
    public const int OwnerWrite = 0x80;

    /// <summary>Reading and writing for all, of which the process' mask takes away: what editors give new files.</summary>
    public const int NewFile = 0x1B6;

    /// <summary>Reading and writing for the owner alone.</summary>
    public const int PrivateFile = 0x180;
}

/// <summary>A file's content and the facts about it, from one opening.</summary>
/// <param name="Content">All bytes.</param>
/// <param name="Details">Taken after they were read.</param>
public sealed record FileSnapshot(ReadOnlyMemory<byte> Content, FileDetails Details);
