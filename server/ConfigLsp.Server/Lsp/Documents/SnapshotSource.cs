using System.Collections.Immutable;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
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
        FileDialect dialect = DialectOf(document);
        return new PreparedSnapshot(
            new DocumentSnapshot(document.Uri, document.Version, document.Tree, lookup.Schema, dialect.Dialect, schemaMayOverride: !dialect.IsStated),
            lookup);
    }

    /// <summary>What compiling the document gives, where it is a schema itself.</summary>
    public ValueTask<ImmutableArray<SchemaProblem>> InspectAsync(OpenDocument document, SchemaLookup lookup, CancellationToken cancellation) =>
        document.ParsedUri is { } uri
            ? workspace.Store.InspectAsync(uri, document.Tree, lookup, cancellation)
            : new ValueTask<ImmutableArray<SchemaProblem>>([]);

    /// <summary>The languages of the editor say how strict they are; for ours the file decides, as on the command line.</summary>
    private FileDialect DialectOf(OpenDocument document) => (document.LanguageId, document.ParsedUri) switch
    {
        ("json", _) => new FileDialect(SyntaxDialect.Json, IsStated: false),
        ("jsonc", _) or (_, null) => new FileDialect(SyntaxDialect.JsonWithComments, IsStated: false),
        (_, { } uri) => FileDialect.Of(uri, workspace.Store.Associations),
    };
}

/// <summary>A snapshot, and how it came by its schema.</summary>
/// <param name="Snapshot">What features answer from.</param>
/// <param name="Lookup">Where the schema came from, and what could not be loaded.</param>
internal readonly record struct PreparedSnapshot(DocumentSnapshot Snapshot, SchemaLookup Lookup);
