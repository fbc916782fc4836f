using System.Reflection;
using System.Runtime.InteropServices;

namespace ConfigLsp.Configuration.Storage.State;

/// <summary>
/// Loads SQLite, which is no managed code. Where the program is a single file, its own assembly carries the library as a resource, and since the
/// system loads libraries from files only, it is put into the state folder when the first database is opened. Elsewhere it lies beside the program.
/// </summary>
internal static class NativeSqlite
{
    private static readonly Lock Gate = new();
    private static nint _library;
    private static bool _isReady;

    private static string FileName => OperatingSystem.IsWindows() ? "e_sqlite3.dll" : OperatingSystem.IsMacOS() ? "libe_sqlite3.dylib" : "libe_sqlite3.so";

    /// <summary>Makes SQLite usable; at once from the second call on.</summary>
    /// <exception cref="IOException">The library cannot be written or loaded.</exception>
    /// <exception cref="UnauthorizedAccessException">The state folder cannot be written.</exception>
    public static void Load(StateFolder state)
    {
        lock (Gate)
        {
            if (_isReady)
            {
                return;
            }

            if (_library == 0 && Assembly.GetEntryAssembly() is { } program && program.GetManifestResourceStream("native/" + FileName) is { } resource)
            {
                using (resource)
                {
                    _library = Load(state, resource, program.ManifestModule.ModuleVersionId);
                }

                NativeLibrary.SetDllImportResolver(
                    typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) => name == "e_sqlite3" ? _library : 0);
            }

            SQLitePCL.Batteries_V2.Init();
            _isReady = true;
        }
    }

    private static nint Load(StateFolder state, Stream resource, Guid version)
    {
        var content = new byte[resource.Length];
        resource.ReadExactly(content);

        // The name tells the builds apart; what is there is loaded only if every byte is right.
        var folder = System.IO.Path.Join(state.Path, "native");
        var path = System.IO.Path.Join(folder, $"{version:N}-{FileName}");
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            if (!state.Prepare(folder).TryGet(out _, out var error))
            {
                throw new IOException(error.Message);
            }

            var temporary = System.IO.Path.Join(folder, System.IO.Path.GetRandomFileName());
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
            RemoveOthers(folder, path);
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new IOException("SQLite cannot be loaded from the state folder, perhaps because programs may not run from there.", e);
        }
    }

    // What other builds left here. One that is in use goes on, since the system keeps what is loaded; Windows refuses to remove it.
    private static void RemoveOthers(string folder, string path)
    {
        foreach (var other in Directory.GetFiles(folder, "*-" + FileName))
        {
            try
            {
                if (other != path)
                {
                    File.Delete(other);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}
