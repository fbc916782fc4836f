using System.Runtime.CompilerServices;

namespace ConfigLsp.Core.Syntax;

/// <summary>
/// Equality of values as JSON Schema defines it (draft 2020-12 core, section 4.2.2): numbers by their exact value, strings by code points,
/// objects without regard to order; a duplicated key means its last value. Gaps equal nothing.
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

        switch (x.Kind)
        {
            case SyntaxKind.True or SyntaxKind.False or SyntaxKind.Null:
                return true;
            case SyntaxKind.String:
                return ContentEquals(x, y);
            case SyntaxKind.Number:
                return x.RawText.SequenceEqual(y.RawText) || ExactNumber.Parse(x.RawText) == ExactNumber.Parse(y.RawText);
            case SyntaxKind.Array:
                return RuntimeHelpers.TryEnsureSufficientExecutionStack() && ElementsEqual(x, y);
            case SyntaxKind.Object:
                return RuntimeHelpers.TryEnsureSufficientExecutionStack() && PropertiesEqual(x, y);
            default:
                return false;
        }
    }

    /// <inheritdoc />
    public int GetHashCode(SyntaxNode obj)
    {
        switch (obj.Kind)
        {
            case SyntaxKind.String:
                return HashContent(obj);
            case SyntaxKind.Number:
                return ExactNumber.Parse(obj.RawText).GetHashCode();
            case SyntaxKind.Array when RuntimeHelpers.TryEnsureSufficientExecutionStack():
                var ordered = new HashCode();
                foreach (var element in obj.Children)
                {
                    ordered.Add(GetHashCode(element));
                }

                return ordered.ToHashCode();
            case SyntaxKind.Object when RuntimeHelpers.TryEnsureSufficientExecutionStack():
                // Addition does not see the order of the properties.
                var sum = 0;
                using (var names = new NodeHashTable(obj.ChildCount))
                {
                    Fill(names, obj);
                    foreach (var property in obj.Children)
                    {
                        if (IsLast(names, property, out var hash))
                        {
                            sum = unchecked(sum + HashCode.Combine(hash, GetHashCode(property.Value)));
                        }
                    }
                }

                return sum;
            default:
                return (int)obj.Kind;
        }
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

    private bool ElementsEqual(SyntaxNode x, SyntaxNode y)
    {
        if (x.ChildCount != y.ChildCount)
        {
            return false;
        }

        var other = y.Children.GetEnumerator();
        foreach (var element in x.Children)
        {
            if (!other.MoveNext() || !Equals(element, other.Current))
            {
                return false;
            }
        }

        return true;
    }

    private bool PropertiesEqual(SyntaxNode x, SyntaxNode y)
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
            if (other == 0 || !Equals(property.Value, new SyntaxNode(y.Tree, other).Value))
            {
                return false;
            }
        }

        return true;
    }
}
