namespace ConfigLsp.Configuration.Workspace;

/// <summary>What placeholders in the paths of <c>configlsp.json</c> stand for.</summary>
/// <param name="HomeFolder">The person's home folder, for a leading <c>~</c>; null if there is none.</param>
/// <param name="EnvironmentVariable">The value of an environment variable, for <c>${env:NAME}</c>; null if it is not set.</param>
public sealed record PathPlaceholders(string? HomeFolder, Func<string, string?> EnvironmentVariable)
{
    /// <summary>Those of this process.</summary>
    public static PathPlaceholders FromProcess()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new PathPlaceholders(home.Length == 0 ? null : home, Environment.GetEnvironmentVariable);
    }
}
