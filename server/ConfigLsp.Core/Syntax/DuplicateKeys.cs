using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Syntax;

/// <summary>Finds names that occur more than once in an object. Every occurrence is reported, each related to the one that counts.</summary>
internal static class DuplicateKeys
{
    /// <summary>Objects up to this size are compared pairwise, which is faster than hashing them.</summary>
    private const int PairwiseLimit = 6;

    private const int CancellationInterval = 4096;

    /// <summary>Reports the repeated names of the objects that have some.</summary>
    public static void Report(SyntaxTree tree, ImmutableArray<int> objects, int limit, ImmutableArray<Diagnostic>.Builder found)
    {
        var end = found.Count + Math.Min(limit, int.MaxValue - found.Count);
        foreach (var index in objects)
        {
            Report(new SyntaxNode(tree, index), found, end);
        }
    }

    /// <summary>The objects that have repeated names, at most <paramref name="limit"/> of them, by index.</summary>
    public static ImmutableArray<int> FindObjects(SyntaxTree tree, int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<int>();
        AddObjects(tree, 0, tree.NodeCount, limit, found, cancellationToken);
        return found.ToImmutable();
    }

    /// <summary>The same for a tree that edits have made of one whose objects are known.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="known">The objects with repeated names in the tree before, all of them.</param>
    /// <param name="steps">How this tree came from it.</param>
    /// <param name="limit">The most to find.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ImmutableArray<int> FindObjects(
        SyntaxTree tree, ImmutableArray<int> known, ImmutableArray<TreeStep> steps, int limit, CancellationToken cancellationToken)
    {
        var touched = steps.Touched().ToArray();
        var found = new SortedSet<int>(known.Select(i => steps.Map(i)).Where(i => i >= 0 && !Array.Exists(touched, t => t.Concerns(i))));
        var again = ImmutableArray.CreateBuilder<int>();
        foreach (var (container, first, end) in touched)
        {
            AddObjects(tree, container, container + 1, int.MaxValue, again, cancellationToken);
            AddObjects(tree, first, end, int.MaxValue, again, cancellationToken);
        }

        found.UnionWith(again);
        return [.. found.Take(limit)];
    }

    private static void AddObjects(SyntaxTree tree, int first, int end, int limit, ImmutableArray<int>.Builder found, CancellationToken cancellationToken)
    {
        ref readonly var nodes = ref tree.Nodes;
        for (var i = first; i < end && found.Count < limit; i++)
        {
            if (i % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (nodes.Kind(i) != SyntaxKind.Object)
            {
                continue;
            }

            var count = nodes.Extent(i);
            if (count < 2)
            {
                continue;
            }

            var node = new SyntaxNode(tree, i);
            if (count <= PairwiseLimit ? HasDuplicatePair(node) : HasDuplicateHash(node, cancellationToken))
            {
                found.Add(i);
            }
        }
    }

    /// <summary>How many names an object has, each counted once; counts no further than <paramref name="enough"/>. Allocates nothing.</summary>
    public static int CountDistinct(SyntaxNode node, int enough)
    {
        if (enough <= 1 || node.ChildCount < 2 || (node.ChildCount <= PairwiseLimit && !HasDuplicatePair(node)))
        {
            return Math.Min(node.ChildCount, enough);
        }

        var size = (int)BitOperations.RoundUpToPowerOf2((uint)node.ChildCount * 2);
        var table = ArrayPool<int>.Shared.Rent(size);
        try
        {
            table.AsSpan(0, size).Clear();
            var count = 0;
            foreach (var property in node.Children)
            {
                // A property whose name is still missing will have one of its own.
                if ((property.NameSpan.IsEmpty || TryInsert(table.AsSpan(0, size), property)) && ++count == enough)
                {
                    break;
                }
            }

            return count;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(table);
        }
    }

    private static bool HasDuplicatePair(SyntaxNode node)
    {
        foreach (var left in node.Children)
        {
            if (left.NameSpan.IsEmpty)
            {
                continue;
            }

            using var name = new BorrowedUtf8(left);
            for (var right = left.EndIndex; right < node.EndIndex;)
            {
                var other = new SyntaxNode(node.Tree, right);
                if (other.ContentEquals(name.Span) && !other.NameSpan.IsEmpty)
                {
                    return true;
                }

                right = other.EndIndex;
            }
        }

        return false;
    }

    /// <summary>Open addressing in a rented table of node indices: a large object costs one pass and no allocation.</summary>
    private static bool HasDuplicateHash(SyntaxNode node, CancellationToken cancellationToken)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)node.ChildCount * 2);
        var table = ArrayPool<int>.Shared.Rent(size);
        try
        {
            table.AsSpan(0, size).Clear();
            foreach (var property in node.Children)
            {
                if (property.Index % CancellationInterval == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (!property.NameSpan.IsEmpty && !TryInsert(table.AsSpan(0, size), property))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(table);
        }
    }

    private static bool TryInsert(Span<int> table, SyntaxNode property)
    {
        using var name = new BorrowedUtf8(property);
        var hash = default(HashCode);
        hash.AddBytes(name.Span);
        for (var slot = hash.ToHashCode() & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            // Index 0 is the document, never a property, and marks a free slot.
            if (table[slot] == 0)
            {
                table[slot] = property.Index;
                return true;
            }

            if (new SyntaxNode(property.Tree, table[slot]).ContentEquals(name.Span))
            {
                return false;
            }
        }
    }

    private static void Report(SyntaxNode node, ImmutableArray<Diagnostic>.Builder found, int end)
    {
        var groups = new Dictionary<Utf8Key, List<SyntaxNode>>();
        foreach (var property in node.Children)
        {
            if (!property.NameSpan.IsEmpty)
            {
                var key = new Utf8Key(property);
                if (!groups.TryGetValue(key, out var group))
                {
                    groups.Add(key, group = []);
                }

                group.Add(property);
            }
        }

        foreach (var group in groups.Values)
        {
            var last = group[^1];
            for (var i = 0; i < group.Count && group.Count > 1 && found.Count < end; i++)
            {
                var name = group[i].GetString();
                var counts = i == group.Count - 1;
                found.Add(new Diagnostic(
                    DiagnosticCatalog.DuplicateKey,
                    group[i].NameSpan,
                    counts ? $"`{name}` occurs {group.Count} times in this object; this last value counts." : $"`{name}` occurs again below, so this value has no effect; remove it.")
                {
                    Related = [counts
                        ? new RelatedInformation(null, group[0].NameSpan, $"`{name}` first occurs here.")
                        : new RelatedInformation(null, last.NameSpan, "This value counts.")],
                });
            }
        }
    }

    /// <summary>A property's name, compared by its decoded bytes without copying them.</summary>
    private readonly struct Utf8Key(SyntaxNode property) : IEquatable<Utf8Key>
    {
        private readonly SyntaxNode _property = property;

        public bool Equals(Utf8Key other) => other._property.ContentEquals(_property.GetUtf8());

        public override bool Equals(object? obj) => obj is Utf8Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(_property.GetUtf8());
            return hash.ToHashCode();
        }
    }
}
