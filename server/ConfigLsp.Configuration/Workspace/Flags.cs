namespace ConfigLsp.Configuration.Workspace;

/// <summary>Truth values as people write them in environment variables.</summary>
internal static class Flags
{
    /// <summary><c>true</c>, <c>1</c>, <c>yes</c>, <c>on</c> and their opposites, in any case; null for any other text.</summary>
    public static bool? Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => true,
        "FALSE" or "0" or "NO" or "OFF" => false,
        _ => null,
    };
}
