using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>
/// The values of one document that some schema marks as secret, whichever branch the mark stands in and whether or not that branch fits:
/// in doubt a value is not shown.
/// </summary>
internal sealed class SecretMap
{
    private readonly HashSet<int> _secrets = [];

    public SecretMap(JsonSchema schema, SyntaxNode root)
    {
        var visited = new HashSet<(int Schema, int Instance)>();
        var pending = new Stack<(SchemaNode Schema, SyntaxNode Instance)>();
        Visit(schema.Root, root);
        while (pending.TryPop(out var next))
        {
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

            if (node.IsSecret)
            {
                _secrets.Add(instance.Index);
            }

            pending.Push((node, instance));
        }
    }

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
}
