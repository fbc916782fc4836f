using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>Requests of the server that the client has not answered.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<long, PendingRequest> _open = [];
    private long _lastId;
    private volatile bool _closed;

    /// <summary>Set when a request was added.</summary>
    public AsyncSignal Added { get; } = new();

    public bool IsEmpty => _open.IsEmpty;

    public PendingRequest<TResult> Add<TResult>(string method, JsonTypeInfo<TResult> type)
    {
        var request = new PendingRequest<TResult>(Interlocked.Increment(ref _lastId), method, type);
        _open[request.Id] = request;
        // Tested after the insertion, so that a close in between finds the request or is seen here.
        if (_closed && _open.TryRemove(request.Id, out _))
            request.Close();
        Added.Set();
        return request;
    }

    /// <summary>Takes the request out; the first one to do so completes it.</summary>
    public bool TryTake(long id, out PendingRequest? request) => _open.TryRemove(id, out request);

    public void CloseAll()
    {
        _closed = true;
        foreach (long id in _open.Keys)
        {
            if (_open.TryRemove(id, out PendingRequest? request))
                request.Close();
        }
    }
}

/// <summary>One request of the server. Each of these ends it, and only the caller that took it out of the table calls one.</summary>
internal abstract class PendingRequest(long id, string method)
{
    public long Id { get; } = id;

    public string Method { get; } = method;

    public abstract void Answer(in ReadOnlySequence<byte> result, int depth);

    public abstract void Fail(Exception exception);

    public abstract void Cancel(CancellationToken cancellation);

    public void Close() => Fail(new RpcConnectionClosedException(Method));
}

internal sealed class PendingRequest<TResult>(long id, string method, JsonTypeInfo<TResult> type) : PendingRequest(id, method)
{
    // The waiter must not run on the thread that reads messages.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Task => _completion.Task;

    public override void Answer(in ReadOnlySequence<byte> result, int depth)
    {
        try
        {
            Utf8JsonReader reader = MessageHead.Reader(result, depth);
            _completion.TrySetResult(JsonSerializer.Deserialize(ref reader, type)!);
        }
        catch (Exception exception)
        {
            _completion.TrySetException(new RpcException(new RpcError(
                RpcErrorCodes.InvalidParams, $"The client's answer to '{Method}' is not of the expected form: {exception.GetType().Name}.")));
        }
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    public override void Cancel(CancellationToken cancellation) => _completion.TrySetCanceled(cancellation);
}
