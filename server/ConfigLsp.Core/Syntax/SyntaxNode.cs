using System.Diagnostics.CodeAnalysis;
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
    public SyntaxKind Kind => _tree is null ? SyntaxKind.None : Data.Kind;

    /// <summary>Whether this is no node at all.</summary>
    public bool IsNone => _tree is null;

    /// <summary>Whether the node is a value of JSON, not a gap or garbage.</summary>
    public bool IsValue => Kind is SyntaxKind.Object or SyntaxKind.Array or (>= SyntaxKind.String and <= SyntaxKind.Null);

    /// <summary>The bytes from the node's first token to its last.</summary>
    public TextSpan Span => TextSpan.FromBounds(Data.Start, Data.End);

    /// <summary>The text of the node as it stands in the source: of a number its lexeme, of a string its quotes and escapes too.</summary>
    public ReadOnlySpan<byte> RawText => Tree.Text.Span[Data.Start..Data.End];

    /// <summary>The node around this one; no node for the document.</summary>
    public SyntaxNode Parent => Index == 0 ? default : new(Tree, Data.Parent);

    /// <summary>Number of properties, elements or top-level values; 1 for a property; else 0.</summary>
    public int ChildCount => Kind switch
    {
        SyntaxKind.Object or SyntaxKind.Array or SyntaxKind.Document => Data.Extent,
        SyntaxKind.Property => 1,
        _ => 0,
    };

    /// <summary>The properties of an object, the elements of an array, the value of a property, the top-level values of the document.</summary>
    public SyntaxNodeList Children => new(Tree, Index + 1, Data.Next);

    /// <summary>Index behind the node's last descendant; descendants are the indices between <see cref="Index"/> and this.</summary>
    public int EndIndex => Data.Next;

    /// <summary>Whether the closing quote, bracket or brace is missing.</summary>
    public bool IsUnterminated => (Data.Flags & NodeFlags.Unterminated) != 0;

    /// <summary>Whether the string, or the name of the property, holds a backslash, so that its raw content differs from its value.</summary>
    public bool HasEscapes => (Data.Flags & NodeFlags.HasEscapes) != 0;

    /// <summary>Of a property: its value, perhaps <see cref="SyntaxKind.Missing"/>.</summary>
    public SyntaxNode Value => new(Tree, Index + 1);

    /// <summary>Of a property: its name with the quotes; empty where the name is missing.</summary>
    public TextSpan NameSpan => new(Data.Start, Data.Extent);

    /// <summary>Of a string: what stands between its quotes, escapes unresolved. Of a property: the same of its name.</summary>
    public TextSpan ContentSpan
    {
        get
        {
            ref readonly var data = ref Data;
            var span = data.Kind == SyntaxKind.Property ? NameSpan : Span;
            if ((data.Flags & NodeFlags.Unquoted) != 0 || span.IsEmpty)
            {
                return span;
            }

            var closing = (data.Flags & NodeFlags.Unterminated) != 0 ? 0 : 1;
            return TextSpan.FromBounds(span.Start + 1, span.End - closing);
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

    private ref readonly NodeData Data => ref _tree![Index];

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
