namespace ConfigLsp.Server.Rpc;

/// <summary>A message with its parameters read, waiting for its turn in the queue.</summary>
internal abstract class IncomingCall(string method, RequestReplies replies)
{
    public string Method { get; } = method;

    /// <summary>What the message counts against <see cref="RpcLimits.BytesInFlight"/>.</summary>
    public long Charge { get; set; }

    protected RequestReplies Replies { get; } = replies;

    /// <summary>Runs at the head of the queue; the next message starts when the task completes. Throws nothing.</summary>
    public abstract ValueTask RunAsync();
}

internal sealed class NotificationCall<TParams>(
    string method, TParams parameters, Func<TParams, CancellationToken, ValueTask> handle, RequestReplies replies)
    : IncomingCall(method, replies)
{
    public override async ValueTask RunAsync()
    {
        if (Replies.Stopped.IsCancellationRequested || Replies.Refusal(Method, isRequest: false) is not null)
            return;
        try
        {
            await handle(parameters, Replies.Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Replies.Stopped.IsCancellationRequested)
        {
            // The connection is gone; there is nobody to tell.
        }
        catch (Exception exception)
        {
            Replies.LogFailure(Method, string.Empty, exception);
        }
    }
}
