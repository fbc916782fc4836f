namespace ConfigLsp.Core.Syntax;

/// <summary>A range of the children of a container with all that is in them, and what comes in their place.</summary>
internal readonly record struct NodeEdit
{
    /// <summary>Index of the object or array whose children are replaced.</summary>
    public required int Container { get; init; }

    /// <summary>Index of the first replaced node, or of where nodes are inserted.</summary>
    public required int First { get; init; }

    /// <summary>Index behind the last replaced node, as they were numbered.</summary>
    public required int End { get; init; }

    /// <summary>The new nodes, numbered as they are in the new tree.</summary>
    public required NodeData[] Nodes { get; init; }

    /// <summary>Offset in the old text from which on everything has only moved.</summary>
    public required int OldEnd { get; init; }

    /// <summary>How many bytes more there are now.</summary>
    public required int OffsetDelta { get; init; }

    /// <summary>How many children more the container has now.</summary>
    public required int CountDelta { get; init; }

    /// <summary>How many nodes more there are now.</summary>
    public int IndexDelta => Nodes.Length - (End - First);

    /// <summary>A node behind the replaced ones.</summary>
    public NodeData Move(NodeData node)
    {
        node.Start += OffsetDelta;
        node.End += OffsetDelta;
        node.Next += IndexDelta;
        if (node.Parent >= End)
        {
            node.Parent += IndexDelta;
        }

        return node;
    }

    /// <summary>A node before the replaced ones, perhaps around them.</summary>
    public NodeData Around(NodeData node)
    {
        if (node.End >= OldEnd)
        {
            node.End += OffsetDelta;
            node.Next += IndexDelta;
        }

        return node;
    }
}
