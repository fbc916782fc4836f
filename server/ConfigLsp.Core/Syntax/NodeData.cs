namespace ConfigLsp.Core.Syntax;

/// <summary>
/// One node in a <see cref="SyntaxTree"/>: 24 bytes in one array in document order, instead of an object each. A parent stands before its
/// children; <see cref="Next"/> skips a node together with its descendants.
/// </summary>
internal struct NodeData
{
    /// <summary>Offset of the first byte.</summary>
    public int Start;

    /// <summary>Offset behind the last byte.</summary>
    public int End;

    /// <summary>Index of the parent; the document is its own parent.</summary>
    public int Parent;

    /// <summary>Index of the first node that is not a descendant.</summary>
    public int Next;

    /// <summary>Of a container: number of children. Of a property: length of its name in bytes, quotes included.</summary>
    public int Extent;

    public SyntaxKind Kind;

    public NodeFlags Flags;
}
