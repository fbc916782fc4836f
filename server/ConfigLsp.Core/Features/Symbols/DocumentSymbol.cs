using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Symbols;

/// <summary>One property or element in the outline of a document.</summary>
/// <param name="Name">The key, or the index of an array's element.</param>
/// <param name="Detail">The value in short, where it is a scalar.</param>
/// <param name="Kind">The kind of the value.</param>
/// <param name="Span">Key and value.</param>
/// <param name="SelectionSpan">The key, or the element itself.</param>
/// <param name="Children">Properties or elements below.</param>
public sealed record DocumentSymbol(
    string Name,
    string? Detail,
    SyntaxKind Kind,
    TextSpan Span,
    TextSpan SelectionSpan,
    ImmutableArray<DocumentSymbol> Children);
