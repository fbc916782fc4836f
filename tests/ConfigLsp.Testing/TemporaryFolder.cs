namespace ConfigLsp.Testing;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("configlsp-test-").FullName;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Writes a file, with the folders on the way, and returns its path.</summary>
    public string Write(string relativePath, string content)
    {
        var path = PathTo(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes a file of any bytes.</summary>
    public string Write(string relativePath, byte[] content)
    {
        var path = PathTo(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The absolute path of a file in the folder.</summary>
    public string PathTo(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
