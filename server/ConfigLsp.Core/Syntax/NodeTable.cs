using System.Runtime.CompilerServices;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// The nodes of one tree by index. A tree that was made by an edit shares the array of the tree before it and lays a patch over it: what lies behind
/// the patch has moved, in the numbering and in the text, and is moved when it is read. So a keystroke costs what it touches, not what the text holds.
/// </summary>
internal readonly struct NodeTable
{
    private readonly NodeData[] _nodes;
    private readonly NodePatch? _patch;

    /// <summary>Index of the first node that the patch has replaced or moved.</summary>
    private readonly int _patched = int.MaxValue;

    /// <summary>Offset in the text of <see cref="_nodes"/> from which on ends before the patch have moved: those of the nodes around it.</summary>
    private readonly int _movedEnds = int.MaxValue;

    /// <param name="nodes">The nodes; those behind <paramref name="count"/> are room.</param>
    /// <param name="count">How many there are.</param>
    public NodeTable(NodeData[] nodes, int count)
    {
        _nodes = nodes;
        Count = count;
    }

    private NodeTable(NodeData[] nodes, NodePatch patch, int count)
    {
        _nodes = nodes;
        _patch = patch;
        _patched = patch.First;
        _movedEnds = patch.MovedFrom;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The node with all that has moved in it.</summary>
    public NodeData this[int index] => new()
    {
        Start = Start(index),
        End = End(index),
        Parent = Parent(index),
        Next = Next(index),
        Extent = Extent(index),
        Kind = Kind(index),
        Flags = Flags(index),
    };

    /// <summary>The node where it is stored, unless something in it has moved: then it is put together in <paramref name="moved"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly NodeData Get(int index, ref NodeData moved)
    {
        if (index < _patched)
        {
            ref readonly var node = ref _nodes[index];
            if (node.End < _movedEnds)
            {
                return ref node;
            }
        }

        return ref Move(index, ref moved);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SyntaxKind Kind(int index) => Raw(index).Kind;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NodeFlags Flags(int index) => Raw(index).Flags;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(int index) => index < _patched ? _nodes[index].Start : StartBehind(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int End(int index)
    {
        if (index >= _patched)
        {
            return EndBehind(index);
        }

        var end = _nodes[index].End;
        return end < _movedEnds ? end : end + _patch!.OffsetDelta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Parent(int index) => index < _patched ? _nodes[index].Parent : ParentBehind(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int index)
    {
        if (index >= _patched)
        {
            return NextBehind(index);
        }

        ref readonly var node = ref _nodes[index];
        return node.End < _movedEnds ? node.Next : node.Next + _patch!.IndexDelta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Extent(int index) => _patch is null ? _nodes[index].Extent : Raw(index).Extent + (index == _patch.Container ? _patch.CountDelta : 0);

    /// <summary>Index of the last node that starts at or before an offset; nodes are in the order of their starts.</summary>
    public int LastStartingAt(int offset)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Start(middle) <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The same nodes in an array of their own.</summary>
    public NodeTable Flatten() => new(Copy(0, Count), Count);

    /// <summary>The nodes from one index up to another, as they are numbered here.</summary>
    public NodeData[] Copy(int first, int end)
    {
        var nodes = GC.AllocateUninitializedArray<NodeData>(end - first);
        for (var i = first; i < end; i++)
        {
            nodes[i - first] = this[i];
        }

        return nodes;
    }

    /// <summary>These nodes with a range of them replaced.</summary>
    /// <param name="edit">What is replaced, in the numbering and the offsets of this table.</param>
    public NodeTable With(NodeEdit edit)
    {
        var next = _patch is not { } patch ? Lay(edit)
            : edit.Container == patch.Container && Math.Max(edit.End, patch.End) - Math.Min(edit.First, patch.First) <= NodePatch.MaxNodes ? Widen(patch, edit)
            : edit.Container >= patch.First && edit.Container < patch.End ? Change(patch, edit)
            : edit.First <= patch.Container && patch.End <= edit.End ? Replace(patch, edit)
            : Flatten().Lay(edit);
        return next._patch!.Nodes.Length > NodePatch.MaxNodes ? next.Flatten() : next;
    }

    /// <summary>The first patch.</summary>
    private NodeTable Lay(NodeEdit edit) => new(
        _nodes,
        new NodePatch
        {
            First = edit.First,
            Nodes = edit.Nodes,
            IndexDelta = edit.IndexDelta,
            OffsetDelta = edit.OffsetDelta,
            MovedFrom = edit.OldEnd,
            Container = edit.Container,
            CountDelta = edit.CountDelta,
        },
        Count + edit.IndexDelta);

    /// <summary>The edit is in the same container as the patch: both, and what is between them.</summary>
    private NodeTable Widen(NodePatch patch, NodeEdit edit)
    {
        var first = Math.Min(patch.First, edit.First);
        var end = Math.Max(patch.End, edit.End);
        var nodes = new NodeData[end - first + edit.IndexDelta];
        for (var i = first; i < edit.First; i++)
        {
            // These stand before the edit and none of them is around it.
            nodes[i - first] = this[i];
        }

        edit.Nodes.CopyTo(nodes.AsSpan(edit.First - first));
        for (var i = edit.End; i < end; i++)
        {
            nodes[i - first + edit.IndexDelta] = edit.Move(this[i]);
        }

        return new NodeTable(
            _nodes,
            patch with
            {
                First = first,
                Nodes = nodes,
                IndexDelta = patch.IndexDelta + edit.IndexDelta,
                OffsetDelta = patch.OffsetDelta + edit.OffsetDelta,
                MovedFrom = Math.Max(patch.MovedFrom, edit.OldEnd - patch.OffsetDelta),
                CountDelta = patch.CountDelta + edit.CountDelta,
            },
            Count + edit.IndexDelta);
    }

    /// <summary>The edit is within a container that the patch holds.</summary>
    private NodeTable Change(NodePatch patch, NodeEdit edit)
    {
        var nodes = new NodeData[patch.Nodes.Length + edit.IndexDelta];
        for (var i = patch.First; i < edit.First; i++)
        {
            ref var node = ref nodes[i - patch.First];
            node = edit.Around(patch.Nodes[i - patch.First]);
            if (i == edit.Container)
            {
                node.Extent += edit.CountDelta;
            }
        }

        edit.Nodes.CopyTo(nodes.AsSpan(edit.First - patch.First));
        for (var i = edit.End; i < patch.End; i++)
        {
            nodes[i - patch.First + edit.IndexDelta] = edit.Move(patch.Nodes[i - patch.First]);
        }

        return new NodeTable(
            _nodes,
            patch with { Nodes = nodes, IndexDelta = patch.IndexDelta + edit.IndexDelta, OffsetDelta = patch.OffsetDelta + edit.OffsetDelta },
            Count + edit.IndexDelta);
    }

    /// <summary>The edit is around the patch.</summary>
    private NodeTable Replace(NodePatch patch, NodeEdit edit) => new(
        _nodes,
        new NodePatch
        {
            First = edit.First,
            Nodes = edit.Nodes,
            IndexDelta = patch.IndexDelta + edit.IndexDelta,
            OffsetDelta = patch.OffsetDelta + edit.OffsetDelta,
            MovedFrom = edit.OldEnd - patch.OffsetDelta,
            Container = edit.Container,
            CountDelta = edit.CountDelta,
        },
        Count + edit.IndexDelta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly NodeData Raw(int index) => ref index < _patched ? ref _nodes[index] : ref RawBehind(index);

    private ref readonly NodeData Move(int index, ref NodeData moved)
    {
        moved = this[index];
        return ref moved;
    }

    private ref readonly NodeData RawBehind(int index) =>
        ref index < _patch!.End ? ref _patch.Nodes[index - _patched] : ref _nodes[index - _patch.IndexDelta];

    private int StartBehind(int index) => RawBehind(index).Start + (index < _patch!.End ? 0 : _patch.OffsetDelta);

    private int EndBehind(int index) => RawBehind(index).End + (index < _patch!.End ? 0 : _patch.OffsetDelta);

    private int NextBehind(int index) => RawBehind(index).Next + (index < _patch!.End ? 0 : _patch.IndexDelta);

    private int ParentBehind(int index)
    {
        var parent = RawBehind(index).Parent;
        return index < _patch!.End || parent < _patched ? parent : parent + _patch.IndexDelta;
    }
}
