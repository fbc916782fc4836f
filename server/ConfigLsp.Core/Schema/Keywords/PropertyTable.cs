using System.Buffers.Binary;
using System.Collections.Immutable;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>One key in a <see cref="PropertyTable"/>.</summary>
/// <param name="Utf8">The key in UTF-8.</param>
/// <param name="Name">The key.</param>
/// <param name="Schema">The schema of its value, or null if the key is only required.</param>
/// <param name="RequiredBit">Number among the required keys, or -1.</param>
internal sealed record PropertyEntry(byte[] Utf8, string Name, SchemaNode? Schema, int RequiredBit);

/// <summary>Finds keys by their UTF-8 bytes, without decoding them.</summary>
internal sealed class PropertyTable
{
    private readonly int[] _slots;
    private readonly int[] _next;
    private readonly int[] _hashes;

    public PropertyTable(ImmutableArray<PropertyEntry> entries)
    {
        Entries = entries;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, entries.Length * 2));
        _slots = new int[size];
        Array.Fill(_slots, -1);
        _next = new int[entries.Length];
        _hashes = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            _hashes[i] = Hash(entries[i].Utf8);
            ref var slot = ref _slots[_hashes[i] & (size - 1)];
            _next[i] = slot;
            slot = i;
        }
    }

    /// <summary>The keys in the order of the schema's text.</summary>
    public ImmutableArray<PropertyEntry> Entries { get; }

    public PropertyEntry? Find(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        for (var i = _slots[hash & (_slots.Length - 1)]; i >= 0; i = _next[i])
        {
            if (_hashes[i] == hash && name.SequenceEqual(Entries[i].Utf8))
            {
                return Entries[i];
            }
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        // Up to 16 bytes two overlapping words hold the whole key. HashCode is seeded per process, so that collisions cannot be prepared.
        if (name.Length is >= 8 and <= 16)
        {
            return HashCode.Combine(BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]), name.Length);
        }

        if (name.Length < 8)
        {
            ulong word = (uint)name.Length;
            foreach (var b in name)
            {
                word = (word << 8) | b;
            }

            return HashCode.Combine(word);
        }

        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
