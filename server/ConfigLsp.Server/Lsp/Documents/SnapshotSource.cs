using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>Puts a document and its schema together. A schema that is slow to come is waited for no longer than <see cref="SchemaWait"/>.</summary>
internal sealed class SnapshotSource(SchemaStore schemas, TimeProvider time)
{
    /// <summary>How long an answer waits for settings or for a schema that are on their way.</summary>
    public static TimeSpan SchemaWait { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The snapshot with what is there in time. Parses the document, so it must not be called in the request queue.</summary>
    public async ValueTask<PreparedSnapshot> PrepareAsync(OpenDocument document, CancellationToken cancellation)
    {
        if (!DocumentUri.TryParse(document.Uri, out DocumentUri? uri))
            return new PreparedSnapshot(Combine(document, schema: null), Lookup: null, Pending: null);
        ValueTask<SchemaLookup> lookup = schemas.GetSchemaAsync(uri, document.Tree, cancellation);
        if (lookup.IsCompletedSuccessfully)
            return Complete(document, lookup.Result);
        Task<SchemaLookup> pending = lookup.AsTask();
        try
        {
            return Complete(document, await pending.WaitAsync(SchemaWait, time, cancellation).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            return new PreparedSnapshot(Combine(document, schema: null), Lookup: null, pending);
        }
    }

    private static PreparedSnapshot Complete(OpenDocument document, SchemaLookup lookup) => new(Combine(document, lookup.Schema), lookup, Pending: null);

    private static DocumentSnapshot Combine(OpenDocument document, JsonSchema? schema) =>
        new(document.Uri, document.Version, document.Tree, schema, document.Dialect);
}

/// <summary>A snapshot, and how it came by its schema.</summary>
/// <param name="Snapshot">What features answer from.</param>
/// <param name="Lookup">Where the schema came from; null when no answer came in time.</param>
/// <param name="Pending">The search for the schema when it was not waited for any longer.</param>
internal readonly record struct PreparedSnapshot(DocumentSnapshot Snapshot, SchemaLookup? Lookup, Task<SchemaLookup>? Pending);
