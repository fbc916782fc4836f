using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Keywords;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Cuts references that lead back to themselves for the same instance, such as <c>{"$ref": "#"}</c> at the root: they demand nothing that can
/// be checked, and following them would never end. Dynamic references with several targets are left to the evaluator's depth limit.
/// </summary>
internal static class SchemaCycles
{
    /// <summary>Schemas looked at for each of the compilation. Beyond that a circle may remain, which the evaluator's depth limit ends.</summary>
    private const long LooksPerNode = 64;

    /// <summary>Looks at all schemas of one compilation, in the order in which they were found.</summary>
    public static void Break(IReadOnlyList<SchemaNode> nodes, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
    {
        var finished = new HashSet<SchemaNode>();
        var looks = nodes.Count * LooksPerNode;
        foreach (var start in nodes)
        {
            if (!finished.Contains(start) && Edges(start).Any())
            {
                Walk(start, finished, ref looks, problem);
            }
        }
    }

    /// <summary>Depth-first along the edges to the same instance, without recursion.</summary>
    private static void Walk(SchemaNode start, HashSet<SchemaNode> finished, ref long looks, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
    {
        var open = new HashSet<SchemaNode> { start };
        var path = new Stack<Step>();
        path.Push(new Step(start, By: null, Edges(start).GetEnumerator()));
        while (path.TryPeek(out var top))
        {
            if (!top.Next.MoveNext())
            {
                path.Pop();
                open.Remove(top.Node);
                finished.Add(top.Node);
                continue;
            }

            var (keyword, target) = top.Next.Current;
            if (!open.Contains(target))
            {
                if (!finished.Contains(target))
                {
                    open.Add(target);
                    path.Push(new Step(target, keyword, Edges(target).GetEnumerator()));
                }

                continue;
            }

            // Only a reference can be cut: what is written within a schema is a part of it. Every circle has one, since nothing is written within
            // itself. The way beyond it is no way any more, and is looked at again when something else leads there.
            while (keyword is not ReferenceKeyword && path.Count > 1)
            {
                var left = path.Pop();
                open.Remove(left.Node);
                if (--looks < 0)
                {
                    finished.Add(left.Node);
                }

                keyword = left.By!;
            }

            if (keyword is ReferenceKeyword reference)
            {
                Cut(reference, problem);
            }
        }
    }

    private static void Cut(ReferenceKeyword reference, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
    {
        var (owner, name, value) = reference.Site;
        problem(
            DiagnosticCatalog.UnresolvedReference,
            $"The reference `{ValueText.Shorten(value.GetString())}` leads back to itself without describing a part of the value, so it is not checked.",
            owner.Origin with { Node = value });
        SchemaGraph.SetKeywords(owner, [.. owner.Keywords.Where(k => !ReferenceEquals(k, reference))]);
        owner.Reference = owner.Keywords.OfType<ReferenceKeyword>().FirstOrDefault()?.Target;
    }

    private static IEnumerable<(Keyword Keyword, SchemaNode Target)> Edges(SchemaNode node) => node.Keywords.SelectMany(static k => k switch
    {
        ReferenceKeyword { HasSeveralTargets: true } or DynamicTargetsKeyword => [],
        ReferenceKeyword reference => [(k, reference.Target)],
        _ => k.Edges.Where(static e => e.InPlace).Select(e => (k, e.Target)),
    });

    /// <summary>A schema on the way, the keyword that led to it, and what it leads to.</summary>
    private readonly record struct Step(SchemaNode Node, Keyword? By, IEnumerator<(Keyword Keyword, SchemaNode Target)> Next);
}
