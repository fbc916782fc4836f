using System.Buffers;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// Equality of values as JSON Schema defines it (draft 2020-12 core, section 4.2.2): numbers by their exact value, strings by code points,
/// objects without regard to order; a duplicated key means its last value. Gaps equal nothing. Works without recursion, since values may be
/// nested as deeply as their text is long, and in borrowed memory.
/// </summary>
public sealed class SyntaxEquality : IEqualityComparer<SyntaxNode>
{
    /// <summary>The only instance.</summary>
    public static readonly SyntaxEquality Instance = new();

    private SyntaxEquality()
    {
    }

    /// <inheritdoc />
    public bool Equals(SyntaxNode x, SyntaxNode y)
    {
        if (x.Kind != y.Kind)
        {
            return false;
        }

        if (x.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return ScalarsEqual(x, y);
        }

        var pending = new PendingPairs(x.Tree, y.Tree);
        try
        {
            pending.Push(x, y);
            while (pending.TryPop(out var left, out var right))
            {
                if (!(left.Kind == SyntaxKind.Array ? PushElements(left, right, ref pending) : PushProperties(left, right, ref pending)))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            pending.Dispose();
        }
    }

    /// <inheritdoc />
    public int GetHashCode(SyntaxNode obj)
    {
        if (obj.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return HashScalar(obj);
        }

        // Nodes follow what they stand in, so that going backward every part is known before the whole.
        var hashes = ArrayPool<int>.Shared.Rent(obj.EndIndex - obj.Index);
        for (var index = obj.EndIndex - 1; index >= obj.Index; index--)
        {
            var node = new SyntaxNode(obj.Tree, index);
            hashes[index - obj.Index] = node.Kind switch
            {
                SyntaxKind.Array => HashArray(node, obj.Index, hashes),
                SyntaxKind.Object => HashObject(node, obj.Index, hashes),
                SyntaxKind.Property => 0,
                _ => HashScalar(node),
            };
        }

        var hash = hashes[0];
        ArrayPool<int>.Shared.Return(hashes);
        return hash;
    }

    private static bool ScalarsEqual(SyntaxNode x, SyntaxNode y) => x.Kind switch
    {
        SyntaxKind.True or SyntaxKind.False or SyntaxKind.Null => true,
        SyntaxKind.String => ContentEquals(x, y),
        SyntaxKind.Number => x.RawText.SequenceEqual(y.RawText) || ExactNumber.Parse(x.RawText) == ExactNumber.Parse(y.RawText),
        _ => false,
    };

    private static int HashScalar(SyntaxNode node) => node.Kind switch
    {
        SyntaxKind.String => HashContent(node),
        SyntaxKind.Number => ExactNumber.Parse(node.RawText).GetHashCode(),
        _ => (int)node.Kind,
    };

    private static int HashArray(SyntaxNode array, int start, int[] hashes)
    {
        var ordered = new HashCode();
        foreach (var element in array.Children)
        {
            ordered.Add(hashes[element.Index - start]);
        }

        return ordered.ToHashCode();
    }

    private static int HashObject(SyntaxNode node, int start, int[] hashes)
    {
        // Addition does not see the order of the properties.
        var sum = 0;
        using var names = new NodeHashTable(node.ChildCount);
        Fill(names, node);
        foreach (var property in node.Children)
        {
            if (IsLast(names, property, out var hash))
            {
                sum = unchecked(sum + HashCode.Combine(hash, hashes[property.Value.Index - start]));
            }
        }

        return sum;
    }

    private static int HashContent(SyntaxNode node)
    {
        using var text = new BorrowedUtf8(node);
        return Utf8Hash.Of(text.Span);
    }

    private static bool ContentEquals(SyntaxNode x, SyntaxNode y)
    {
        if (!y.HasEscapes)
        {
            return x.ContentEquals(y.RawContent);
        }

        using var text = new BorrowedUtf8(y);
        return x.ContentEquals(text.Span);
    }

    /// <summary>Puts the last property of each name into the table; returns how many names there are.</summary>
    private static int Fill(NodeHashTable names, SyntaxNode node)
    {
        var count = 0;
        foreach (var property in node.Children)
        {
            var hash = HashContent(property);
            count += Find(names, property.Tree, property, hash, out var slot) == 0 ? 1 : 0;
            names.Set(slot, hash, property.Index);
        }

        return count;
    }

    /// <summary>Whether no later property of the object has the name.</summary>
    private static bool IsLast(NodeHashTable names, SyntaxNode property, out int hash)
    {
        hash = HashContent(property);
        return Find(names, property.Tree, property, hash, out _) == property.Index;
    }

    /// <summary>The index in the table's tree of the property with the same name, or 0.</summary>
    private static int Find(NodeHashTable names, SyntaxTree tree, SyntaxNode property, int hash, out int slot)
    {
        for (slot = names.Begin(hash); names.Next(hash, ref slot) is not 0 and var index; slot = names.After(slot))
        {
            if (ContentEquals(new SyntaxNode(tree, index), property))
            {
                return index;
            }
        }

        return 0;
    }

    private static bool PushElements(SyntaxNode x, SyntaxNode y, ref PendingPairs pending)
    {
        if (x.ChildCount != y.ChildCount)
        {
            return false;
        }

        var other = y.Children.GetEnumerator();
        foreach (var element in x.Children)
        {
            if (!other.MoveNext() || !EqualOrPending(element, other.Current, ref pending))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PushProperties(SyntaxNode x, SyntaxNode y, ref PendingPairs pending)
    {
        using var left = new NodeHashTable(x.ChildCount);
        using var right = new NodeHashTable(y.ChildCount);
        if (Fill(left, x) != Fill(right, y))
        {
            return false;
        }

        foreach (var property in x.Children)
        {
            if (!IsLast(left, property, out var hash))
            {
                continue;
            }

            var other = Find(right, y.Tree, property, hash, out _);
            if (other == 0 || !EqualOrPending(property.Value, new SyntaxNode(y.Tree, other).Value, ref pending))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares scalars at once and leaves containers for later; false only where the values are known to differ.</summary>
    private static bool EqualOrPending(SyntaxNode x, SyntaxNode y, ref PendingPairs pending)
    {
        if (x.Kind != y.Kind)
        {
            return false;
        }

        if (x.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return ScalarsEqual(x, y);
        }

        pending.Push(x, y);
        return true;
    }

    /// <summary>Containers of two trees that are still to be compared, as a stack in borrowed memory.</summary>
    private ref struct PendingPairs(SyntaxTree left, SyntaxTree right)
    {
        private const int InitialSize = 64;

        /// <summary>The index in the left tree above, that in the right tree below.</summary>
        private ulong[] _pairs = ArrayPool<ulong>.Shared.Rent(InitialSize);
        private int _count;

        public void Push(SyntaxNode x, SyntaxNode y)
        {
            if (_count == _pairs.Length)
            {
                var larger = ArrayPool<ulong>.Shared.Rent(_count * 2);
                _pairs.CopyTo(larger, 0);
                ArrayPool<ulong>.Shared.Return(_pairs);
                _pairs = larger;
            }

            _pairs[_count++] = ((ulong)(uint)x.Index << 32) | (uint)y.Index;
        }

        public bool TryPop(out SyntaxNode x, out SyntaxNode y)
        {
            if (_count == 0)
            {
                (x, y) = (default, default);
                return false;
            }

            var pair = _pairs[--_count];
            (x, y) = (new SyntaxNode(left, (int)(pair >> 32)), new SyntaxNode(right, (int)pair));
            return true;
        }

        public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_pairs);
    }
}
