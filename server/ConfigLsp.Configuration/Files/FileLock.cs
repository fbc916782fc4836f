using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

/// <summary>
/// An exclusive lock on a file kept for that purpose, between processes and within one. The kernel releases it when the process ends, however it does.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FileLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Tries once.</summary>
    /// <param name="path">The file, created where it is missing; never removed, since somebody may be waiting for it.</param>
    /// <param name="failure">Why the file cannot be locked at all; null also where somebody else has the lock.</param>
    public static FileLock? TryAcquire(string path, out FileFailure? failure)
    {
        failure = null;
        if (OperatingSystem.IsLinux())
        {
            var handle = UnixFiles.OpenLock(path, out var error);
            if (handle is null)
            {
                failure = FileFailures.FromWriteError(path, error);
                return null;
            }

            // A file that was removed meanwhile would be locked in vain.
            if (UnixFiles.TryLock(handle, out error) && UnixFiles.GetStatus(handle)?.Identity == UnixFiles.GetStatus(path, out _)?.Identity)
            {
                return new FileLock(handle);
            }

            handle.Dispose();
            failure = error == 0 ? null : FileFailures.FromWriteError(path, error);
            return null;
        }

        try
        {
            return new FileLock(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            failure = FileFailures.FromWriteException(path, e);
            return null;
        }
    }

    public void Dispose() => _handle.Dispose();

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of macOS.
    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult == 35;
}
