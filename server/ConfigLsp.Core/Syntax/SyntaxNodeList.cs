namespace ConfigLsp.Core.Syntax;

/// <summary>The children of a node, to be enumerated without allocation.</summary>
public readonly ref struct SyntaxNodeList
{
    private readonly SyntaxTree _tree;
    private readonly int _first;
    private readonly int _end;

    internal SyntaxNodeList(SyntaxTree tree, int first, int end)
    {
        _tree = tree;
        _first = first;
        _end = end;
    }

    public Enumerator GetEnumerator() => new(_tree, _first, _end);

    /// <summary>Copies the nodes, for callers that keep them.</summary>
    public SyntaxNode[] ToArray()
    {
        var nodes = new List<SyntaxNode>();
        foreach (var node in this)
        {
            nodes.Add(node);
        }

        return [.. nodes];
    }

    /// <summary>Walks from sibling to sibling.</summary>
    public ref struct Enumerator
    {
        private readonly SyntaxTree _tree;
        private readonly int _end;
        private int _next;

        internal Enumerator(SyntaxTree tree, int first, int end)
        {
            _tree = tree;
            _next = first;
            _end = end;
            Current = default;
        }

        public SyntaxNode Current { get; private set; }

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = new SyntaxNode(_tree, _next);
            _next = _tree.Nodes.Next(_next);
            return true;
        }
    }
}
