using ConfigLsp.Configuration.Documents;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Says how files are called in results.</summary>
internal sealed class FileLocator(string workingDirectory)
{
    /// <summary>The location of an absolute path.</summary>
    public FileLocation Locate(string fullPath)
    {
        var relative = Path.GetRelativePath(workingDirectory, fullPath);
        var isRelative = relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        return new FileLocation(Slashes(isRelative ? relative : fullPath), DocumentUri.FromFilePath(fullPath).Text, isRelative);
    }

    /// <summary>What to call a document: the path of a file as in results, else its URI.</summary>
    public string Name(string uri) => DocumentUri.TryParse(uri, out var parsed) && parsed.TryGetFilePath(out var path) ? Locate(path).DisplayPath : uri;

    private static string Slashes(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
}
