using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Features;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>Puts a document and its schema together. The store waits for a schema that is slow to come for a bounded time only.</summary>
internal sealed class SnapshotSource(WorkspaceSchemas workspace)
{
    /// <summary>The snapshot with the schema that is there in time. Parses the document, so it must not be called in the request queue.</summary>
    public async ValueTask<PreparedSnapshot> PrepareAsync(OpenDocument document, CancellationToken cancellation)
    {
        SchemaLookup lookup = document.ParsedUri is { } uri
            ? await workspace.Store.GetSchemaAsync(uri, document.Tree, cancellation).ConfigureAwait(false)
            : SchemaLookup.None;
        return new PreparedSnapshot(new DocumentSnapshot(document.Uri, document.Version, document.Tree, lookup.Schema, document.Dialect), lookup);
    }
}

/// <summary>A snapshot, and how it came by its schema.</summary>
/// <param name="Snapshot">What features answer from.</param>
/// <param name="Lookup">Where the schema came from, and what could not be loaded.</param>
internal readonly record struct PreparedSnapshot(DocumentSnapshot Snapshot, SchemaLookup Lookup);
