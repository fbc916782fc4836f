using System.Buffers;
using System.Numerics;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// Finds nodes of one tree by a hash that the caller computes and compares behind. In borrowed memory, so that a table for each array or
/// object of a document allocates nothing.
/// </summary>
internal readonly ref struct NodeHashTable
{
    /// <summary>The hash above, the node's index below; 0 is free, since no node that is looked for is the document.</summary>
    private readonly ulong[] _slots;
    private readonly int _mask;

    /// <summary>Makes an empty table for at most <paramref name="capacity"/> nodes.</summary>
    public NodeHashTable(int capacity)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, capacity * 2));
        _mask = size - 1;
        _slots = ArrayPool<ulong>.Shared.Rent(size);
        Array.Clear(_slots, 0, size);
    }

    /// <summary>Where the search for a hash begins.</summary>
    public int Begin(int hash) => hash & _mask;

    /// <summary>The next node with the hash from <paramref name="slot"/> on, which is then its place; 0 if there is none, and then it is free.</summary>
    public int Next(int hash, ref int slot)
    {
        for (; _slots[slot] != 0; slot = After(slot))
        {
            if ((int)(_slots[slot] >> 32) == hash)
            {
                return (int)_slots[slot];
            }
        }

        return 0;
    }

    public int After(int slot) => (slot + 1) & _mask;

    /// <summary>Puts a node in a place that the search has given.</summary>
    public void Set(int slot, int hash, int index) => _slots[slot] = ((ulong)(uint)hash << 32) | (uint)index;

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_slots);
}
