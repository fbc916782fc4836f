namespace ConfigLsp.Core.Syntax;

/// <summary>
/// Equality of values as JSON Schema defines it (draft 2020-12 core, section 4.2.2): numbers by their exact value, strings by code points,
/// objects without regard to order; a duplicated key means its last value. Gaps equal nothing. Works without recursion, since values may be
/// nested as deeply as their text is long.
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

        var pending = new Stack<(SyntaxNode X, SyntaxNode Y)>();
        pending.Push((x, y));
        while (pending.TryPop(out var pair))
        {
            var isEqual = pair.X.Kind == pair.Y.Kind && pair.X.Kind switch
            {
                SyntaxKind.Array => PushElements(pair.X, pair.Y, pending),
                SyntaxKind.Object => PushProperties(pair.X, pair.Y, pending),
                _ => ScalarsEqual(pair.X, pair.Y),
            };
            if (!isEqual)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public int GetHashCode(SyntaxNode obj)
    {
        if (obj.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return HashScalar(obj);
        }

        // Nodes follow what they stand in, so that going backward every part is known before the whole.
        var hashes = new int[obj.EndIndex - obj.Index];
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

        return hashes[0];
    }

    private static bool ScalarsEqual(SyntaxNode x, SyntaxNode y) => x.Kind switch
    {
        SyntaxKind.True or SyntaxKind.False or SyntaxKind.Null => true,
        SyntaxKind.String => x.ContentEquals(y.GetUtf8()),
        SyntaxKind.Number => x.RawText.SequenceEqual(y.RawText) || ExactNumber.Parse(x.RawText) == ExactNumber.Parse(y.RawText),
        _ => false,
    };

    private static int HashScalar(SyntaxNode node)
    {
        switch (node.Kind)
        {
            case SyntaxKind.String:
                var hash = new HashCode();
                hash.AddBytes(node.GetUtf8());
                return hash.ToHashCode();
            case SyntaxKind.Number:
                return ExactNumber.Parse(node.RawText).GetHashCode();
            default:
                return (int)node.Kind;
        }
    }

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
        foreach (var (name, value) in ByName(node))
        {
            sum = unchecked(sum + HashCode.Combine(name, hashes[value.Index - start]));
        }

        return sum;
    }

    private static bool PushElements(SyntaxNode x, SyntaxNode y, Stack<(SyntaxNode X, SyntaxNode Y)> pending)
    {
        if (x.ChildCount != y.ChildCount)
        {
            return false;
        }

        var other = y.Children.GetEnumerator();
        foreach (var element in x.Children)
        {
            if (!other.MoveNext() || element.Kind != other.Current.Kind)
            {
                return false;
            }

            if (element.Kind is SyntaxKind.Object or SyntaxKind.Array)
            {
                pending.Push((element, other.Current));
            }
            else if (!ScalarsEqual(element, other.Current))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PushProperties(SyntaxNode x, SyntaxNode y, Stack<(SyntaxNode X, SyntaxNode Y)> pending)
    {
        var left = ByName(x);
        var right = ByName(y);
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other) || value.Kind != other.Kind)
            {
                return false;
            }

            pending.Push((value, other));
        }

        return true;
    }

    private static Dictionary<string, SyntaxNode> ByName(SyntaxNode node)
    {
        var names = new Dictionary<string, SyntaxNode>(StringComparer.Ordinal);
        foreach (var property in node.Children)
        {
            names[property.GetString()] = property.Value;
        }

        return names;
    }
}
