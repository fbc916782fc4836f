using System.Collections.Immutable;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Navigation;

/// <summary>The references between the parts of a schema file: <c>$ref</c>, <c>$dynamicRef</c> and <c>$recursiveRef</c>.</summary>
public static class References
{
    private const int CancellationInterval = 0xFFF;

    /// <summary>The reference under the caret, on its key or its value: the string; no node where there is none.</summary>
    public static SyntaxNode FindAt(SyntaxTree tree, int offset)
    {
        var node = tree.FindNode(offset);
        var property = node.Kind == SyntaxKind.Property ? node : node.Parent;
        return property is { IsNone: false, Kind: SyntaxKind.Property } && IsReference(property) ? property.Value : default;
    }

    /// <summary>All references of a document in its order.</summary>
    /// <param name="tree">The document.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ImmutableArray<SyntaxNode> FindAll(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<SyntaxNode>();
        for (var i = 1; i < tree.NodeCount; i++)
        {
            if ((i & CancellationInterval) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var node = new SyntaxNode(tree, i);
            if (node.Kind == SyntaxKind.Property && IsReference(node))
            {
                found.Add(node.Value);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The references of a document that lead to one place in it or in another document.</summary>
    /// <param name="uri">The document.</param>
    /// <param name="tree">Its text.</param>
    /// <param name="target">The place.</param>
    /// <param name="targetUri">The document of the place.</param>
    /// <param name="limit">The most to give.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ImmutableArray<SyntaxNode> FindTo(
        string uri, SyntaxTree tree, SyntaxNode target, string targetUri, int limit, CancellationToken cancellationToken)
    {
        var all = FindAll(tree, cancellationToken);
        if (all.IsEmpty)
        {
            return [];
        }

        var others = new Dictionary<string, SyntaxTree>(StringComparer.Ordinal);
        if (!ReferenceEquals(target.Tree, tree))
        {
            others[targetUri] = target.Tree;
        }

        var resolver = new ReferenceResolver(uri, tree, others);
        var found = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var reference in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Count < limit && resolver.Resolve(reference) is { } place && place.Node == target)
            {
                found.Add(reference);
            }
        }

        return found.ToImmutable();
    }

    private static bool IsReference(SyntaxNode property) =>
        property.Value.Kind == SyntaxKind.String
        && (property.ContentEquals("$ref"u8) || property.ContentEquals("$dynamicRef"u8) || property.ContentEquals("$recursiveRef"u8));
}
