using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>
/// Brings all shown findings up to date after settings or schemas changed: by pushing again, or by asking a client that pulls to pull again.
/// Several changes while the client has not answered make one further request.
/// </summary>
internal sealed class DiagnosticsRefresh(SessionState state, DiagnosticsPublisher publisher, LspClient client, CancellationToken stopped)
{
    private readonly Lock _lock = new();
    private bool _asking;
    private bool _again;

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
        {
            publisher.ScheduleAgain(which);
            return;
        }

        if (!state.Features.RefreshesDiagnostics)
            return;
        lock (_lock)
        {
            _again = true;
            if (_asking)
                return;
            _asking = true;
        }

        _ = Task.Run(AskAsync, CancellationToken.None);
    }

    private async Task AskAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (!_again || stopped.IsCancellationRequested)
                {
                    _asking = false;
                    return;
                }

                _again = false;
            }

            try
            {
                await client.RefreshDiagnosticsAsync(stopped).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is RpcException or RpcConnectionClosedException or OperationCanceledException)
            {
                // The client pulls again when it likes; nothing else depends on its answer.
            }
        }
    }
}
