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
    public void Now()
    {
        state.Advance();
        if (!state.Features.PullsDiagnostics)
        {
            publisher.ScheduleAll();
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

    /// <summary>As <see cref="Now"/>, when something that is on its way has come.</summary>
    public void When(Task arrival) => _ = arrival.ContinueWith(
        static (task, refresh) =>
        {
            if (!task.IsCanceled)
                ((DiagnosticsRefresh)refresh!).Now();
        },
        this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

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
