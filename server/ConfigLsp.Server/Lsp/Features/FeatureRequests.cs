using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Core.Features;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Requests about one document. Each takes the document as it is at its place in the queue and is computed beside everything else. A document that is
/// not open, for instance because it was closed meanwhile, gets the empty answer.
/// </summary>
internal sealed class FeatureRequests(SessionState state, SnapshotSource snapshots)
{
    /// <summary>What the client can do.</summary>
    public ClientFeatures Client => state.Features;

    /// <summary>Serves a method.</summary>
    /// <param name="handlers">Where it is registered.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">How its parameters are read.</param>
    /// <param name="results">How its result is written.</param>
    /// <param name="uriOf">The document that a request is about.</param>
    /// <param name="empty">The answer where that is not open.</param>
    /// <param name="answer">Computes the answer.</param>
    public void On<TParams, TResult>(
        RpcHandlers handlers,
        string method,
        JsonTypeInfo<TParams> parameters,
        JsonTypeInfo<TResult> results,
        Func<TParams, string> uriOf,
        TResult empty,
        Func<FeatureRequest, TParams, CancellationToken, ValueTask<TResult>> answer) => handlers.OnConcurrentRequest(
            method,
            parameters,
            results,
            asked => Capture(uriOf(asked)),
            (captured, asked, cancellation) => captured is { } request ? answer(request, asked, cancellation) : ValueTask.FromResult(empty));

    private FeatureRequest? Capture(string uri) => state.Documents.TryGet(uri, out OpenDocument? document)
        ? new FeatureRequest(document, state.Features, state.Positions, state.Settings, snapshots) { Documents = state.Documents.All }
        : null;
}

/// <summary>What a request is answered from: all of it as it was when the request was read.</summary>
/// <param name="Document">The document.</param>
/// <param name="Client">What the client can do.</param>
/// <param name="Positions">How it counts characters.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Snapshots">Finds the schema.</param>
internal sealed record FeatureRequest(
    OpenDocument Document, ClientFeatures Client, LspPositions Positions, Settings.LspSettings Settings, SnapshotSource Snapshots)
{
    /// <summary>All documents that are open.</summary>
    public required IReadOnlyCollection<OpenDocument> Documents { get; init; }

    /// <summary>The document with its schema, as far as that comes in time.</summary>
    public async ValueTask<DocumentSnapshot> PrepareAsync(CancellationToken cancellation) =>
        (await Snapshots.PrepareAsync(Document, cancellation).ConfigureAwait(false)).Snapshot;
}
