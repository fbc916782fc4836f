using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>A request that is answered with an error in its turn: unknown, or with parameters that cannot be read.</summary>
internal sealed class RefusedRequest(string method, RequestId id, RpcError error, RequestReplies replies) : InFlightRequest(method, id, replies)
{
    protected override ValueTask StartAsync() => Replies.ErrorAsync(this, error);
}

/// <summary>A request that holds the queue until it is answered.</summary>
internal sealed class OrderedRequest<TParams, TResult>(
    string method,
    RequestId id,
    TParams parameters,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, CancellationToken, ValueTask<TResult>> handle,
    RequestReplies replies) : InFlightRequest(method, id, replies)
{
    protected override async ValueTask StartAsync()
    {
        TResult result;
        try
        {
            result = await handle(parameters, Cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await Replies.FailAsync(this, exception).ConfigureAwait(false);
            return;
        }

        await Replies.ResultAsync(this, result, resultType).ConfigureAwait(false);
    }
}

/// <summary>A request that takes its snapshot in the queue and then runs on the thread pool.</summary>
internal sealed class ConcurrentRequest<TParams, TSnapshot, TResult>(
    string method,
    RequestId id,
    TParams parameters,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, TSnapshot> capture,
    Func<TSnapshot, TParams, CancellationToken, ValueTask<TResult>> handle,
    RequestReplies replies) : InFlightRequest(method, id, replies), IThreadPoolWorkItem
{
    private TSnapshot _snapshot = default!;

    void IThreadPoolWorkItem.Execute() => _ = HandleAsync();

    protected override ValueTask StartAsync()
    {
        try
        {
            _snapshot = capture(parameters);
        }
        catch (Exception exception)
        {
            return Replies.FailAsync(this, exception);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return ValueTask.CompletedTask;
    }

    private async Task HandleAsync()
    {
        TResult result;
        try
        {
            Cancellation.ThrowIfCancellationRequested();
            result = await handle(_snapshot, parameters, Cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await Replies.FailAsync(this, exception).ConfigureAwait(false);
            return;
        }

        await Replies.ResultAsync(this, result, resultType).ConfigureAwait(false);
    }
}

/// <summary>A request that begins in the queue and ends wherever its work does.</summary>
internal sealed class PipelinedRequest<TParams, TResult>(
    string method,
    RequestId id,
    TParams parameters,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, CancellationToken, ValueTask<TResult>> handle,
    Action<TResult>? answered,
    RequestReplies replies) : InFlightRequest(method, id, replies)
{
    protected override ValueTask StartAsync()
    {
        ValueTask<TResult> work;
        try
        {
            work = handle(parameters, Cancellation);
        }
        catch (Exception exception)
        {
            return Replies.FailAsync(this, exception);
        }

        if (work.IsCompletedSuccessfully)
            return AnswerAsync(work.Result);
        _ = FinishAsync(work);
        return ValueTask.CompletedTask;
    }

    private async Task FinishAsync(ValueTask<TResult> work)
    {
        TResult result;
        try
        {
            result = await work.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await Replies.FailAsync(this, exception).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(result).ConfigureAwait(false);
    }

    private ValueTask AnswerAsync(TResult result) =>
        answered is null ? Replies.ResultAsync(this, result, resultType) : AnswerAsync(result, answered);

    private async ValueTask AnswerAsync(TResult result, Action<TResult> after)
    {
        await Replies.ResultAsync(this, result, resultType).ConfigureAwait(false);
        try
        {
            after(result);
        }
        catch (Exception exception)
        {
            Replies.LogFailure(Method, string.Empty, exception);
        }
    }
}
