using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

/// <summary>
/// System calls that .NET does not offer: opening without waiting (the opening of a pipe waits for a writer otherwise), and asking an
/// open file or a path for its type and identity. On Linux also the steps of writing, all of them relative to an open folder.
/// </summary>
internal static partial class UnixFiles
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;
    private const int TypeDirectory = 0x4000;
    private const int TypeLink = 0xA000;
    private const int PermissionMask = 0xFFF;

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
        using var number = new Descriptor(handle);
        return GetStatus(number.Value, string.Empty, EmptyPath, out _);
    }

    /// <summary>Facts about what a path leads to; null with an error number, or with 0 where the platform does not tell.</summary>
    public static FileStatus? GetStatus(string path, out int error) => GetStatus(CurrentDirectory, path, flags: 0, out error);

    private static FileStatus? GetStatus(int directory, string path, int flags, out int error) =>
        GetDetails(directory, path, flags, out error) is { } details
            ? new FileStatus(
                details.Kind == FileKind.Link ? FileKind.Other : details.Kind, details.Length, ToTime(details.WriteTime), details.Identity)
            : null;

    private static FileDetails? GetDetails(int directory, string path, int flags, out int error)
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
        var mode = MemoryMarshal.Read<ushort>(buffer[28..]);
        var kind = (mode & TypeMask) switch
        {
            TypeRegular => FileKind.File,
            TypeDirectory => FileKind.Directory,
            TypeLink => FileKind.Link,
            _ => FileKind.Other,
        };
        var device = ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]);
        return new FileDetails(
            kind,
            new FileIdentity(device, MemoryMarshal.Read<ulong>(buffer[32..])),
            kind == FileKind.File ? MemoryMarshal.Read<long>(buffer[40..]) : 0,
            ReadTime(buffer[112..]),
            ReadTime(buffer[96..]))
        {
            Rights = new FileAccessRights(mode & PermissionMask, MemoryMarshal.Read<uint>(buffer[20..]), MemoryMarshal.Read<uint>(buffer[24..])),
            Links = MemoryMarshal.Read<uint>(buffer[16..]),
        };
    }

    // File systems can hold times that 64 bits of nanoseconds (the years 1678 to 2262) cannot.
    private static long ReadTime(ReadOnlySpan<byte> time) =>
        (Math.Clamp(MemoryMarshal.Read<long>(time), -9_000_000_000, 9_000_000_000) * 1_000_000_000) + MemoryMarshal.Read<uint>(time[8..]);

    private static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> buffer);
}
