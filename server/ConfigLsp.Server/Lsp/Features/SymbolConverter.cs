using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using CoreSymbol = ConfigLsp.Core.Features.Symbols.DocumentSymbol;
using DocumentSymbol = ConfigLsp.Server.Lsp.Protocol.DocumentSymbol;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>The outline as a tree, or as a list for clients that know no other.</summary>
internal sealed class SymbolConverter(LspPositions positions, OpenDocument document)
{
    /// <summary>Each level costs two levels of JSON, and a serialiser stops at 64. What lies deeper is left out of the tree.</summary>
    private const int MaxDepth = 24;

    public IReadOnlyList<DocumentSymbol> Convert(IReadOnlyList<CoreSymbol> outline, bool hierarchical)
    {
        if (hierarchical)
            return Tree(outline);
        var list = new List<DocumentSymbol>();
        Flatten(outline, list);
        return list;
    }

    private DocumentSymbol[] Tree(IReadOnlyList<CoreSymbol> outline, int depth = 0) => depth == MaxDepth ? [] : [.. outline.Select(symbol => new DocumentSymbol
    {
        Name = Name(symbol),
        Detail = symbol.Detail,
        Kind = Kind(symbol.Kind),
        Range = positions.ToRange(document.Text, symbol.Span),
        SelectionRange = positions.ToRange(document.Text, symbol.SelectionSpan),
        Children = symbol.Children.IsEmpty ? null : Tree(symbol.Children, depth + 1),
    })];

    private void Flatten(IReadOnlyList<CoreSymbol> outline, List<DocumentSymbol> list)
    {
        var open = new Stack<(CoreSymbol Symbol, string? Container)>(outline.Reverse().Select(symbol => (symbol, (string?)null)));
        while (open.TryPop(out (CoreSymbol Symbol, string? Container) next))
        {
            list.Add(new DocumentSymbol
            {
                Name = Name(next.Symbol),
                Kind = Kind(next.Symbol.Kind),
                Location = new Location(document.Uri, positions.ToRange(document.Text, next.Symbol.Span)),
                ContainerName = next.Container,
            });
            string name = next.Symbol.Name;
            foreach (CoreSymbol child in next.Symbol.Children.Reverse())
                open.Push((child, name));
        }
    }

    /// <summary>Clients refuse a symbol without a name, but a key may be empty.</summary>
    private static string Name(CoreSymbol symbol) => string.IsNullOrWhiteSpace(symbol.Name) ? $"\"{symbol.Name}\"" : symbol.Name;

    /// <summary>LSP 3.17, <c>SymbolKind</c>.</summary>
    public static int Kind(SyntaxKind kind) => kind switch
    {
        SyntaxKind.Object => 2,
        SyntaxKind.Array => 18,
        SyntaxKind.String => 15,
        SyntaxKind.Number => 16,
        SyntaxKind.True or SyntaxKind.False => 17,
        SyntaxKind.Null => 21,
        _ => 13,
    };
}
