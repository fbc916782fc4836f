using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Documents;

namespace ConfigLsp.Server.Lsp;

/// <summary>
/// Brings all that the client shows up to date after settings, schemas or other sources changed: by pushing findings again, and by asking a client
/// to ask again for what it asked for.
/// </summary>
internal sealed class ShownRefresh(SessionState state, DiagnosticsPublisher publisher, LspClient client, CancellationToken stopped)
{
    private readonly RefreshRequest _diagnostics = new("workspace/diagnostic/refresh", client, stopped);
    private readonly RefreshRequest _semanticTokens = new("workspace/semanticTokens/refresh", client, stopped);
    private readonly RefreshRequest _inlayHints = new("workspace/inlayHint/refresh", client, stopped);
    private readonly RefreshRequest _codeLenses = new("workspace/codeLens/refresh", client, stopped);

    /// <summary>Everything computed so far may be wrong now. Returns at once; called from any thread.</summary>
    public void Now() => Now(static _ => true);

    /// <summary>What was computed for these documents may be wrong now.</summary>
    public void Now(IReadOnlyCollection<DocumentUri> documents) => Now(document => document.ParsedUri is { } uri && documents.Contains(uri));

    /// <summary>What was computed for these documents may be wrong now.</summary>
    public void Now(Func<OpenDocument, bool> which)
    {
        state.Advance();
        state.Pulse.Beat();
        if (!state.Features.PullsDiagnostics)
            publisher.ScheduleAgain(which);
        if (!state.Lifecycle.IsServing)
            return;
        if (state.Features is { PullsDiagnostics: true, RefreshesDiagnostics: true })
            _diagnostics.Send();
        if (state.Features.RefreshesSemanticTokens)
            _semanticTokens.Send();
        if (state.Features.RefreshesInlayHints)
            _inlayHints.Send();
        if (state.Features.RefreshesCodeLenses)
            _codeLenses.Send();
    }
}
