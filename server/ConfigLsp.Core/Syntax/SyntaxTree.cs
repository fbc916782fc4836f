using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// The immutable, lossless tree of one text. Nodes hold spans; punctuation and trivia are the bytes between them, so a tree needs
/// 24 bytes per value or property beside the text.
/// </summary>
public sealed class SyntaxTree
{
    private readonly NodeTable _nodes;

    internal SyntaxTree(
        SourceText text,
        NodeTable nodes,
        ImmutableArray<Diagnostic> errors,
        bool hasMoreErrors,
        ImmutableArray<TextSpan> comments,
        ImmutableArray<int> trailingCommas)
    {
        Text = text;
        _nodes = nodes;
        Errors = errors;
        HasMoreErrors = hasMoreErrors;
        Comments = comments;
        TrailingCommas = trailingCommas;
    }

    /// <summary>The text that was parsed.</summary>
    public SourceText Text { get; }

    /// <summary>The whole text as a node.</summary>
    public SyntaxNode Document => new(this, 0);

    /// <summary>The top-level value, or the default node (<see cref="SyntaxKind.None"/>) of a text without one.</summary>
    public SyntaxNode Root => NodeCount > 1 ? new(this, 1) : default;

    /// <summary>Places where the text departs from the grammar, by offset. Comments and trailing commas are not among them.</summary>
    public ImmutableArray<Diagnostic> Errors { get; }

    /// <summary>Whether there are more errors than <see cref="Errors"/> holds.</summary>
    public bool HasMoreErrors { get; }

    /// <summary>The comments with their delimiters, by offset.</summary>
    public ImmutableArray<TextSpan> Comments { get; }

    /// <summary>Offsets of the commas that stand before a closing bracket or brace.</summary>
    public ImmutableArray<int> TrailingCommas { get; }

    /// <summary>Number of nodes, the document included.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>The nodes by index.</summary>
    internal ref readonly NodeTable Nodes => ref _nodes;

    /// <summary>The node with an index below <see cref="NodeCount"/>, in document order.</summary>
    public SyntaxNode NodeAt(int index) => new(this, index);

    /// <summary>
    /// The innermost node whose span touches the caret at <paramref name="offset"/>; where two siblings touch it, the later one. The document
    /// if no other does.
    /// </summary>
    public SyntaxNode FindNode(int offset)
    {
        // The last node that starts at or before the caret is the one, or a descendant of a neighbour of it.
        var found = _nodes.LastStartingAt(offset);
        while (found != 0 && _nodes.End(found) < offset)
        {
            found = _nodes.Parent(found);
        }

        return new SyntaxNode(this, found);
    }

    /// <summary>The text put together again from the nodes and what stands between them; equal to <see cref="Text"/> for every text.</summary>
    public string ToFullString()
    {
        var bytes = new List<byte>(Text.Length);
        var at = 0;
        for (var i = 1; i < NodeCount; i++)
        {
            var node = _nodes[i];
            bytes.AddRange(Text.Span[at..node.Start]);
            at = node.Start;
            var own = node.Kind switch
            {
                SyntaxKind.Object or SyntaxKind.Array => 1,
                SyntaxKind.Property => node.Extent,
                _ => node.End - node.Start,
            };
            bytes.AddRange(Text.Span.Slice(at, own));
            at += own;
        }

        bytes.AddRange(Text.Span[at..]);
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
