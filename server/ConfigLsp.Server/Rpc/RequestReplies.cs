using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>Every request in flight and the one way to answer it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, and late handlers still hold its token.")]
internal sealed class RequestReplies(RpcHandlers handlers, RpcLimits limits, RpcLog log, RpcStatistics statistics, FrameWriter writer)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RequestId, InFlightRequest> _open = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly string _connection = Guid.NewGuid().ToString("N")[..8];
    private long _failures;

    public RpcLimits Limits { get; } = limits;

    public Admission Admission { get; } = new(limits);

    /// <summary>Cancelled when the connection no longer waits for its handlers.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>False when a request with that id is still open.</summary>
    public bool TryOpen(InFlightRequest request)
    {
        lock (_lock)
            return _open.TryAdd(request.Id, request);
    }

    public bool IsOpen(RequestId id)
    {
        lock (_lock)
            return _open.ContainsKey(id);
    }

    /// <summary>Cancels the request with that id, if there is one.</summary>
    public ValueTask CancelAsync(RequestId id)
    {
        InFlightRequest? request;
        lock (_lock)
            _open.TryGetValue(id, out request);
        return request?.Cancel(byClient: true) == true
            ? SendErrorAsync(request, new RpcError(RpcErrorCodes.RequestCancelled, "The request was cancelled."))
            : ValueTask.CompletedTask;
    }

    /// <summary>Asks the gate; null lets the message through. A gate that throws refuses.</summary>
    public RpcError? Refusal(string method, bool isRequest)
    {
        try
        {
            return handlers.Gate?.Invoke(method, isRequest);
        }
        catch (Exception exception)
        {
            return Internal(method, exception);
        }
    }

    public ValueTask ResultAsync<TResult>(InFlightRequest request, TResult result, JsonTypeInfo<TResult> type) =>
        request.TryClaim() ? SendResultAsync(request, result, type) : ValueTask.CompletedTask;

    public ValueTask ErrorAsync(InFlightRequest request, RpcError error) =>
        request.TryClaim() ? SendErrorAsync(request, error) : ValueTask.CompletedTask;

    public ValueTask FailAsync(InFlightRequest request, Exception exception) => ErrorAsync(request, exception switch
    {
        RpcException answer => answer.Error,
        OperationCanceledException when request.CancelledByClient => new RpcError(RpcErrorCodes.RequestCancelled, "The request was cancelled."),
        OperationCanceledException when Stopped.IsCancellationRequested => RpcError.ShuttingDown(),
        RpcConnectionClosedException => RpcError.ShuttingDown(),
        _ => Internal(request.Method, exception),
    });

    /// <summary>Logs the exception under a new request id and gives the error that tells the client that id.</summary>
    public RpcError Internal(string method, Exception exception)
    {
        string requestId = $"{_connection}-{Interlocked.Increment(ref _failures)}";
        LogFailure(method, requestId, exception);
        return RpcError.Internal(requestId);
    }

    public void LogFailure(string method, string requestId, Exception exception)
    {
        statistics.CountFailure();
        log.Failure(requestId, method, exception);
    }

    public void LeftQueue(InFlightRequest request)
    {
        if (request.ReleaseHold())
            Admission.Leave(request);
    }

    /// <summary>Cancels every open request and answers those that had not started.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        foreach (InFlightRequest request in Open())
        {
            if (request.Cancel(byClient: false))
                await SendErrorAsync(request, RpcError.ShuttingDown()).ConfigureAwait(false);
        }
    }

    /// <summary>Answers in place of handlers that did not react to their cancellation.</summary>
    public async Task AbandonAsync()
    {
        foreach (InFlightRequest request in Open())
            await ErrorAsync(request, RpcError.ShuttingDown()).ConfigureAwait(false);
    }

    private InFlightRequest[] Open()
    {
        lock (_lock)
            return [.. _open.Values];
    }

    private async ValueTask SendResultAsync<TResult>(InFlightRequest request, TResult result, JsonTypeInfo<TResult> type)
    {
        Close(request);
        Exception? failure = await writer.SendResultAsync(request.Id, result, type).ConfigureAwait(false);
        if (failure is not null)
            await writer.SendErrorAsync(request.Id, Internal(request.Method, failure)).ConfigureAwait(false);
        Release(request);
    }

    private async ValueTask SendErrorAsync(InFlightRequest request, RpcError error)
    {
        Close(request);
        await writer.SendErrorAsync(request.Id, error).ConfigureAwait(false);
        Release(request);
    }

    // Before the reply can reach the client, which may use the id again at once.
    private void Close(InFlightRequest request)
    {
        lock (_lock)
            _open.Remove(request.Id);
    }

    private void Release(InFlightRequest request)
    {
        if (request.ReleaseHold())
            Admission.Leave(request);
    }
}
