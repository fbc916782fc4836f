using System.Collections.Immutable;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Navigation;

/// <summary>Where the schema describes what is under the caret.</summary>
public static class SchemaPlaces
{
    private const int MaxPlaces = 20;

    /// <summary>
    /// The places, the decisive first: those that apply whatever the document comes to say, nearest to the key before what it refers to; without any,
    /// those of the branches that may be meant.
    /// </summary>
    public static ImmutableArray<SchemaOrigin> Find(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is not { } schema || HoverFeature.FindTarget(snapshot.Tree, offset) is not { } target)
        {
            return [];
        }

        var applicable = SchemaEvaluator.FindApplicable(snapshot.Tree, schema, target.Value, cancellationToken);
        var certain = applicable.Where(static a => a.IsCertain && !a.Schema.Origin.Node.IsNone).ToArray();
        return [.. (certain.Length > 0 ? certain : applicable.Where(static a => !a.Schema.Origin.Node.IsNone))
            .Select(static a => a.Schema.Origin)
            .DistinctBy(static origin => (origin.Uri, origin.Span))
            .Take(MaxPlaces)];
    }

    /// <summary>The string under the caret that is a path by its schema; no node where there is none.</summary>
    public static SyntaxNode FindPath(DocumentSnapshot snapshot, int offset, CancellationToken cancellationToken)
    {
        var node = snapshot.Tree.FindNode(offset);
        return snapshot.Schema is { } schema
            && node.Kind == SyntaxKind.String
            && SchemaEvaluator.FindApplicable(snapshot.Tree, schema, node, cancellationToken).Any(static a => a.Schema.Format is "safe-path" or "path" or "file-path")
                ? node
                : default;
    }
}
