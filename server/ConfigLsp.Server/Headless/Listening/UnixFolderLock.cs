using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Server.Headless.Listening;

/// <summary>Keeps other servers from making a socket in the same folder at the same time; the kernel releases it with the process.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixFolderLock : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle _folder;

    private UnixFolderLock(SafeFileHandle folder) => _folder = folder;

    /// <exception cref="ListenException">Another server holds it for too long.</exception>
    public static async Task<UnixFolderLock> AcquireAsync(string folder, CancellationToken cancellation)
    {
        // O_RDONLY | O_CLOEXEC, whose numbers differ between the kernels.
        SafeFileHandle handle = Open(folder, OperatingSystem.IsLinux() ? 0x80000 : 0x1000000);
        long started = Stopwatch.GetTimestamp();
        try
        {
            // Where a folder cannot be locked, as on some network file systems, two servers that start at the same moment are on their own.
            while (!handle.IsInvalid && IsHeldByAnother(handle))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                    throw new ListenException($"Another server is being started in '{folder}' and does not come to an end.");
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        return new UnixFolderLock(handle);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Tries to lock. EWOULDBLOCK is 11 on Linux and 35 on macOS.</summary>
    private static bool IsHeldByAnother(SafeFileHandle folder) =>
        Lock(folder, Exclusive | DoNotWait) != 0 && Marshal.GetLastPInvokeError() == (OperatingSystem.IsLinux() ? 11 : 35);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
