using ConfigLsp.Core.Features.Symbols;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Tests.Features;

public sealed class DocumentSymbolsTests
{
    [Fact]
    public void The_outline_follows_the_document()
    {
        var symbols = DocumentSymbols.Outline(Documents.Create("{ \"a\": { \"b\": [1, \"x\"] }, \"\": null }", schema: null), 100, default);
        Assert.Equal(["a", "\"\""], symbols.Select(static symbol => symbol.Name));
        var items = symbols[0].Children.Single().Children;
        Assert.Equal(["0 1 Number", "1 x String"], items.Select(static symbol => $"{symbol.Name} {symbol.Detail} {symbol.Kind}"));
        Assert.Equal(SyntaxKind.Null, symbols[1].Kind);
        Assert.All(symbols, static symbol => Assert.True(symbol.Span.Contains(symbol.SelectionSpan)));
    }

    [Fact]
    public void A_limit_cuts_off_depth_first()
    {
        var symbols = DocumentSymbols.Outline(Documents.Create("{ \"a\": { \"x\": 1, \"y\": 2 }, \"b\": 3 }", schema: null), 3, default);
        Assert.Equal(["a", "b"], symbols.Select(static symbol => symbol.Name));
        Assert.Equal("x", symbols[0].Children.Single().Name);
    }

    [Fact]
    public void Endless_nesting_is_cut_off()
    {
        var symbols = DocumentSymbols.Outline(Documents.Create(string.Concat(Enumerable.Repeat("[", 100_000)), schema: null), int.MaxValue, default);
        var depth = 0;
        for (; !symbols.IsEmpty; symbols = symbols[0].Children)
        {
            depth++;
        }

        Assert.Equal(100, depth);
    }
}
