using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Symbols;

/// <summary>The outline of a document.</summary>
public static class DocumentSymbols
{
    /// <summary>Deeper levels are left out: no person unfolds them, and some clients cannot parse them.</summary>
    private const int MaxDepth = 100;

    private const int MaxDetailLength = 80;

    /// <summary>
    /// The properties and elements, at most <paramref name="limit"/> of them: breadth first, so that a limit cuts off depth, not the end of the file.
    /// </summary>
    public static ImmutableArray<DocumentSymbol> Outline(DocumentSnapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        var top = new Entry(snapshot.Tree.Root, "", default, 0);
        if (top.Value.IsNone)
        {
            return [];
        }

        var queue = new Queue<Entry>();
        queue.Enqueue(top);
        while (limit > 0 && queue.TryDequeue(out var parent))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var child in parent.Value.Children)
            {
                if (limit-- == 0)
                {
                    break;
                }

                var entry = child.Kind == SyntaxKind.Property
                    ? new Entry(child.Value, child.GetString(), child, parent.Depth + 1)
                    : new Entry(child, parent.Children.Count.ToString(CultureInfo.InvariantCulture), child, parent.Depth + 1);
                parent.Children.Add(entry);
                if (entry.Value.ChildCount > 0 && entry.Depth < MaxDepth)
                {
                    queue.Enqueue(entry);
                }
            }
        }

        return ToSymbols(top.Children);
    }

    private static ImmutableArray<DocumentSymbol> ToSymbols(List<Entry> entries)
    {
        var symbols = ImmutableArray.CreateBuilder<DocumentSymbol>(entries.Count);
        foreach (var entry in entries)
        {
            var (value, node) = (entry.Value, entry.Node);
            var selection = node.Kind == SyntaxKind.Property && !node.NameSpan.IsEmpty ? node.NameSpan : node.Span;

            // LSP demands a name: a nameless property is shown as the editor shows an empty key.
            var name = entry.Name.Length == 0 ? "\"\"" : entry.Name;
            symbols.Add(new DocumentSymbol(name, Detail(value), value.Kind, node.Span, selection, ToSymbols(entry.Children)));
        }

        return symbols.MoveToImmutable();
    }

    private static string? Detail(SyntaxNode value)
    {
        if (value.Kind is SyntaxKind.Object or SyntaxKind.Array or SyntaxKind.Missing)
        {
            return null;
        }

        var raw = value.Kind == SyntaxKind.String ? value.RawContent : value.RawText;
        return raw.Length <= MaxDetailLength ? Encoding.UTF8.GetString(raw) : Encoding.UTF8.GetString(raw[..MaxDetailLength]) + "…";
    }

    private sealed record Entry(SyntaxNode Value, string Name, SyntaxNode Node, int Depth)
    {
        public List<Entry> Children { get; } = [];
    }
}
