using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ConfigLsp.Server.Headless.Listening;

/// <summary>What stands at a path.</summary>
internal enum UnixPathKind
{
    Nothing,
    Socket,
    Other,
}

/// <summary>The system calls around a socket's file that .NET does not offer.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixSocketFiles
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint TypeField = 0x1;
    private const int TypeMask = 0xF000;
    private const int TypeSocket = 0xC000;
    private const int NoSuchFile = 2;

    /// <summary>All rights of the group and of others, and execution.</summary>
    private const uint AllButOwnReadingAndWriting = 0x7F;

    /// <summary>What stands at a path; a link is no socket, wherever it leads.</summary>
    public static UnixPathKind Look(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                Span<byte> buffer = stackalloc byte[256];
                if (StatX(CurrentDirectory, path, DoNotFollowLinks, TypeField, buffer) != 0)
                    return Marshal.GetLastPInvokeError() == NoSuchFile ? UnixPathKind.Nothing : UnixPathKind.Other;
                // The layout of `struct statx` is the same on every architecture (statx(2)).
                return (MemoryMarshal.Read<ushort>(buffer[28..]) & TypeMask) == TypeSocket ? UnixPathKind.Socket : UnixPathKind.Other;
            }
            catch (EntryPointNotFoundException)
            {
                // A C library older than the call.
            }
        }

        // Where the type cannot be told, nothing that stands there is replaced.
        return Path.Exists(path) || new FileInfo(path).LinkTarget is not null ? UnixPathKind.Other : UnixPathKind.Nothing;
    }

    /// <summary>Until the result is disposed, this process makes files that only its user can read and write.</summary>
    public static IDisposable RestrictNewFiles() => new Mask(SetMask(AllButOwnReadingAndWriting));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);

    private sealed class Mask(uint before) : IDisposable
    {
        public void Dispose() => _ = SetMask(before);
    }
}
