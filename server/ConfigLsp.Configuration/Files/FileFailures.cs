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

    public static FileFailure NotFound(string path) => new(FileFailureKind.NotFound, path, $"{path} does not exist.");

    public static FileFailure NotRegularFile(string path) =>
        new(FileFailureKind.NotRegularFile, path, $"{path} is not a regular file. Directories, pipes, sockets and devices are not read.");

    public static FileFailure TooLarge(string path, int maxLength) =>
        new(FileFailureKind.TooLarge, path, $"{path} is larger than {Size(maxLength)}, the most that is read.");

    private static FileFailure PermissionDenied(string path) =>
        new(FileFailureKind.PermissionDenied, path, $"{path} cannot be read: permission denied. Check the permissions of the file and of the folders above it.");

    private static string Size(int bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MiB" : $"{bytes} bytes";
}
