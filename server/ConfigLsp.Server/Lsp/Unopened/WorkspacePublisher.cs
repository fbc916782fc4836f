using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Unopened;

/// <summary>Pushes the findings of the settings files that are not open to a client that does not pull. Open ones have their own publisher.</summary>
internal sealed class WorkspacePublisher(
    SessionState state, UnopenedFindings findings, WorkspacePulse pulse, LspClient client, ServerLog log, ErrorRecord errors)
{
    private readonly Dictionary<DocumentUri, string> _published = [];

    /// <summary>Publishes until the pulse is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!pulse.IsStopped)
        {
            long seen = pulse.Count;
            try
            {
                await PublishAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                // A bug that one file shows must not end the publishing of the others' next state.
                log.Failure("The findings of the workspace could not be computed.", exception);
                errors.Add($"The findings of the workspace could not be computed ({exception.GetType().Name}).");
            }

            await pulse.WaitAsync(seen, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
                return;
        }
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        var gone = new HashSet<DocumentUri>(_published.Keys);
        await foreach (FileFindings found in findings.ComputeAsync(cancellation).ConfigureAwait(false))
        {
            gone.Remove(found.Uri);
            bool isKnown = _published.TryGetValue(found.Uri, out string? id);
            if ((isKnown ? id == found.ResultId : found.Items.Count == 0) || FindOpen(found.Uri) is not null)
                continue;
            _published[found.Uri] = found.ResultId;
            await client.PublishAsync(new PublishDiagnosticsParams(found.Uri.Text, Version: null, found.Items)).ConfigureAwait(false);
        }

        foreach (DocumentUri uri in gone)
        {
            _published.Remove(uri);
            // The publisher of the open document replaces them, under the name that the client has for it.
            if (FindOpen(uri)?.Uri != uri.Text)
                await client.PublishAsync(new PublishDiagnosticsParams(uri.Text, Version: null, [])).ConfigureAwait(false);
        }
    }

    private OpenDocument? FindOpen(DocumentUri uri) => state.Documents.All.FirstOrDefault(document => uri.Equals(document.ParsedUri));
}
