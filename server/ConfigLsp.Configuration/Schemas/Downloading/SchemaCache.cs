using System.Globalization;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Storage;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>
/// Copies of downloaded schemas on the disk, which outlive the process and serve while there is no network. Contents are kept under their hash, so
/// that what is damaged is noticed, and dropped; beside them stands, for each address, which content it gave and when. Several processes may share
/// the folder: every file is replaced in one step. That something cannot be written is no failure, since it can be downloaded again.
/// </summary>
/// <param name="files">The file system, for reading.</param>
/// <param name="folder">The absolute path of the folder, which is created, for the user alone, when it is first written to.</param>
public sealed class SchemaCache(IFileSystem files, string folder)
{
    private const int MaxEntryLength = 64 * 1024;

    private readonly string _contents = Path.Join(folder, "contents");
    private readonly string _entries = Path.Join(folder, "addresses");

    /// <summary>The most bytes that all copies take: 256 MiB unless a test wants less. Beyond it the oldest go.</summary>
    internal long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The most addresses.</summary>
    internal int MaxEntries { get; init; } = 2000;

    /// <summary>
    /// Finds the folder: <c>configlsp/schemas</c> in <c>$XDG_CACHE_HOME</c>, else in <c>~/.cache</c>, on macOS in <c>~/Library/Caches</c>; on Windows
    /// <c>%LOCALAPPDATA%\configlsp\cache\schemas</c>. Null where these variables are missing or are no absolute paths.
    /// </summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static string? FindFolder(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Under(environment("LOCALAPPDATA"), "configlsp", "cache");
        }

        return Under(environment("XDG_CACHE_HOME"), "configlsp") ?? (OperatingSystem.IsMacOS()
            ? Under(environment("HOME"), "Library", "Caches", "configlsp")
            : Under(environment("HOME"), ".cache", "configlsp"));
    }

    /// <summary>Opens the cache of this user; null where there is no place for it.</summary>
    public static SchemaCache? Find(IFileSystem files, Func<string, string?> environment) => FindFolder(environment) is { } folder ? new SchemaCache(files, folder) : null;

    /// <summary>The copy of what an address gave; null if there is none, or it is damaged.</summary>
    internal CachedSchema? Find(Uri address)
    {
        if (!IsOurs() || ReadEntry(EntryPath(address)) is not { } entry || entry.Address != address.AbsoluteUri)
        {
            return null;
        }

        var path = Path.Join(_contents, entry.Hash);
        if (files.ReadFile(path, FileLimits.Schema, CancellationToken.None).TryGet(out var content, out _))
        {
            if (ContentHash.Of(content.Span) == entry.Hash)
            {
                return new CachedSchema(entry, content);
            }

            Delete(path);
        }

        Delete(EntryPath(address));
        return null;
    }

    /// <summary>Keeps a copy of what an address gave; what was there is replaced.</summary>
    internal void Keep(CacheEntry entry, ReadOnlyMemory<byte> content)
    {
        try
        {
            Prepare();
            using var turn = FileLock.TryAcquire(Path.Join(folder, "lock"), out _);
            var path = Path.Join(_contents, entry.Hash);
            // A damaged file of that name would be kept for ever if its being there were enough.
            if (!files.ReadFile(path, FileLimits.Schema, CancellationToken.None).TryGet(out var there, out _) || !there.Span.SequenceEqual(content.Span))
            {
                Replace(path, content.Span);
            }

            Replace(EntryPath(new Uri(entry.Address)), entry.ToJson());
            if (turn is not null)
            {
                Evict();
            }
        }
        catch (Exception exception) when (FileFailures.IsExpected(exception))
        {
        }
    }

    /// <summary>Notes that a copy still holds.</summary>
    internal void Confirm(CacheEntry entry)
    {
        try
        {
            if (IsOurs())
            {
                Replace(EntryPath(new Uri(entry.Address)), entry.ToJson());
            }
        }
        catch (Exception exception) when (FileFailures.IsExpected(exception))
        {
        }
    }

    private static string? Under(string? parent, params string[] names) =>
        parent is not null && Path.IsPathFullyQualified(parent) ? Path.Join([parent, .. names, "schemas"]) : null;

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Random.Shared.GetHexString(8, lowercase: true)}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileFailures.IsExpected(exception))
        {
        }
    }

    /// <summary>A folder that others may write to could hold anybody's schemas.</summary>
    private bool IsOurs()
    {
        try
        {
            return OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
        }
        catch (Exception exception) when (FileFailures.IsExpected(exception))
        {
            return false;
        }
    }

    private void Prepare()
    {
        if (!Directory.Exists(folder))
        {
            CreatePrivate(Path.GetDirectoryName(folder)!);
            CreatePrivate(folder);
        }

        if (!IsOurs())
        {
            throw new UnauthorizedAccessException();
        }

        CreatePrivate(_contents);
        CreatePrivate(_entries);
    }

    private string EntryPath(Uri address) => Path.Join(_entries, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(address.AbsoluteUri)) + ".json");

    private CacheEntry? ReadEntry(string path) =>
        files.ReadFile(path, MaxEntryLength, CancellationToken.None).TryGet(out var json, out _) ? CacheEntry.Parse(json) : null;

    /// <summary>Drops the oldest entries until a fifth of the room is free, so that this is not done at every download, and what nobody refers to.</summary>
    private void Evict()
    {
        var contents = new DirectoryInfo(_contents).GetFiles();
        var entries = new DirectoryInfo(_entries).GetFiles("*.json");
        if (contents.Sum(static f => f.Length) <= MaxBytes && entries.Length <= MaxEntries)
        {
            return;
        }

        var sizes = contents.ToDictionary(static f => f.Name, static f => f.Length, StringComparer.Ordinal);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var (count, bytes) = (0, 0L);
        foreach (var file in entries.OrderByDescending(static f => f.LastWriteTimeUtc))
        {
            if (ReadEntry(file.FullName) is { } entry && sizes.TryGetValue(entry.Hash, out var size))
            {
                var added = kept.Contains(entry.Hash) ? 0 : size;
                // What was kept last is kept whatever its size.
                if (count == 0 || (count < MaxEntries * 4L / 5 && bytes + added <= MaxBytes * 4 / 5))
                {
                    kept.Add(entry.Hash);
                    count++;
                    bytes += added;
                    continue;
                }
            }

            Delete(file.FullName);
        }

        // What a process left behind that ended while it wrote goes too.
        var remains = new DirectoryInfo(_entries).GetFiles("*.tmp");
        foreach (var file in contents.Where(f => !kept.Contains(f.Name)).Concat(remains))
        {
            Delete(file.FullName);
        }
    }
}
