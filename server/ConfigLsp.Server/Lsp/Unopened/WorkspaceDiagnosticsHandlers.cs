using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>
/// Answers <c>workspace/diagnostic</c> for the settings files that are not open; of those that are open, for which the client asks one by one, nothing
/// is said. Where nothing is new for the client, the answer waits until something may be (LSP 3.17, "Workspace Diagnostics").
/// </summary>
internal sealed class WorkspaceDiagnosticsHandlers(SessionState state, UnopenedFindings findings, LspClient client)
{
    /// <summary>How many files are told at a time to a client that takes partial results.</summary>
    private const int BatchSize = 50;

    public void Register(RpcHandlers handlers) => handlers.OnConcurrentRequest(
        "workspace/diagnostic",
        LspJsonContext.Default.WorkspaceDiagnosticParams,
        LspJsonContext.Default.WorkspaceDiagnosticReport,
        static _ => 0,
        (_, parameters, cancellation) => PullAsync(parameters, cancellation));

    private async ValueTask<WorkspaceDiagnosticReport> PullAsync(WorkspaceDiagnosticParams parameters, CancellationToken cancellation)
    {
        var previous = new Dictionary<DocumentUri, string>();
        foreach (PreviousResultId known in parameters.PreviousResultIds ?? [])
        {
            if (DocumentUri.TryParse(known.Uri, out DocumentUri? uri))
                previous[uri] = known.Value;
        }

        while (true)
        {
            long seen = state.Pulse.Count;
            (List<WorkspaceDocumentReport> reports, bool isNew) = await ReportAsync(parameters, previous, cancellation).ConfigureAwait(false);
            if (isNew || previous.Count == 0 || state.Pulse.IsStopped)
                return new WorkspaceDiagnosticReport(reports);
            await state.Pulse.WaitAsync(seen, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(List<WorkspaceDocumentReport> Reports, bool IsNew)> ReportAsync(
        WorkspaceDiagnosticParams parameters, Dictionary<DocumentUri, string> previous, CancellationToken cancellation)
    {
        var reports = new List<WorkspaceDocumentReport>();
        Dictionary<DocumentUri, ClosedDocument> closed = state.Closed.Untold.ToDictionary(static document => document.Uri);
        var others = new HashSet<DocumentUri>(previous.Where(static known => known.Value != None).Select(static known => known.Key).Concat(closed.Keys));
        bool isNew = false;
        await foreach (FileFindings found in findings.ComputeAsync(cancellation).ConfigureAwait(false))
        {
            others.Remove(found.Uri);
            bool isKnown = previous.TryGetValue(found.Uri, out string? id) && id == found.ResultId && !closed.ContainsKey(found.Uri);
            isNew |= !isKnown;
            reports.Add(isKnown
                ? new UnchangedWorkspaceReport(found.Uri.Text, found.ResultId)
                : new FullWorkspaceReport(found.Uri.Text, found.ResultId, found.Items));
            // As long as nothing is new, the answer may still be to wait.
            if (isNew && reports.Count >= BatchSize && parameters.PartialResultToken is { ValueKind: not System.Text.Json.JsonValueKind.Undefined } token)
            {
                await client.ProgressAsync(new WorkspaceDiagnosticProgress(token, new WorkspaceDiagnosticReport([.. reports]))).ConfigureAwait(false);
                reports.Clear();
            }
        }

        // The files that are gone or not looked at any more.
        foreach (DocumentUri uri in others.Where(uri => state.Documents.FindText(uri) is null))
        {
            isNew = true;
            reports.Add(new FullWorkspaceReport(uri.Text, None, []));
        }

        foreach (ClosedDocument document in closed.Values)
            state.Closed.Told(document);
        return (reports, isNew);
    }

    /// <summary>The name of the result of a file that is gone, or not looked at any more.</summary>
    private const string None = "none";
}
