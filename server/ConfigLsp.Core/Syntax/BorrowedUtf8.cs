using System.Buffers;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// The value of a string, or of a property's name, in UTF-8: the source bytes, or where there are escapes a copy in memory that is given back
/// by <see cref="Dispose"/>. The same bytes as <see cref="SyntaxNode.GetUtf8"/>, without an allocation.
/// </summary>
internal readonly ref struct BorrowedUtf8
{
    private readonly byte[]? _rented;

    public BorrowedUtf8(SyntaxNode node)
    {
        var raw = node.RawContent;
        if (!node.HasEscapes)
        {
            Span = raw;
            return;
        }

        _rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        Span = _rented.AsSpan(0, StringEscapes.Decode(raw, _rented));
    }

    /// <summary>The bytes; not to be used once they are given back.</summary>
    public ReadOnlySpan<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
