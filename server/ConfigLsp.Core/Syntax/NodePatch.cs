namespace ConfigLsp.Core.Syntax;

/// <summary>What a <see cref="NodeTable"/> has in place of a range of the nodes below it.</summary>
internal sealed record NodePatch
{
    /// <summary>More than this is written into an array of its own, so that patches stay quick to change.</summary>
    public const int MaxNodes = 1 << 15;

    /// <summary>Index of the first node of the patch, in both numberings.</summary>
    public required int First { get; init; }

    /// <summary>The nodes, all offsets and indices as they are now.</summary>
    public required NodeData[] Nodes { get; init; }

    /// <summary>Index behind the last node of the patch, as nodes are numbered now.</summary>
    public int End => First + Nodes.Length;

    /// <summary>How many nodes more there are now.</summary>
    public required int IndexDelta { get; init; }

    /// <summary>How many bytes more there are now.</summary>
    public required int OffsetDelta { get; init; }

    /// <summary>Offset in the text below from which on everything has moved.</summary>
    public required int MovedFrom { get; init; }

    /// <summary>Index of the object or array whose children the patch changes; it stands before the patch.</summary>
    public required int Container { get; init; }

    /// <summary>How many children more the container has now.</summary>
    public required int CountDelta { get; init; }
}
