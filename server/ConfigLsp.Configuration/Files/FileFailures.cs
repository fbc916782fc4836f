using System.Runtime.InteropServices;

namespace ConfigLsp.Configuration.Files;

/// <summary>Turns what the operating system reports into failures that people understand.</summary>
internal static class FileFailures
{
    // Numbers of errno(3) that Linux, macOS and the BSDs share.
    private const int NoEntry = 2;
    private const int NoDeviceOrAddress = 6;
    private const int AccessDenied = 13;
    private const int NotPermitted = 1;
    private const int NotADirectory = 20;
    private const int DeviceBusy = 16;
    private const int Exists = 17;
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;

    public static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException;

    public static FileFailure From(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => NotFound(path),
        UnauthorizedAccessException or System.Security.SecurityException => PermissionDenied(path),
        PathTooLongException => new FileFailure(FileFailureKind.InvalidPath, path, $"{path} is longer than the operating system allows."),
        NotSupportedException => NotRegularFile(path),
        _ => new FileFailure(FileFailureKind.IoError, path, $"{path} cannot be read: {e.Message}"),
    };

    public static FileFailure FromErrorNumber(string path, int error) => error switch
    {
        NoEntry or NotADirectory => NotFound(path),
        AccessDenied or NotPermitted => PermissionDenied(path),
        // What opening a socket, or a device without a driver, gives.
        NoDeviceOrAddress => NotRegularFile(path),
        _ => new FileFailure(FileFailureKind.IoError, path, $"{path} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    /// <summary>What a step of writing gave.</summary>
    public static FileFailure FromWriteError(string path, int error) => error switch
    {
        NoEntry => NotFound(path),
        NotADirectory => NotDirectory(path),
        AccessDenied or NotPermitted => new FileFailure(
            FileFailureKind.PermissionDenied, path, $"{path} cannot be written: permission denied. Check the permissions of the file and of its folder."),
        DeviceBusy => new FileFailure(FileFailureKind.Busy, path, $"{path} cannot be replaced: it is in use, perhaps as a mount point."),
        Exists => new FileFailure(FileFailureKind.AlreadyExists, path, $"{path} exists already."),
        ReadOnlyFileSystem => new FileFailure(FileFailureKind.ReadOnly, path, $"{path} cannot be written: the file system is mounted for reading only."),
        _ when IsNoSpace(error) => new FileFailure(FileFailureKind.NoSpace, path, $"{path} cannot be written: no space is left."),
        _ when IsLinkLoop(error) => NotRegularFile(path),
        _ => new FileFailure(FileFailureKind.IoError, path, $"{path} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    /// <summary>What a step of writing through .NET threw.</summary>
    public static FileFailure FromWriteException(string path, Exception e) => e switch
    {
        // The system's error in the lower half of the HResult: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL on Windows, errno elsewhere.
        IOException when (e.HResult & 0xFFFF) is 39 or 112 && OperatingSystem.IsWindows() => FromWriteError(path, NoSpaceLeft),
        IOException when (e.HResult & 0xFFFF) is 80 or 183 && OperatingSystem.IsWindows() => FromWriteError(path, Exists),
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => NotFound(path),
        UnauthorizedAccessException or System.Security.SecurityException => FromWriteError(path, AccessDenied),
        IOException when !OperatingSystem.IsWindows() && e.HResult is > 0 and < 200 => FromWriteError(path, e.HResult),
        _ => new FileFailure(FileFailureKind.IoError, path, $"{path} cannot be written: {e.Message}"),
    };

    public static FileFailure NotDirectory(string path) =>
        new(FileFailureKind.NotDirectory, path, $"{path} is not a folder, or has become a link.");

    public static FileFailure NotFound(string path) => new(FileFailureKind.NotFound, path, $"{path} does not exist.");

    public static FileFailure NotRegularFile(string path) =>
        new(FileFailureKind.NotRegularFile, path, $"{path} is not a regular file. Directories, pipes, sockets and devices are not read.");

    public static FileFailure TooLarge(string path, int maxLength) =>
        new(FileFailureKind.TooLarge, path, $"{path} is larger than {Size(maxLength)}, the most that is read.");

    private static FileFailure PermissionDenied(string path) =>
        new(FileFailureKind.PermissionDenied, path, $"{path} cannot be read: permission denied. Check the permissions of the file and of the folders above it.");

    // ENOSPC and EDQUOT, whose number differs.
    private static bool IsNoSpace(int error) => error == NoSpaceLeft || error == (OperatingSystem.IsLinux() ? 122 : 69);

    private static bool IsLinkLoop(int error) => error == (OperatingSystem.IsLinux() ? 40 : 62);

    private static string Size(int bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MiB" : $"{bytes} bytes";
}
