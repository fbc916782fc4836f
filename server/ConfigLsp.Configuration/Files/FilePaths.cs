namespace ConfigLsp.Configuration.Files;

/// <summary>Comparison of paths.</summary>
public static class FilePaths
{
    /// <summary>Whether an absolute path is the folder or below it. Links are not resolved: pass real paths where that matters.</summary>
    public static bool IsWithin(string folder, string path)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(folder);
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.StartsWith(trimmed, comparison)
            && (path.Length == trimmed.Length || path[trimmed.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(trimmed));
    }
}
