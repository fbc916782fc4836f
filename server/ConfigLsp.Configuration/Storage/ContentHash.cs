using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ConfigLsp.Configuration.Storage;

/// <summary>How contents are told apart.</summary>
public static class ContentHash
{
    // From here on the speed of OpenSSL outweighs the time to load it.
    private const int Large = 256 * 1024;

    // Without OpenSSL the framework's hash would end the process.
    private static readonly Lazy<bool> HasPlatformHash = new(static () =>
        !OperatingSystem.IsLinux() || NativeLibrary.TryLoad("libssl.so.3", out _) || NativeLibrary.TryLoad("libssl.so.1.1", out _));

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(content.Length >= Large && HasPlatformHash.Value ? SHA256.HashData(content) : Sha256.HashData(content));
}
