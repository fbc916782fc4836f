using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>Answers <c>textDocument/diagnostic</c>. A result stays valid until the text, the settings or the schemas change.</summary>
internal sealed class PullDiagnosticsHandlers(SessionState state, DocumentAnalysis analysis)
{
    public void Register(RpcHandlers handlers) => handlers.OnConcurrentRequest(
        "textDocument/diagnostic",
        LspJsonContext.Default.DocumentDiagnosticParams,
        LspJsonContext.Default.DocumentDiagnosticReport,
        Capture,
        PullAsync);

    private PullSnapshot Capture(DocumentDiagnosticParams parameters) => new(
        state.Documents.TryGet(parameters.TextDocument.Uri, out OpenDocument? document) ? document : null, state.Generation);

    private async ValueTask<DocumentDiagnosticReport> PullAsync(PullSnapshot snapshot, DocumentDiagnosticParams parameters, CancellationToken cancellation)
    {
        // A document that was closed meanwhile has no findings; asking for them is no fault of the client's.
        if (snapshot.Document is not { } document)
            return new FullDocumentDiagnosticReport("none", []);
        string resultId = $"{document.Stamp}.{snapshot.Generation}";
        if (parameters.PreviousResultId == resultId)
            return new UnchangedDocumentDiagnosticReport(resultId);

        AnalysisResult result = await analysis.AnalyzeAsync(document, cancellation).ConfigureAwait(false);
        var converter = new LspDiagnosticConverter(state.Features, state.Positions);
        return new FullDocumentDiagnosticReport(resultId, converter.Convert(document.Uri, result.Text, result.Set.Diagnostics.AsSpan()));
    }

    private readonly record struct PullSnapshot(OpenDocument? Document, long Generation);
}
