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
                return x.ContentEquals(y.GetUtf8());
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
                return HashBytes(obj.GetUtf8());
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
                foreach (var (name, value) in ByName(obj))
                {
                    sum = unchecked(sum + HashCode.Combine(name, GetHashCode(value)));
                }

                return sum;
            default:
                return (int)obj.Kind;
        }
    }

    private static int HashBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
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
        var left = ByName(x);
        var right = ByName(y);
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other) || !Equals(value, other))
            {
                return false;
            }
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
