using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ConfigLsp.Configuration.Files;

// Every call returns an error number of errno(3), 0 for success, and starts again where a signal interrupted it.
internal static partial class UnixFiles
{
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int InvalidArgument = 22;
    private const int NotImplemented = 38;
    private const int DoNotFollow = 0x100;
    private const uint DoNotReplace = 1;
    private const int LockExclusivelyWithoutWaiting = 2 | 4;

    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExecute = 0x80000;
    private const int PathOnly = 0x200000;

    // These two differ between processors (asm/fcntl.h).
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
    private static readonly int DirectoryOnly = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    [SupportedOSPlatform("linux")]
    public static uint UserId => GetEffectiveUserId();

    /// <summary>Opens a folder, following no link on the way, to work in it.</summary>
    [SupportedOSPlatform("linux")]
    public static SafeFileHandle? OpenFolder(string realPath, out int error)
    {
        var at = Open("/", PathOnly | DirectoryOnly | CloseOnExecute, out error);
        foreach (var name in realPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            using var parent = at;
            if (error != 0)
            {
                return null;
            }

            at = OpenAt(parent!, name, PathOnly | DirectoryOnly | NoFollow | CloseOnExecute, mode: 0, out error);
        }

        using (at)
        {
            // A handle made with O_PATH can only be passed through; flushing and listing need a real one.
            return error == 0 ? OpenAt(at!, ".", ReadOnly | DirectoryOnly | CloseOnExecute, mode: 0, out error) : null;
        }
    }

    [SupportedOSPlatform("linux")]
    public static SafeFileHandle? OpenForReading(SafeFileHandle folder, string name, out int error) =>
        OpenAt(folder, name, ReadOnly | NonBlocking | NoFollow | CloseOnExecute, mode: 0, out error);

    [SupportedOSPlatform("linux")]
    public static SafeFileHandle? CreateExclusively(SafeFileHandle folder, string name, int mode, out int error) =>
        OpenAt(folder, name, WriteOnly | Create | Exclusive | NoFollow | CloseOnExecute, mode, out error);

    /// <summary>Opens a file to be locked, which is created with mode 0600 where it is missing.</summary>
    [SupportedOSPlatform("linux")]
    public static SafeFileHandle? OpenLock(string path, out int error) =>
        Open(path, ReadWrite | Create | NoFollow | CloseOnExecute, out error, FileAccessRights.PrivateFile);

    /// <summary>Facts about an entry, or the folder itself where the name is empty.</summary>
    [SupportedOSPlatform("linux")]
    public static FileDetails? GetDetails(SafeFileHandle folder, string name, out int error)
    {
        using var number = new Descriptor(folder);
        return GetDetails(number.Value, name, name.Length == 0 ? EmptyPath : DoNotFollow, out error);
    }

    [SupportedOSPlatform("linux")]
    public static int MakeFolder(SafeFileHandle folder, string name)
    {
        using var number = new Descriptor(folder);
        return ErrorOf(MakeDirectoryAt(number.Value, name, mode: 0x1FF));
    }

    [SupportedOSPlatform("linux")]
    public static int Rename(SafeFileHandle folder, string from, string to, bool replace)
    {
        using var number = new Descriptor(folder);
        if (replace)
        {
            return ErrorOf(RenameAt(number.Value, from, number.Value, to));
        }

        int error;
        try
        {
            error = ErrorOf(RenameAt2(number.Value, from, number.Value, to, DoNotReplace));
        }
        catch (EntryPointNotFoundException)
        {
            error = NotImplemented;
        }

        if (error is not (InvalidArgument or NotImplemented))
        {
            return error;
        }

        // A file system that cannot rename without replacing: a second name, which is refused where the name exists, and the first one gone.
        error = ErrorOf(LinkAt(number.Value, from, number.Value, to, flags: 0));
        return error == 0 ? ErrorOf(UnlinkAt(number.Value, from, flags: 0)) : error;
    }

    [SupportedOSPlatform("linux")]
    public static int Delete(SafeFileHandle folder, string name)
    {
        using var number = new Descriptor(folder);
        return ErrorOf(UnlinkAt(number.Value, name, flags: 0));
    }

    /// <summary>Writes at the end. The result is the number of bytes.</summary>
    [SupportedOSPlatform("linux")]
    public static int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, out int error)
    {
        using var number = new Descriptor(file);
        nint written;
        do
        {
            written = Write(number.Value, bytes, (nuint)bytes.Length);
            error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);
        return (int)written;
    }

    [SupportedOSPlatform("linux")]
    public static int SetMode(SafeFileHandle file, int mode)
    {
        using var number = new Descriptor(file);
        return ErrorOf(ChangeMode(number.Value, (uint)mode));
    }

    [SupportedOSPlatform("linux")]
    public static int SetOwner(SafeFileHandle file, uint owner, uint group)
    {
        using var number = new Descriptor(file);
        return ErrorOf(ChangeOwner(number.Value, owner, group));
    }

    /// <summary>fsync(2), of a file or a folder.</summary>
    [SupportedOSPlatform("linux")]
    public static int Flush(SafeFileHandle handle)
    {
        using var number = new Descriptor(handle);
        int error;
        do
        {
            error = ErrorOf(Synchronize(number.Value));
        }
        while (error == Interrupted);
        return error;
    }

    /// <summary>close(2). The handle is gone afterwards, also where there is an error.</summary>
    [SupportedOSPlatform("linux")]
    public static int Close(SafeFileHandle handle)
    {
        if (handle.IsClosed)
        {
            return 0;
        }

        var number = (int)handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        var error = ErrorOf(Close(number));
        return error == Interrupted ? 0 : error;
    }

    /// <summary>flock(2) without waiting. False: somebody else has the lock.</summary>
    [SupportedOSPlatform("linux")]
    public static bool TryLock(SafeFileHandle handle, out int error)
    {
        using var number = new Descriptor(handle);
        do
        {
            error = ErrorOf(Lock(number.Value, LockExclusivelyWithoutWaiting));
        }
        while (error == Interrupted);
        if (error != WouldBlock)
        {
            return error == 0;
        }

        error = 0;
        return false;
    }

    private static int ErrorOf(int result) => result < 0 ? Marshal.GetLastPInvokeError() : 0;

    private static SafeFileHandle? Open(string path, int flags, out int error, int mode = 0)
    {
        var number = OpenAt(CurrentDirectory, path, flags, (uint)mode);
        error = ErrorOf(number);
        return error == 0 ? new SafeFileHandle(number, ownsHandle: true) : null;
    }

    private static SafeFileHandle? OpenAt(SafeFileHandle folder, string name, int flags, int mode, out int error)
    {
        using var number = new Descriptor(folder);
        var opened = OpenAt(number.Value, name, flags, (uint)mode);
        error = ErrorOf(opened);
        return error == 0 ? new SafeFileHandle(opened, ownsHandle: true) : null;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenAt(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakeDirectoryAt(int directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkAt(int fromDirectory, string from, int toDirectory, string to, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int UnlinkAt(int directory, string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int file, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeMode(int file, uint mode);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(int file, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronize(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUserId();

    /// <summary>The number of an open handle, which stays open meanwhile.</summary>
    private readonly ref struct Descriptor
    {
        private readonly SafeFileHandle _handle;
        private readonly bool _added;

        public Descriptor(SafeFileHandle handle)
        {
            _handle = handle;
            handle.DangerousAddRef(ref _added);
            Value = (int)handle.DangerousGetHandle();
        }

        public int Value { get; }

        public void Dispose()
        {
            if (_added)
            {
                _handle.DangerousRelease();
            }
        }
    }
}
