using System.Collections.Immutable;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Navigation;

/// <summary>Occurrences of what is under the caret: a key wherever it means the same, a text, or a definition with the references to it.</summary>
public static class Occurrences
{
    private const int CancellationInterval = 0xFFF;

    /// <summary>The occurrences in the order of the document, the one under the caret among them; empty where there is nothing to follow.</summary>
    /// <param name="snapshot">The document.</param>
    /// <param name="offset">The caret.</param>
    /// <param name="limit">The most to give.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ImmutableArray<Occurrence> Find(DocumentSnapshot snapshot, int offset, int limit, CancellationToken cancellationToken)
    {
        var tree = snapshot.Tree;
        var node = FindNode(tree, offset);
        if (References.FindAt(tree, offset) is { IsNone: false } reference)
        {
            var resolver = new ReferenceResolver(snapshot.Uri, tree, ImmutableDictionary<string, SyntaxTree>.Empty);
            return resolver.Resolve(reference) is { } target && ReferenceEquals(target.Node.Tree, tree)
                ? OfDefinition(snapshot, target.Node, limit, cancellationToken)
                : OfText(tree, reference, limit, cancellationToken);
        }

        if (node.Kind == SyntaxKind.Property && node.NameSpan.Touches(offset))
        {
            var definition = OfDefinition(snapshot, node.Value, limit, cancellationToken);
            return definition.Length > 1 ? definition : OfKey(tree, node, limit, cancellationToken);
        }

        return node.Kind == SyntaxKind.String ? OfText(tree, node, limit, cancellationToken) : [];
    }

    /// <summary>The node at the caret; behind a key whose value is missing its property.</summary>
    internal static SyntaxNode FindNode(SyntaxTree tree, int offset)
    {
        var node = tree.FindNode(offset);
        return node.Kind == SyntaxKind.Missing && node.Parent is { Kind: SyntaxKind.Property } property && property.NameSpan.Touches(offset) ? property : node;
    }

    /// <summary>The properties with the same name at the same place: in the same object, and in the other items of the arrays around it.</summary>
    public static ImmutableArray<SyntaxNode> FindKeys(SyntaxTree tree, SyntaxNode property, int limit, CancellationToken cancellationToken)
    {
        var name = property.GetUtf8();
        var depth = Depth(property);
        var found = ImmutableArray.CreateBuilder<SyntaxNode>();
        for (var i = 1; i < tree.NodeCount && found.Count < limit; i++)
        {
            if ((i & CancellationInterval) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var other = new SyntaxNode(tree, i);
            if (other.Kind == SyntaxKind.Property && other.ContentEquals(name) && IsSamePlace(property, other, depth))
            {
                found.Add(other);
            }
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<Occurrence> OfKey(SyntaxTree tree, SyntaxNode property, int limit, CancellationToken cancellationToken) =>
        [.. FindKeys(tree, property, limit, cancellationToken).Select(static key => new Occurrence(key.NameSpan, OccurrenceKind.Write))];

    private static ImmutableArray<Occurrence> OfText(SyntaxTree tree, SyntaxNode text, int limit, CancellationToken cancellationToken)
    {
        var value = text.GetUtf8();
        var found = ImmutableArray.CreateBuilder<Occurrence>();
        for (var i = 1; i < tree.NodeCount && found.Count < limit; i++)
        {
            if ((i & CancellationInterval) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var other = new SyntaxNode(tree, i);
            if (other.Kind == SyntaxKind.String && other.ContentEquals(value))
            {
                found.Add(new Occurrence(other.Span, OccurrenceKind.Text));
            }
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<Occurrence> OfDefinition(DocumentSnapshot snapshot, SyntaxNode target, int limit, CancellationToken cancellationToken)
    {
        var references = References.FindTo(snapshot.Uri, snapshot.Tree, target, snapshot.Uri, limit, cancellationToken);
        var found = references.Select(static reference => new Occurrence(reference.Span, OccurrenceKind.Read)).ToList();
        if (target.Parent.Kind == SyntaxKind.Property)
        {
            found.Add(new Occurrence(target.Parent.NameSpan, OccurrenceKind.Write));
        }

        return [.. found.OrderBy(static occurrence => occurrence.Span.Start)];
    }

    private static int Depth(SyntaxNode node)
    {
        var depth = 0;
        for (; node.Kind != SyntaxKind.Document; node = node.Parent)
        {
            depth++;
        }

        return depth;
    }

    /// <summary>Whether two properties of one name have the same names around them; positions in arrays do not count.</summary>
    private static bool IsSamePlace(SyntaxNode one, SyntaxNode other, int depth)
    {
        for (; depth > 0; depth--)
        {
            (one, other) = (one.Parent, other.Parent);
            if (one == other)
            {
                return true;
            }

            if (one.Kind != other.Kind || (one.Kind == SyntaxKind.Property && !one.GetUtf8().SequenceEqual(other.GetUtf8())))
            {
                return false;
            }
        }

        return false;
    }
}

/// <summary>One occurrence.</summary>
/// <param name="Span">The key or text with its quotes.</param>
/// <param name="Kind">What stands there.</param>
public readonly record struct Occurrence(TextSpan Span, OccurrenceKind Kind);

/// <summary>What an occurrence is.</summary>
public enum OccurrenceKind
{
    /// <summary>A text that is the same.</summary>
    Text,

    /// <summary>A reference.</summary>
    Read,

    /// <summary>A key, which sets something, or a definition.</summary>
    Write,
}
