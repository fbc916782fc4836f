using System.Security.Cryptography;
using ConfigLsp.Configuration.Storage;

namespace ConfigLsp.Configuration.Tests.Storage;

public sealed class ContentHashTests
{
    [Fact]
    public void The_hash_is_SHA_256_for_every_length()
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var content = new byte[length];
            random.NextBytes(content);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), ContentHash.Of(content));
        }

        var large = new byte[300_003];
        random.NextBytes(large);
        Assert.Equal(SHA256.HashData(large), Sha256.HashData(large));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(large)), ContentHash.Of(large));
    }
}
