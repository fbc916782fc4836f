using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Core.Syntax.Json;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>
/// The folders that a person has said to trust, kept in a file for later runs. A folder is trusted with all that is in it. Folders are known by
/// their real paths, so that a link into a trusted folder is worth what it leads to. What cannot be read of the file trusts nothing. Safe for use
/// by several threads; of several processes that write at once the last one wins.
/// </summary>
/// <param name="files">The file system.</param>
/// <param name="folder">The absolute path of the folder for the file, which is created where it is needed.</param>
public sealed class TrustStore(IFileSystem files, string folder)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "trusted-folders.json";

    /// <summary>The most folders that are kept; the oldest ones go first.</summary>
    public const int MaxFolders = 1000;

    private const int MaxFileLength = 1024 * 1024;
    private const int MaxPathLength = 4096;

    private readonly Lock _gate = new();
    private readonly string _path = Path.Join(folder, FileName);

    /// <summary>The trusted folders, oldest first. Read anew each time, since other processes add to them.</summary>
    public ImmutableArray<string> Folders => Read();

    /// <summary>Whether a folder, or one around it, is trusted. A folder that does not exist is not.</summary>
    public bool IsTrusted(string workspace) =>
        files.ResolveRealPath(workspace).TryGet(out var real, out _) && Read().Any(trusted => FilePaths.IsWithin(trusted, real));

    /// <summary>Trusts a folder from now on.</summary>
    /// <returns>Why that could not be kept; null if it is.</returns>
    public FileFailure? Trust(string workspace)
    {
        if (!files.ResolveRealPath(workspace).TryGet(out var real, out var failure))
        {
            return failure;
        }

        lock (_gate)
        {
            var known = Read();
            return known.Contains(real) ? null : Write([.. known.TakeLast(MaxFolders - 1), real]);
        }
    }

    /// <summary>
    /// No longer trusts a folder. One around it that is trusted goes on to lend it trust; see <see cref="IsTrusted"/> and <see cref="Folders"/>.
    /// </summary>
    /// <returns>Why that could not be kept; null if it is.</returns>
    public FileFailure? Remove(string workspace)
    {
        // The folder may be gone by now, so that its path must do.
        var real = FolderLinks.RealPath(files, workspace);
        lock (_gate)
        {
            var known = Read();
            var kept = known.RemoveAll(f => f == real || f == workspace);
            return kept.Length == known.Length ? null : Write(kept);
        }
    }

    private ImmutableArray<string> Read()
    {
        if (!files.ReadText(_path, MaxFileLength, CancellationToken.None).TryGet(out var text, out _))
        {
            return [];
        }

        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (var node in JsonParser.Parse(text).Root.Property("folders"u8).Elements(MaxFolders))
        {
            if (node.Text() is { Length: <= MaxPathLength } path && Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal)
                && !path.Split('/', '\\').Contains(".."))
            {
                folders.Add(path);
            }
        }

        return folders.ToImmutable();
    }

    private FileFailure? Write(ImmutableArray<string> folders)
    {
        var text = new StringBuilder("{\n  \"folders\": [");
        var separator = "\n    ";
        foreach (var trusted in folders)
        {
            JsonText.AppendString(text.Append(separator), trusted);
            separator = ",\n    ";
        }

        var temporary = $"{_path}.{Environment.ProcessId}.tmp";
        try
        {
            CreateFolder();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                // Only the person may say what the person trusts.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(temporary);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text.Append("\n  ]\n}\n").ToString()));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
            return null;
        }
        catch (Exception e) when (FileFailures.IsExpected(e))
        {
            return FileFailures.From(_path, e);
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
