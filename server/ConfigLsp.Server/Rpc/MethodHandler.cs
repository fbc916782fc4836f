using System.Buffers;
using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>A registered method: turns the <c>params</c> of a message into a typed call.</summary>
internal abstract class MethodHandler(string name)
{
    public string Name { get; } = name;
}

/// <summary>A method that answers.</summary>
internal abstract class RequestMethod(string name) : MethodHandler(name)
{
    public abstract InFlightRequest Read(RequestId id, in ReadOnlySequence<byte> parameters, RequestReplies replies);
}

/// <summary>A method without an answer.</summary>
internal abstract class NotificationMethod(string name) : MethodHandler(name)
{
    public abstract IncomingCall? Read(in ReadOnlySequence<byte> parameters, RequestReplies replies, out RpcError? error);
}

internal sealed class NotificationMethod<TParams>(
    string name, JsonTypeInfo<TParams> paramsType, Func<TParams, CancellationToken, ValueTask> handle, ParamsShape shape)
    : NotificationMethod(name)
{
    public override IncomingCall? Read(in ReadOnlySequence<byte> parameters, RequestReplies replies, out RpcError? error)
    {
        error = ParamsReader.Read(parameters, shape, paramsType, Name, replies, out TParams? value);
        return error is null ? new NotificationCall<TParams>(Name, value!, handle, replies) : null;
    }
}

internal sealed class OrderedMethod<TParams, TResult>(
    string name,
    JsonTypeInfo<TParams> paramsType,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, CancellationToken, ValueTask<TResult>> handle,
    ParamsShape shape) : RequestMethod(name)
{
    public override InFlightRequest Read(RequestId id, in ReadOnlySequence<byte> parameters, RequestReplies replies) =>
        ParamsReader.Read(parameters, shape, paramsType, Name, replies, out TParams? value) is { } error
            ? new RefusedRequest(Name, id, error, replies)
            : new OrderedRequest<TParams, TResult>(Name, id, value!, resultType, handle, replies);
}

internal sealed class ConcurrentMethod<TParams, TSnapshot, TResult>(
    string name,
    JsonTypeInfo<TParams> paramsType,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, TSnapshot> capture,
    Func<TSnapshot, TParams, CancellationToken, ValueTask<TResult>> handle,
    ParamsShape shape) : RequestMethod(name)
{
    public override InFlightRequest Read(RequestId id, in ReadOnlySequence<byte> parameters, RequestReplies replies) =>
        ParamsReader.Read(parameters, shape, paramsType, Name, replies, out TParams? value) is { } error
            ? new RefusedRequest(Name, id, error, replies)
            : new ConcurrentRequest<TParams, TSnapshot, TResult>(Name, id, value!, resultType, capture, handle, replies);
}

internal sealed class PipelinedMethod<TParams, TResult>(
    string name,
    JsonTypeInfo<TParams> paramsType,
    JsonTypeInfo<TResult> resultType,
    Func<TParams, CancellationToken, ValueTask<TResult>> handle,
    Action<TResult>? answered,
    ParamsShape shape) : RequestMethod(name)
{
    public override InFlightRequest Read(RequestId id, in ReadOnlySequence<byte> parameters, RequestReplies replies) =>
        ParamsReader.Read(parameters, shape, paramsType, Name, replies, out TParams? value) is { } error
            ? new RefusedRequest(Name, id, error, replies)
            : new PipelinedRequest<TParams, TResult>(Name, id, value!, resultType, handle, answered, replies);
}

/// <summary>The notification that ends the connection.</summary>
internal sealed class ExitMethod(string name) : MethodHandler(name);
