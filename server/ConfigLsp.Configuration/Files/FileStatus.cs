namespace ConfigLsp.Configuration.Files;

/// <summary>What stands at a path.</summary>
public enum FileKind
{
    /// <summary>A regular file.</summary>
    File,
    Directory,

    /// <summary>A symbolic link or junction, where links are not followed.</summary>
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Other,
}

/// <summary>Names one file or directory whatever path leads to it.</summary>
/// <param name="Device">Number of the device.</param>
/// <param name="Inode">Number on the device.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode);

/// <summary>Facts about a file, its links followed.</summary>
/// <param name="Kind">What it is; never <see cref="FileKind.Link"/>.</param>
/// <param name="Length">Size in bytes; 0 for a directory.</param>
/// <param name="LastWriteTime">When its content last changed.</param>
/// <param name="Identity">Its identity, or null where the platform does not tell.</param>
public readonly record struct FileStatus(FileKind Kind, long Length, DateTimeOffset LastWriteTime, FileIdentity? Identity);

/// <summary>One name in a directory.</summary>
/// <param name="Name">The name, without its directory.</param>
/// <param name="Kind">What it is; a link is not followed. A pipe, socket or device may be given as a file: reading it tells.</param>
public sealed record DirectoryEntry(string Name, FileKind Kind);
