using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>Documents that are schemas themselves.</summary>
public sealed partial class SchemaStore
{
    /// <summary>The tracked documents that are schemas, with the documents that they refer to.</summary>
    private readonly ConcurrentDictionary<DocumentUri, ImmutableHashSet<DocumentUri>> _inspected = new();

    /// <summary>
    /// What cannot be used in a document that is a schema itself, besides what its meta-schema says; nothing for any other. Waits as
    /// <see cref="GetSchemaAsync"/> does, and what comes later is announced in the same way.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="tree">Its content, saved or not.</param>
    /// <param name="lookup">The schemas that apply to it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<ImmutableArray<SchemaProblem>> InspectAsync(DocumentUri document, SyntaxTree tree, SchemaLookup lookup, CancellationToken cancellationToken)
    {
        if (!lookup.DescribesSchemas || tree.Root.Kind != SyntaxKind.Object)
        {
            return [];
        }

        var inspection = SchemaInspection.RunAsync(document, tree, _sources);
        if (!inspection.IsCompleted && !await IsLoadedAsync(inspection, _options.LoadTimeout, cancellationToken))
        {
            _ = AnnounceWhenDoneAsync(document, inspection);
            return [];
        }

        var found = await inspection;
        if (_documents.ContainsKey(document))
        {
            _inspected[document] = found.Documents;
        }

        return found.Problems;
    }

    /// <summary>One of the embedded meta-schemas, or one of somebody's own, which says what vocabularies it is made of.</summary>
    private static bool IsMetaSchema(SchemaRoot root) =>
        MetaSchemas.Find(root.Uri) is not null
        || (root.Loading.Value is { IsCompletedSuccessfully: true, Result.Schema: { } schema } && schema.Root.Annotations.Keyword("$vocabulary"u8).Kind == SyntaxKind.Object);
}
