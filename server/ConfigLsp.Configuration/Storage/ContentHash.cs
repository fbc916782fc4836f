namespace ConfigLsp.Configuration.Storage;

/// <summary>How contents are told apart.</summary>
public static class ContentHash
{
    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(Sha256.HashData(content));
}
