using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Editing;
using ConfigLsp.Core.Features.Formatting;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Sorting;

/// <summary>Sorts the keys of all objects of a document by name, and formats it. A comment goes where the property goes to which it belongs.</summary>
public static class SortingFeature
{
    /// <summary>Whether the keys of some object are not in order, and the document can be sorted. How it is formatted does not matter.</summary>
    public static bool IsUseful(DocumentSnapshot snapshot, CancellationToken cancellationToken) =>
        snapshot.Tree is { Root.IsNone: false, Errors.IsEmpty: true } tree && !IsSorted(tree.Root, depth: 0, cancellationToken);

    /// <summary>The change that sorts the document, with levels indented as they are now, or by two blanks where nothing shows that.</summary>
    public static ImmutableArray<TextChange> Sort(DocumentSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.Tree.Root.IsNone)
        {
            return [];
        }

        var unit = new DocumentStyle(snapshot.Tree, EditOptions.Default).Unit(snapshot.Tree.Root);
        return Sort(snapshot, unit.Contains('\t') ? new FormattingOptions { InsertSpaces = false } : new FormattingOptions { TabSize = unit.Length }, cancellationToken);
    }

    /// <summary>
    /// The change that sorts the document, or none where it is sorted and formatted already. A document with syntax errors is not sorted, since then
    /// it is not certain what belongs together. Of duplicated keys the later one stays the later one.
    /// </summary>
    public static ImmutableArray<TextChange> Sort(DocumentSnapshot snapshot, FormattingOptions options, CancellationToken cancellationToken)
    {
        var tree = snapshot.Tree;
        if (tree.Root.IsNone || !tree.Errors.IsEmpty)
        {
            return [];
        }

        var endOfLine = EndOfLine(tree.Text) ?? options.EndOfLine;
        var sorted = new SortedWriter(tree, Encoding.ASCII.GetBytes(endOfLine), cancellationToken).Write();

        // Sorted keys are on lines of their own, so lines cannot be kept.
        var format = options with { KeepLines = false, EndOfLine = endOfLine };
        var result = sorted.WithChanges(FormattingFeature.FormatDocument(sorted, format, cancellationToken).AsSpan());
        return Difference(tree.Text, result);
    }

    private static bool IsSorted(SyntaxNode value, int depth, CancellationToken cancellationToken)
    {
        if (depth > SortedWriter.MaxDepth || value.ChildCount == 0)
        {
            return true;
        }

        cancellationToken.ThrowIfCancellationRequested();
        string? previous = null;
        foreach (var child in value.Children)
        {
            var item = child;
            if (value.Kind == SyntaxKind.Object)
            {
                var name = child.GetString();
                if (previous is not null && KeyOrder.Instance.Compare(previous, name) > 0)
                {
                    return false;
                }

                (previous, item) = (name, child.Value);
            }

            if (!IsSorted(item, depth + 1, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static string? EndOfLine(SourceText text)
    {
        var at = text.Span.IndexOfAny((byte)'\n', (byte)'\r');
        return at < 0 ? null : text.Span[at] == (byte)'\n' ? "\n" : text.Span[at..].StartsWith("\r\n"u8) ? "\r\n" : "\r";
    }

    private static ImmutableArray<TextChange> Difference(SourceText before, SourceText after)
    {
        if (before.Span.SequenceEqual(after.Span))
        {
            return [];
        }

        // Cut at line breaks, so that no character and no CR LF is torn apart.
        var prefix = before.Span[..before.Span.CommonPrefixLength(after.Span)].LastIndexOf((byte)'\n') + 1;
        var (end, newEnd) = (before.Length, after.Length);
        while (end > prefix && newEnd > prefix && before.Span[end - 1] == after.Span[newEnd - 1])
        {
            end--;
            newEnd--;
        }

        var lineBreak = before.Span[end..].IndexOf((byte)'\n');
        var kept = lineBreak < 0 ? 0 : before.Length - end - lineBreak - 1;
        return [new TextChange(TextSpan.FromBounds(prefix, before.Length - kept), after.Memory[prefix..^kept])];
    }
}
