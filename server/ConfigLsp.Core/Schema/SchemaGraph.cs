using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema;

/// <summary>Finishes compiled schemas: orders their keywords and derives the facts that need the whole graph.</summary>
internal static class SchemaGraph
{
    public static void SetKeywords(SchemaNode node, IReadOnlyCollection<Keyword> keywords)
    {
        if (keywords.Count == 0)
        {
            node.Keywords = [];
            node.KeywordsByKind = KindClass.NoKeywords;
            return;
        }

        // The sort is stable, so that keywords of one cost keep the order of their families.
        node.Keywords = keywords.Count == 1 ? [.. keywords] : [.. keywords.OrderBy(static k => k.Cost)];
        var byKind = new Keyword[KindClass.Count][];
        for (var i = 0; i < KindClass.Count; i++)
        {
            var type = KindClass.TypeOf(i);
            var count = 0;
            foreach (var keyword in node.Keywords)
            {
                count += (keyword.LooksAt & type) != 0 ? 1 : 0;
            }

            byKind[i] = count == 0 ? [] : count == node.Keywords.Length ? node.Keywords : Array.FindAll(node.Keywords, k => (k.LooksAt & type) != 0);
        }

        node.KeywordsByKind = byKind;
    }

    /// <summary>Derives sharing, warnings and secrets for all nodes of one compilation.</summary>
    public static void Analyze(IReadOnlyList<SchemaNode> nodes, SchemaNode root, bool hasUnevaluated)
    {
        var leading = new HashSet<SchemaNode>();
        var incoming = new Dictionary<SchemaNode, int>(nodes.Count) { [root] = 1 };
        var users = new Dictionary<SchemaNode, List<(SchemaNode User, bool InPlace)>>();
        var overlaps = false;
        foreach (var node in nodes)
        {
            var inPlace = 0;
            foreach (var keyword in node.Keywords)
            {
                foreach (var edge in keyword.Edges)
                {
                    leading.Add(node);
                    incoming[edge.Target] = incoming.GetValueOrDefault(edge.Target) + 1;
                    inPlace += edge.InPlace ? 1 : 0;
                    if (!users.TryGetValue(edge.Target, out var list))
                    {
                        users[edge.Target] = list = [];
                    }

                    list.Add((node, edge.InPlace));
                }
            }

            node.HasBranches = inPlace > 0;
            overlaps |= inPlace > 1 || (inPlace == 1 && node.Keywords.Length > 1) || node.PatternProperties.Length > 0
                || (node.Contains is not null && (node.Items is not null || !node.PrefixItems.IsEmpty));
        }

        foreach (var node in nodes)
        {
            // Without schemas that meet at one instance, no instance is evaluated twice by the same schema, and remembering is a waste.
            node.IsShared = leading.Contains(node) && ((overlaps && incoming.GetValueOrDefault(node) > 1) || hasUnevaluated);
        }

        Spread(nodes.Where(static n => n.MayWarn), users, static _ => true, static n => n.MayWarn, static n => n.MayWarn = true);
        foreach (var node in nodes)
        {
            foreach (var keyword in node.Keywords)
            {
                keyword.MayWarn = node.MayWarn && keyword.Edges.Any(static e => e.Target.MayWarn);
            }
        }

        Spread(nodes.Where(static n => n.IsSecret), users, static inPlace => inPlace, static n => n.IsSecret, static n => n.IsSecret = true);
        foreach (var node in nodes)
        {
            node.MayHoldSecret = node.IsSecret;
        }

        Spread(nodes.Where(static n => n.IsSecret), users, static _ => true, static n => n.MayHoldSecret, static n => n.MayHoldSecret = true);
    }

    /// <summary>Carries a fact from schemas to those that lead to them.</summary>
    private static void Spread(
        IEnumerable<SchemaNode> from,
        Dictionary<SchemaNode, List<(SchemaNode User, bool InPlace)>> users,
        Func<bool, bool> follows,
        Func<SchemaNode, bool> has,
        Action<SchemaNode> set)
    {
        var pending = new Stack<SchemaNode>(from);
        while (pending.TryPop(out var node))
        {
            if (!users.TryGetValue(node, out var list))
            {
                continue;
            }

            foreach (var (user, inPlace) in list)
            {
                if (follows(inPlace) && !has(user))
                {
                    set(user);
                    pending.Push(user);
                }
            }
        }
    }
}
