using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// One number for each node of a tree, 0 at first. The table of the tree after an edit shares what the edit has not moved with the one before, so that
/// making it costs what changed.
/// </summary>
internal sealed class NodeVerdicts
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly int[]?[] _chunks;

    /// <summary>The chunks that no other table has, which may be written to.</summary>
    private readonly bool[] _isOwn;

    public NodeVerdicts(int count)
    {
        Count = count;
        _chunks = new int[]?[(count + ChunkSize - 1) >> ChunkBits];
        _isOwn = new bool[_chunks.Length];
    }

    /// <summary>Number of nodes.</summary>
    public int Count { get; }

    public int this[int node]
    {
        get => _chunks[node >> ChunkBits] is { } chunk ? chunk[node & (ChunkSize - 1)] : 0;
        set => Own(node >> ChunkBits)[node & (ChunkSize - 1)] = value;
    }

    /// <summary>A table for the same tree, to be changed on its own.</summary>
    public NodeVerdicts Share()
    {
        var shared = new NodeVerdicts(Count);
        Array.Copy(_chunks, shared._chunks, _chunks.Length);
        return shared;
    }

    /// <summary>The table for the tree after a step; new nodes have 0.</summary>
    public NodeVerdicts Carry(TreeStep step)
    {
        if (step.NewEnd == step.OldEnd)
        {
            var shared = Share();
            shared.Clear(step.First, step.NewEnd);
            return shared;
        }

        var moved = new NodeVerdicts(Count + step.NewEnd - step.OldEnd);
        var whole = step.First >> ChunkBits;
        Array.Copy(_chunks, moved._chunks, whole);
        CopyTo(moved, whole << ChunkBits, step.First, whole << ChunkBits);
        CopyTo(moved, step.OldEnd, Count, step.NewEnd);
        return moved;
    }

    private void Clear(int from, int to)
    {
        for (var node = from; node < to;)
        {
            var end = Math.Min(to, (node | (ChunkSize - 1)) + 1);
            if (_chunks[node >> ChunkBits] is not null)
            {
                Own(node >> ChunkBits).AsSpan(node & (ChunkSize - 1), end - node).Clear();
            }

            node = end;
        }
    }

    private void CopyTo(NodeVerdicts target, int from, int to, int at)
    {
        while (from < to)
        {
            var length = Math.Min(to - from, ChunkSize - Math.Max(from & (ChunkSize - 1), at & (ChunkSize - 1)));
            if (_chunks[from >> ChunkBits] is { } chunk)
            {
                chunk.AsSpan(from & (ChunkSize - 1), length).CopyTo(target.Own(at >> ChunkBits).AsSpan(at & (ChunkSize - 1)));
            }

            from += length;
            at += length;
        }
    }

    private int[] Own(int index)
    {
        if (_isOwn[index])
        {
            return _chunks[index]!;
        }

        _isOwn[index] = true;
        return _chunks[index] = _chunks[index] is { } known ? [.. known] : new int[ChunkSize];
    }
}
