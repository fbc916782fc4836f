using System.Collections.Immutable;
using System.Numerics;
using ConfigLsp.Core.Syntax;

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
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, entries.Length * 2));
        _slots = new int[size];
        Array.Fill(_slots, -1);
        _next = new int[entries.Length];
        _hashes = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            _hashes[i] = Utf8Hash.Of(entries[i].Utf8);
            ref var slot = ref _slots[_hashes[i] & (size - 1)];
            _next[i] = slot;
            slot = i;
        }
    }

    /// <summary>The keys in the order of the schema's text.</summary>
    public ImmutableArray<PropertyEntry> Entries { get; }

    public PropertyEntry? Find(ReadOnlySpan<byte> name)
    {
        var hash = Utf8Hash.Of(name);
        for (var i = _slots[hash & (_slots.Length - 1)]; i >= 0; i = _next[i])
        {
            if (_hashes[i] == hash && name.SequenceEqual(Entries[i].Utf8))
            {
                return Entries[i];
            }
        }

        return null;
    }
}
