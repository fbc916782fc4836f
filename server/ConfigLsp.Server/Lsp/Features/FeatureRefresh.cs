using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Asks the client to ask again for what it shows beside the text, because settings, schemas or other sources changed. Changes while the client has
/// not answered make one further request of each kind.
/// </summary>
internal sealed class FeatureRefresh(SessionState state, LspClient client, CancellationToken stopped)
{
    private readonly Lock _lock = new();
    private bool _asking;
    private bool _again;

    /// <summary>What is shown may be wrong now. Returns at once; called from any thread.</summary>
    public void Now()
    {
        lock (_lock)
        {
            _again = true;
            if (_asking || !state.Lifecycle.IsServing)
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

            if (state.Features.RefreshesSemanticTokens)
                await AskAsync("workspace/semanticTokens/refresh").ConfigureAwait(false);
            if (state.Features.RefreshesInlayHints)
                await AskAsync("workspace/inlayHint/refresh").ConfigureAwait(false);
            if (state.Features.RefreshesCodeLenses)
                await AskAsync("workspace/codeLens/refresh").ConfigureAwait(false);
        }
    }

    private async Task AskAsync(string method)
    {
        try
        {
            await client.RefreshAsync(method, stopped).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or RpcConnectionClosedException or OperationCanceledException)
        {
            // The client asks again when it likes; nothing else depends on its answer.
        }
    }
}
