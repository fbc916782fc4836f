using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>
/// Answers <c>workspace/diagnostic</c> for the settings files that are not open; those that are open the client asks for one by one. Where nothing is
/// new for the client, the answer waits until something may be (LSP 3.17, "Workspace Diagnostics").
/// </summary>
internal sealed class WorkspaceDiagnosticsHandlers(UnopenedFindings findings, WorkspacePulse pulse, LspClient client)
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
            long seen = pulse.Count;
            (List<WorkspaceDocumentReport> reports, bool isNew) = await ReportAsync(parameters, previous, cancellation).ConfigureAwait(false);
            if (isNew || previous.Count == 0 || pulse.IsStopped)
                return new WorkspaceDiagnosticReport(reports);
            await pulse.WaitAsync(seen, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(List<WorkspaceDocumentReport> Reports, bool IsNew)> ReportAsync(
        WorkspaceDiagnosticParams parameters, Dictionary<DocumentUri, string> previous, CancellationToken cancellation)
    {
        var reports = new List<WorkspaceDocumentReport>();
        var gone = new HashSet<DocumentUri>(previous.Keys);
        bool isNew = false;
        await foreach (FileFindings found in findings.ComputeAsync(cancellation).ConfigureAwait(false))
        {
            gone.Remove(found.Uri);
            bool isKnown = previous.TryGetValue(found.Uri, out string? id) && id == found.ResultId;
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

        foreach (DocumentUri uri in gone.Where(uri => previous[uri] != None))
        {
            isNew = true;
            reports.Add(new FullWorkspaceReport(uri.Text, None, []));
        }

        return (reports, isNew);
    }

    /// <summary>The name of the result of a file that is open, gone, or not looked at any more.</summary>
    private const string None = "none";
}
