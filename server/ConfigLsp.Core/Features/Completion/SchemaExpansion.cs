using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>The schemas that a value not yet written would have to fit.</summary>
internal static class SchemaExpansion
{
    /// <summary>Recursive schemas are unfolded no further than a list can show.</summary>
    private const int MaxSchemas = 500;

    /// <summary>The schemas at the place of a completion: of the value there, or of the element that an array lacks.</summary>
    public static IEnumerable<SchemaNode> OfValue(DocumentSnapshot snapshot, CompletionPlace place, CancellationToken cancellationToken)
    {
        if (!place.Existing.IsNone)
        {
            return Unfold(SchemaEvaluator.FindApplicableToReplacement(snapshot.Tree, snapshot.Schema!, place.Existing, cancellationToken).Select(static found => found.Schema));
        }

        return place.Container.Kind == SyntaxKind.Document
            ? Unfold([snapshot.Schema!.Root])
            : Unfold(OfContainer(snapshot, place.Container, cancellationToken).Select(schema => Element(schema, place.ElementIndex)).OfType<SchemaNode>());
    }

    /// <summary>The schemas of an object or array.</summary>
    public static IEnumerable<SchemaNode> OfContainer(DocumentSnapshot snapshot, SyntaxNode container, CancellationToken cancellationToken) =>
        SchemaEvaluator.FindApplicable(snapshot.Tree, snapshot.Schema!, container, cancellationToken).Select(static found => found.Schema);

    /// <summary>The schemas and all that they refer to or combine, each once, nearest first.</summary>
    public static IEnumerable<SchemaNode> Unfold(IEnumerable<SchemaNode> schemas)
    {
        var seen = new HashSet<SchemaNode>();
        var queue = new Queue<SchemaNode>(schemas);
        while (seen.Count < MaxSchemas && queue.TryDequeue(out var schema))
        {
            if (!seen.Add(schema))
            {
                continue;
            }

            yield return schema;
            if (schema.Reference is { } reference)
            {
                queue.Enqueue(reference);
            }

            foreach (var part in schema.AllOf.Concat(schema.AnyOf).Concat(schema.OneOf))
            {
                queue.Enqueue(part);
            }
        }
    }

    private static SchemaNode? Element(SchemaNode schema, int index) => index < schema.PrefixItems.Length ? schema.PrefixItems[index] : schema.Items;
}
