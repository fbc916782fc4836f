using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ConfigLsp.Configuration.Http;

/// <summary>
/// Tells addresses of the public internet from those that lead to this machine, its network or its hosting service (IANA's special-purpose address
/// registries, RFC 6890).
/// </summary>
internal static class PublicAddress
{
    /// <summary>Answers for metadata on Azure, though the address itself is a public one.</summary>
    private const uint AzurePlatform = 0xA83F8110;

    /// <summary>Blocks of IPv4 that are not public: first address and length of the prefix.</summary>
    private static readonly (uint Start, int Length)[] Special =
    [
        (0x00000000, 8), // this network
        (0x0A000000, 8), // private
        (0x64400000, 10), // shared by carriers; metadata of Alibaba Cloud
        (0x7F000000, 8), // loopback
        (0xA9FE0000, 16), // link-local; metadata of most clouds
        (0xAC100000, 12), // private
        (0xC0000000, 24), // protocol assignments; metadata of Oracle Cloud
        (0xC0000200, 24), // documentation
        (0xC0586300, 24), // relays of 6to4
        (0xC0A80000, 16), // private
        (0xC6120000, 15), // benchmarks
        (0xC6336400, 24), // documentation
        (0xCB007100, 24), // documentation
        (0xE0000000, 4), // multicast
        (0xF0000000, 4), // reserved, broadcast
        (AzurePlatform, 32),
    ];

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            Span<byte> four = stackalloc byte[4];
            return address.TryWriteBytes(four, out _) && IsPublic(BinaryPrimitives.ReadUInt32BigEndian(four));
        }

        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || !address.TryWriteBytes(bytes, out _))
        {
            return false;
        }

        // An IPv4 address in the clothes of IPv6: mapped, by the well-known prefix of NAT64, or 6to4.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            || bytes.StartsWith((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]))
        {
            return IsPublic(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]));
        }

        if (bytes is [0x20, 0x02, ..])
        {
            return IsPublic(BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));
        }

        // Of the global unicast addresses, all but protocol assignments (Teredo among them) and those for documentation.
        return (bytes[0] & 0xE0) == 0x20
            && !(bytes is [0x20, 0x01, < 2, ..] or [0x20, 0x01, 0x0D, 0xB8, ..] or [0x3F, 0xFF, < 0x10, ..]);
    }

    private static bool IsPublic(uint address) =>
        !Array.Exists(Special, block => (address ^ block.Start) >> (32 - block.Length) == 0);
}
