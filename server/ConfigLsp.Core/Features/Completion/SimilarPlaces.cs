using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>
/// What other places of the same file hold that look like the one at the caret: objects under the same key or in the same array, and values of
/// the same key. Used where no schema says anything; the work is bounded by <see cref="MaxVisited"/> and so is the list.
/// </summary>
internal static class SimilarPlaces
{
    private const int MaxFound = 200;
    private const int MaxVisited = 200_000;
    private const int CancellationInterval = 4096;

    /// <summary>The keys of similar objects, in the order of the file, each with the empty form of the first value that it has there.</summary>
    public static IReadOnlyCollection<(string Name, ValueTemplate Value)> Keys(SyntaxNode container, CancellationToken cancellationToken)
    {
        var found = new List<(string Name, ValueTemplate Value)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var visited = 0;
        foreach (var similar in Objects(container, cancellationToken))
        {
            foreach (var property in similar.Children)
            {
                if (++visited > MaxVisited || found.Count >= MaxFound)
                {
                    return found;
                }

                if (property.Value.Kind != SyntaxKind.Missing && property.GetString() is { Length: > 0 } name && seen.Add(name))
                {
                    found.Add((name, ValueTemplate.Empty(property.Value.Kind)));
                }
            }
        }

        return found;
    }

    /// <summary>The values of the same key, or the items of arrays under the same key, without secrets.</summary>
    public static IEnumerable<SyntaxNode> Values(DocumentSnapshot snapshot, CompletionPlace place, CancellationToken cancellationToken)
    {
        var isItem = place.Container.Kind == SyntaxKind.Array;
        var secrets = snapshot.Schema is { } schema ? SchemaEvaluator.FindSecrets(snapshot.Tree, schema) : [];
        var seen = new HashSet<SyntaxNode>(SyntaxEquality.Instance);
        IEnumerable<SyntaxNode> candidates = isItem && place.Container.Parent.Kind != SyntaxKind.Property
            ? place.Container.Children.ToArray()
            : SameKey(isItem ? place.Container.Parent : place.Container, cancellationToken);
        if (isItem && place.Container.Parent.Kind == SyntaxKind.Property)
        {
            candidates = candidates.Append(place.Container).Where(static value => value.Kind == SyntaxKind.Array).SelectMany(static array => array.Children.ToArray());
        }

        foreach (var value in candidates.Take(MaxVisited))
        {
            if (value.IsValue && value != place.Existing && (value.Kind is SyntaxKind.Object or SyntaxKind.Array || value.Span.Length <= 500) && !IsSecret(value) && seen.Add(value))
            {
                yield return value;
                if (seen.Count >= MaxFound)
                {
                    yield break;
                }
            }
        }

        bool IsSecret(SyntaxNode value) => secrets.Any(secret => secret.Contains(value.Span));
    }

    private static IEnumerable<SyntaxNode> Objects(SyntaxNode container, CancellationToken cancellationToken)
    {
        var parent = container.Parent;
        if (parent.Kind == SyntaxKind.Array)
        {
            return parent.Children.ToArray().Where(element => element.Kind == SyntaxKind.Object && element != container);
        }

        return parent.Kind == SyntaxKind.Property ? SameKey(parent, cancellationToken).Where(static value => value.Kind == SyntaxKind.Object) : [];
    }

    /// <summary>The values of the other properties of that name anywhere in the file.</summary>
    private static IEnumerable<SyntaxNode> SameKey(SyntaxNode property, CancellationToken cancellationToken)
    {
        var tree = property.Tree;
        var name = property.GetUtf8().ToArray();
        for (var i = 1; i < tree.NodeCount; i++)
        {
            if (i % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (tree.Nodes.Kind(i) == SyntaxKind.Property && i != property.Index)
            {
                var other = new SyntaxNode(tree, i);
                if (other.ContentEquals(name))
                {
                    yield return other.Value;
                }
            }
        }
    }
}
