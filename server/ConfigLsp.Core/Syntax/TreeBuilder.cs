using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// Collects nodes in document order. The chain of parents is the stack of open containers, so nesting costs no call depth and no
/// memory of its own.
/// </summary>
internal sealed class TreeBuilder
{
    /// <summary>More errors than a person would read; a text of garbage must not cost more memory than a sound one.</summary>
    public const int MaxErrors = 10_000;

    private readonly SourceText _text;
    private readonly List<Diagnostic> _errors = [];
    private readonly List<TextSpan> _comments = [];
    private readonly List<int> _trailingCommas = [];
    private NodeData[] _nodes;
    private int _count = 1;
    private bool _hasMoreErrors;

    public TreeBuilder(SourceText text)
    {
        _text = text;
        // Not zeroed: every entry is written before it is read, and for a large text zeroing costs as much as a quarter of the parsing.
        _nodes = GC.AllocateUninitializedArray<NodeData>(Math.Max(16, text.Length / 12));
        _nodes[0] = new NodeData { Kind = SyntaxKind.Document, End = text.Length };
    }

    /// <summary>Goes on within containers that are open already.</summary>
    /// <param name="text">The text.</param>
    /// <param name="open">The document and the nodes around the place, outermost first.</param>
    public TreeBuilder(SourceText text, ReadOnlySpan<NodeData> open)
    {
        _text = text;
        _nodes = new NodeData[open.Length + 64];
        open.CopyTo(_nodes);
        _count = open.Length;
        Current = open.Length - 1;
    }

    /// <summary>Number of nodes so far.</summary>
    public int Count => _count;

    public ReadOnlySpan<NodeData> Nodes => _nodes.AsSpan(0, _count);

    public IReadOnlyList<Diagnostic> Errors => _errors;

    public IReadOnlyList<TextSpan> Comments => _comments;

    public IReadOnlyList<int> TrailingCommas => _trailingCommas;

    /// <summary>Index of the innermost open container, property or document.</summary>
    public int Current { get; private set; }

    public SyntaxKind CurrentKind => _nodes[Current].Kind;

    public int CurrentStart => _nodes[Current].Start;

    public int CurrentExtent => _nodes[Current].Extent;

    /// <summary>Adds a value without children to the current node.</summary>
    public void AddLeaf(SyntaxKind kind, int start, int end, NodeFlags flags)
    {
        ref var node = ref Append(kind, start);
        node.End = end;
        node.Flags = flags;
        node.Next = _count;
    }

    /// <summary>Opens an object or array.</summary>
    public void Open(SyntaxKind kind, int start)
    {
        Append(kind, start);
        Current = _count - 1;
    }

    /// <summary>Opens a property; its value is added next.</summary>
    public void OpenProperty(int start, int nameEnd, NodeFlags flags)
    {
        ref var node = ref Append(SyntaxKind.Property, start);
        node.Extent = nameEnd - start;
        node.Flags = flags;
        Current = _count - 1;
    }

    /// <summary>Closes the current node at <paramref name="end"/>.</summary>
    public void Close(int end, NodeFlags flags = NodeFlags.None)
    {
        ref var node = ref _nodes[Current];
        node.End = end;
        node.Flags |= flags;
        node.Next = _count;
        Current = node.Parent;
    }

    public void AddComment(int start, int end) => _comments.Add(TextSpan.FromBounds(start, end));

    public void AddTrailingComma(int offset) => _trailingCommas.Add(offset);

    public void AddError(DiagnosticDescriptor descriptor, int start, int end, string message, RelatedInformation? related = null, DiagnosticData? data = null)
    {
        if (_errors.Count == MaxErrors)
        {
            _hasMoreErrors = true;
            return;
        }

        _errors.Add(new Diagnostic(descriptor, TextSpan.FromBounds(start, end), message) { Related = related is null ? [] : [related], Data = data });
    }

    public SyntaxTree Build()
    {
        _nodes[0].Next = _count;

        // The tree lives long, so it does not keep much slack; a little is cheaper than copying the nodes of a large text at every keystroke.
        if (_count < _nodes.Length / 2)
        {
            Array.Resize(ref _nodes, _count);
        }

        var ordered = true;
        for (var i = 1; i < _errors.Count && ordered; i++)
        {
            ordered = _errors[i - 1].Span.Start <= _errors[i].Span.Start;
        }

        ImmutableArray<Diagnostic> errors = ordered ? [.. _errors] : [.. _errors.OrderBy(static error => error.Span.Start)];
        return new SyntaxTree(_text, new NodeTable(_nodes, _count), errors, _hasMoreErrors, [.. _comments], [.. _trailingCommas]);
    }

    private ref NodeData Append(SyntaxKind kind, int start)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length + (_nodes.Length / 2) + 16);
        }

        ref var parent = ref _nodes[Current];
        if (parent.Kind != SyntaxKind.Property)
        {
            parent.Extent++;
        }

        ref var node = ref _nodes[_count++];
        node = new NodeData { Kind = kind, Start = start, Parent = Current };
        return ref node;
    }
}
