using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Cuts references that lead back to themselves for the same instance, such as <c>{"$ref": "#"}</c> at the root: they demand nothing that can
/// be checked, and following them would never end. Dynamic references are left to the evaluator's depth limit.
/// </summary>
internal static class SchemaCycles
{
    public static void Break(SchemaNode root, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
    {
        var finished = new HashSet<SchemaNode>();
        var starts = new Stack<SchemaNode>();
        var seen = new HashSet<SchemaNode> { root };
        starts.Push(root);
        while (starts.TryPop(out var start))
        {
            if (!finished.Contains(start) && Neighbours(start).Any())
            {
                Walk(start, finished, problem);
            }

            foreach (var keyword in start.Keywords)
            {
                foreach (var edge in keyword.Edges)
                {
                    if (seen.Add(edge.Target))
                    {
                        starts.Push(edge.Target);
                    }
                }
            }
        }
    }

    /// <summary>Depth-first along the edges to the same instance, without recursion.</summary>
    private static void Walk(SchemaNode start, HashSet<SchemaNode> finished, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
    {
        var open = new HashSet<SchemaNode> { start };
        var path = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)>();
        path.Push((start, Neighbours(start).GetEnumerator()));
        while (path.TryPeek(out var top))
        {
            if (!top.Next.MoveNext())
            {
                path.Pop();
                open.Remove(top.Node);
                finished.Add(top.Node);
                continue;
            }

            var target = top.Next.Current;
            if (open.Contains(target))
            {
                problem(
                    DiagnosticCatalog.UnresolvedReference,
                    "The reference leads back to itself without describing a part of the value, so it is not checked.",
                    top.Node.Origin);
                SchemaGraph.SetKeywords(top.Node, [.. top.Node.Keywords.Where(k => !k.Edges.Any(e => e.InPlace && ReferenceEquals(e.Target, target)))]);
                if (ReferenceEquals(top.Node.Reference, target))
                {
                    top.Node.Reference = null;
                }
            }
            else if (!finished.Contains(target))
            {
                open.Add(target);
                path.Push((target, Neighbours(target).GetEnumerator()));
            }
        }
    }

    private static IEnumerable<SchemaNode> Neighbours(SchemaNode node) =>
        node.Keywords
            .Where(static k => k is not ReferenceKeyword { DynamicAnchor: not null })
            .SelectMany(static k => k.Edges)
            .Where(static e => e.InPlace)
            .Select(static e => e.Target);
}
