using System.Buffers.Binary;

namespace ConfigLsp.Core.Syntax;

/// <summary>A fast hash of short texts, seeded for each process, so that nobody can prepare texts that collide.</summary>
internal static class Utf8Hash
{
    private static readonly ulong FirstSeed = Seed(1);
    private static readonly ulong SecondSeed = Seed(2);

    public static int Of(ReadOnlySpan<byte> text)
    {
        var hash = FirstSeed ^ (uint)text.Length;
        while (text.Length > 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(text) ^ hash, BinaryPrimitives.ReadUInt64LittleEndian(text[8..]) ^ SecondSeed);
            text = text[16..];
        }

        // Two words that may overlap hold what is left.
        var (first, second) = text.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^8..])),
            >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^4..])),
            > 0 => (text[0], ((ulong)text[text.Length >> 1] << 8) | text[^1]),
            _ => (0UL, 0UL),
        };
        hash = Mix(first ^ hash, second ^ SecondSeed);
        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    /// <summary><see cref="HashCode"/> is seeded for each process, and costs less at start than a generator of random numbers.</summary>
    private static ulong Seed(int number) => ((ulong)(uint)HashCode.Combine(number, 0) << 32) | (uint)HashCode.Combine(number, 1);
}
