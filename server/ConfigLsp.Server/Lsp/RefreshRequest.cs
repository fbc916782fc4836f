using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>Asks the client to ask again for one kind of thing that it shows. What happens while it has not answered makes one further request.</summary>
internal sealed class RefreshRequest(string method, LspClient client, CancellationToken stopped)
{
    private readonly Lock _lock = new();
    private bool _asking;
    private bool _again;

    /// <summary>Returns at once; called from any thread.</summary>
    public void Send()
    {
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
                await client.RefreshAsync(method, stopped).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is RpcException or RpcConnectionClosedException or OperationCanceledException)
            {
                // The client asks again when it likes; nothing else depends on its answer.
            }
        }
    }
}
