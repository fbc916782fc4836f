using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

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

        var secrets = snapshot.Schema is { } schema ? SchemaEvaluator.FindSecrets(snapshot.Tree, schema) : [];
        return ToSymbols(top.Children, secrets);
    }

    private static ImmutableArray<DocumentSymbol> ToSymbols(List<Entry> entries, ImmutableArray<TextSpan> secrets)
    {
        var symbols = ImmutableArray.CreateBuilder<DocumentSymbol>(entries.Count);
        foreach (var entry in entries)
        {
            var (value, node) = (entry.Value, entry.Node);
            var selection = node.Kind == SyntaxKind.Property && !node.NameSpan.IsEmpty ? node.NameSpan : node.Span;

            // LSP demands a name: a nameless property is shown as the editor shows an empty key.
            var name = entry.Name.Length == 0 ? "\"\"" : entry.Name;
            symbols.Add(new DocumentSymbol(name, IsSecret(value, secrets) ? null : Detail(value), value.Kind, node.Span, selection, ToSymbols(entry.Children, secrets)));
        }

        return symbols.MoveToImmutable();
    }

    /// <summary>The outline is on the screen all the time, also while somebody else looks on.</summary>
    private static bool IsSecret(SyntaxNode value, ImmutableArray<TextSpan> secrets)
    {
        var (low, high) = (0, secrets.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = secrets[middle].End < value.Span.End ? (middle + 1, high) : (low, middle);
        }

        return low < secrets.Length && secrets[low].Start <= value.Span.Start;
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
