using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

/// <summary>
/// The two system calls that .NET does not offer: opening without waiting (the opening of a pipe waits for a writer otherwise), and asking an
/// open file or a path for its type and identity.
/// </summary>
internal static partial class UnixFiles
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;
    private const int TypeDirectory = 0x4000;

    /// <summary>Opens for reading, without waiting, not inherited by child processes. The handle is invalid and the error set on failure.</summary>
    public static SafeFileHandle OpenForReading(string path, out int error)
    {
        // O_RDONLY | O_NONBLOCK | O_CLOEXEC, whose numbers differ between the kernels.
        var flags = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;
        var handle = Open(path, flags);
        error = handle.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        return handle;
    }

    /// <summary>Facts about an open file; null where the platform does not tell.</summary>
    public static FileStatus? GetStatus(SafeFileHandle handle)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return GetStatus((int)handle.DangerousGetHandle(), string.Empty, EmptyPath, out _);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Facts about what a path leads to; null with an error number, or with 0 where the platform does not tell.</summary>
    public static FileStatus? GetStatus(string path, out int error) => GetStatus(CurrentDirectory, path, flags: 0, out error);

    private static FileStatus? GetStatus(int directory, string path, int flags, out int error)
    {
        error = 0;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[256];
        try
        {
            if (StatX(directory, path, flags, BasicFields, buffer) != 0)
            {
                error = Marshal.GetLastPInvokeError();
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
            return null;
        }

        // The layout of `struct statx` is the same on every architecture (statx(2)).
        var mode = MemoryMarshal.Read<ushort>(buffer[28..]) & TypeMask;
        var kind = mode switch
        {
            TypeRegular => FileKind.File,
            TypeDirectory => FileKind.Directory,
            _ => FileKind.Other,
        };
        var inode = MemoryMarshal.Read<ulong>(buffer[32..]);
        var length = kind == FileKind.File ? MemoryMarshal.Read<long>(buffer[40..]) : 0;
        var seconds = MemoryMarshal.Read<long>(buffer[112..]);
        var nanoseconds = MemoryMarshal.Read<uint>(buffer[120..]);
        var device = ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]);
        return new FileStatus(kind, length, ToTime(seconds, nanoseconds), new FileIdentity(device, inode));
    }

    private static DateTimeOffset ToTime(long seconds, uint nanoseconds)
    {
        // File systems can hold times that DateTimeOffset cannot.
        var bounded = Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1);
        return DateTimeOffset.FromUnixTimeSeconds(bounded).AddTicks(nanoseconds / 100);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> buffer);
}
