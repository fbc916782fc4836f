using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// A value, a property or the document in a <see cref="SyntaxTree"/>. A handle of two words; compare and pass it by value. The default is
/// "no node": its kind is <see cref="SyntaxKind.None"/> and no other member may be used.
/// </summary>
public readonly struct SyntaxNode : IEquatable<SyntaxNode>
{
    private readonly SyntaxTree? _tree;

    internal SyntaxNode(SyntaxTree tree, int index)
    {
        _tree = tree;
        Index = index;
    }

    /// <summary>Position of the node in document order; the document is 0. A key for tables that belong to one tree.</summary>
    public int Index { get; }

    /// <summary>The tree.</summary>
    public SyntaxTree Tree => _tree!;

    /// <summary>What the node is.</summary>
    public SyntaxKind Kind => _tree is null ? SyntaxKind.None : _tree.Nodes.Kind(Index);

    /// <summary>Whether this is no node at all.</summary>
    public bool IsNone => _tree is null;

    /// <summary>Whether the node is a value of JSON, not a gap or garbage.</summary>
    public bool IsValue => Kind is SyntaxKind.Object or SyntaxKind.Array or (>= SyntaxKind.String and <= SyntaxKind.Null);

    /// <summary>The bytes from the node's first token to its last.</summary>
    public TextSpan Span
    {
        get
        {
            Unsafe.SkipInit(out NodeData moved);
            ref readonly var data = ref Nodes.Get(Index, ref moved);
            return TextSpan.FromBounds(data.Start, data.End);
        }
    }

    /// <summary>The text of the node as it stands in the source: of a number its lexeme, of a string its quotes and escapes too.</summary>
    public ReadOnlySpan<byte> RawText
    {
        get
        {
            Unsafe.SkipInit(out NodeData moved);
            ref readonly var data = ref Nodes.Get(Index, ref moved);
            return Tree.Text.Span[data.Start..data.End];
        }
    }

    /// <summary>The node around this one; no node for the document.</summary>
    public SyntaxNode Parent => Index == 0 ? default : new(Tree, Nodes.Parent(Index));

    /// <summary>Number of properties, elements or top-level values; 1 for a property; else 0.</summary>
    public int ChildCount => Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array or SyntaxKind.Document => Nodes.Extent(Index),
        SyntaxKind.Property => 1,
        _ => 0,
    };

    /// <summary>The properties of an object, the elements of an array, the value of a property, the top-level values of the document.</summary>
    public SyntaxNodeList Children => new(Tree, Index + 1, Nodes.Next(Index));

    /// <summary>Index behind the node's last descendant; descendants are the indices between <see cref="Index"/> and this.</summary>
    public int EndIndex => Nodes.Next(Index);

    /// <summary>Whether the closing quote, bracket or brace is missing.</summary>
    public bool IsUnterminated => (Nodes.Flags(Index) & NodeFlags.Unterminated) != 0;

    /// <summary>Whether the string, or the name of the property, holds a backslash, so that its raw content differs from its value.</summary>
    public bool HasEscapes => (Nodes.Flags(Index) & NodeFlags.HasEscapes) != 0;

    /// <summary>Of a property: its value, perhaps <see cref="SyntaxKind.Missing"/>.</summary>
    public SyntaxNode Value => new(Tree, Index + 1);

    /// <summary>Of a property: its name with the quotes; empty where the name is missing.</summary>
    public TextSpan NameSpan
    {
        get
        {
            Unsafe.SkipInit(out NodeData moved);
            ref readonly var data = ref Nodes.Get(Index, ref moved);
            return new TextSpan(data.Start, data.Extent);
        }
    }

    /// <summary>Of a string: what stands between its quotes, escapes unresolved. Of a property: the same of its name.</summary>
    public TextSpan ContentSpan
    {
        get
        {
            Unsafe.SkipInit(out NodeData moved);
            ref readonly var data = ref Nodes.Get(Index, ref moved);
            var end = data.Kind == SyntaxKind.Property ? data.Start + data.Extent : data.End;
            if ((data.Flags & NodeFlags.Unquoted) != 0 || data.Start == end)
            {
                return TextSpan.FromBounds(data.Start, end);
            }

            var closing = (data.Flags & NodeFlags.Unterminated) != 0 ? 0 : 1;
            return TextSpan.FromBounds(data.Start + 1, end - closing);
        }
    }

    /// <summary>The bytes of <see cref="ContentSpan"/>.</summary>
    public ReadOnlySpan<byte> RawContent
    {
        get
        {
            var span = ContentSpan;
            return Tree.Text.Span.Slice(span.Start, span.Length);
        }
    }

    private ref readonly NodeTable Nodes => ref _tree!.Nodes;

    public static bool operator ==(SyntaxNode left, SyntaxNode right) => left.Equals(right);

    public static bool operator !=(SyntaxNode left, SyntaxNode right) => !left.Equals(right);

    /// <summary>The value of a string, or of a property's name, with escapes resolved; lone surrogates are kept.</summary>
    public string GetString() => StringEscapes.ToText(RawContent, HasEscapes);

    /// <summary>
    /// The value of a string or of a property's name as UTF-8: the source bytes where there is no escape, else a decoded copy (generalised UTF-8:
    /// a lone surrogate is encoded like any other code point, so that different values stay different).
    /// </summary>
    public ReadOnlySpan<byte> GetUtf8() => HasEscapes ? StringEscapes.ToUtf8(RawContent) : RawContent;

    /// <summary>Whether the string, or the property's name, has this value.</summary>
    public bool ContentEquals(ReadOnlySpan<byte> utf8) => HasEscapes ? EscapedContentEquals(utf8) : RawContent.SequenceEqual(utf8);

    /// <summary>Of an object: the value of the last property with this name, as a duplicated key means its last occurrence.</summary>
    public bool TryGetProperty(ReadOnlySpan<byte> name, out SyntaxNode value)
    {
        value = default;
        if (Kind != SyntaxKind.Object)
        {
            return false;
        }

        foreach (var property in Children)
        {
            if (property.ContentEquals(name))
            {
                value = property.Value;
            }
        }

        return !value.IsNone;
    }

    /// <summary>The node's place as a JSON Pointer (RFC 6901); a property has the pointer of its value.</summary>
    public string GetPointer() => JsonPointer.Of(this);

    /// <inheritdoc />
    public bool Equals(SyntaxNode other) => ReferenceEquals(_tree, other._tree) && Index == other.Index;

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SyntaxNode other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Index;

    /// <inheritdoc />
    public override string ToString() => IsNone ? "none" : $"{Kind} {Tree.Text.ToString(Span)}";

    private bool EscapedContentEquals(ReadOnlySpan<byte> utf8)
    {
        using var text = new BorrowedUtf8(this);
        return text.Span.SequenceEqual(utf8);
    }
}
