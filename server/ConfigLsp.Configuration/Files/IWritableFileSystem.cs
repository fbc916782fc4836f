namespace ConfigLsp.Configuration.Files;

/// <summary>
/// A file system that can also be written, one small step at a time, so that a test can let each step fail. What belongs together is
/// <see cref="Storage.DurableFile"/>'s business.
/// </summary>
public interface IWritableFileSystem : IFileSystem
{
    /// <summary>The number of the user in whose name files are written; null where the platform has none.</summary>
    uint? UserId { get; }

    /// <summary>
    /// Opens a folder to work in. Everything done with it happens in this very folder, wherever its name leads later.
    /// </summary>
    /// <param name="realPath">
    /// An absolute path, links resolved. Where a part of it is a link by now, that is <see cref="FileFailureKind.NotDirectory"/>.
    /// </param>
    FileResult<WritableFolder> OpenFolder(string realPath);
}
