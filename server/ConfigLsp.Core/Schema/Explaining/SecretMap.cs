using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// The values of one document that some schema marks as secret, whichever branch the mark stands in and whether or not that branch fits:
/// in doubt a value is not shown.
/// </summary>
internal sealed class SecretMap
{
    /// <summary>Values that are looked at, once for each schema and pattern; of large documents more. Beyond them every value counts as secret.</summary>
    private const long MinVisits = 2_000_000;
    private const long VisitsPerNode = 8;

    private readonly HashSet<int> _secrets = [];
    private int[]? _ordered;

    public SecretMap(JsonSchema schema, SyntaxNode root)
    {
        var visited = new HashSet<(int Schema, int Instance)>();
        var pending = new Stack<(SchemaNode Schema, SyntaxNode Instance)>();
        Visit(schema.Root, root);
        var visits = Math.Max(MinVisits, root.Tree.NodeCount * VisitsPerNode);
        while (pending.TryPop(out var next))
        {
            visits -= 1 + ((long)next.Instance.ChildCount * (1 + next.Schema.PatternProperties.Length));
            if (visits < 0)
            {
                _secrets.Add(root.Index);
                return;
            }

            var kindClass = KindClass.Of(next.Instance.Kind);
            foreach (var keyword in kindClass < 0 ? [] : next.Schema.KeywordsByKind[kindClass])
            {
                keyword.Follow(next.Instance, Visit);
            }
        }

        void Visit(SchemaNode node, SyntaxNode instance)
        {
            if (!node.MayHoldSecret || !visited.Add((node.Id, instance.Index)))
            {
                return;
            }

            if (node.IsSecret || IsMisplaced(node, instance))
            {
                _secrets.Add(instance.Index);
            }

            pending.Push((node, instance));
        }
    }

    /// <summary>
    /// Whether a value stands where one with secrets in it belongs, and is of another kind: it is likely such a secret, written one level too high.
    /// </summary>
    private static bool IsMisplaced(SchemaNode node, SyntaxNode instance) => instance.Kind switch
    {
        SyntaxKind.String => (node.Types & InstanceTypes.String) == 0,
        SyntaxKind.Number => (node.Types & (InstanceTypes.Number | InstanceTypes.Integer)) == 0,
        SyntaxKind.Array => (node.Types & InstanceTypes.Array) == 0,
        SyntaxKind.Object => (node.Types & InstanceTypes.Object) == 0,
        _ => false,
    };

    /// <summary>Whether the value, or one that it is a part of, is secret.</summary>
    public bool Contains(SyntaxNode instance)
    {
        for (; !instance.IsNone; instance = instance.Parent)
        {
            if (_secrets.Contains(instance.Index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value has a secret in it, apart from being one.</summary>
    public bool HasWithin(SyntaxNode instance)
    {
        if (instance.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return false;
        }

        _ordered ??= [.. _secrets.Order()];
        var at = Array.BinarySearch(_ordered, instance.Index + 1);
        at = at < 0 ? ~at : at;
        return at < _ordered.Length && _ordered[at] < instance.EndIndex;
    }

    /// <summary>
    /// The places of the outermost secrets, in order. Where the text behind one is broken, it is likely a part of it (a password with a quote in
    /// it, or without quotes), and belongs to the place up to the next value or key.
    /// </summary>
    public IEnumerable<TextSpan> FindSpans(SyntaxTree tree)
    {
        var end = -1;
        var error = 0;
        foreach (var index in _secrets.Order())
        {
            var node = new SyntaxNode(tree, index);
            if (node.Span.Start < end)
            {
                continue;
            }

            end = node.Span.End;
            var behind = node.EndIndex;
            while (behind < tree.NodeCount && new SyntaxNode(tree, behind) is { Kind: SyntaxKind.Property } key && IsJoined(tree, end, key))
            {
                end = Math.Max(key.NameSpan.End, key.Value.Span.End);
                behind = key.EndIndex;
            }

            var next = behind < tree.NodeCount ? new SyntaxNode(tree, behind).Span.Start : tree.Text.Length;
            while (error < tree.Errors.Length && tree.Errors[error].Span.Start <= next)
            {
                var broken = tree.Errors[error++].Span;
                if (broken.End > end)
                {
                    end = Math.Max(end, Math.Min(broken.End, next));
                }
            }

            yield return TextSpan.FromBounds(node.Span.Start, end);
        }
    }

    /// <summary>Whether what was read as the next key rather belongs to the text before it: there is no comma and no line end between, and no quote that begins it apart.</summary>
    private static bool IsJoined(SyntaxTree tree, int end, SyntaxNode key)
    {
        var start = key.NameSpan.Start;
        if (start < end || key.NameSpan.IsEmpty)
        {
            return false;
        }

        return start == end || (tree.Text.Span[start] != (byte)'"' && !tree.Text.Span[end..start].ContainsAnyExcept((byte)' ', (byte)'\t'));
    }
}
