using System.Buffers;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>Decides about each message as it is read: queue it, cancel something, complete a request of ours, or refuse it at once.</summary>
internal sealed class MessageDispatcher(
    RpcHandlers handlers,
    RpcLimits limits,
    RpcLog log,
    RpcStatistics statistics,
    RequestReplies replies,
    RequestQueue queue,
    PendingRequests pending,
    FrameWriter writer)
{
    private const string CancelMethod = "$/cancelRequest";

    /// <summary>Uses the body only during the call.</summary>
    public ImmediateReply Dispatch(in ReadOnlySequence<byte> body)
    {
        statistics.CountMessage();
        MessageHead head = MessageParser.Parse(body, handlers, limits.Depth);
        switch (head.Kind)
        {
            case MessageKind.Request:
                return DispatchRequest(in head, body.Length);
            case MessageKind.Notification:
                return DispatchNotification(in head, body.Length);
            case MessageKind.Response:
                Complete(in head);
                return default;
            default:
                Warn(head.Fault!.Message);
                return new ImmediateReply(head.Id, head.Fault);
        }
    }

    /// <returns>False when nobody can be told, so that the connection has to close.</returns>
    public async ValueTask<bool> AnswerOversizedAsync(Frame frame)
    {
        statistics.CountMessage();
        Warn(frame.Detail!);
        var error = new RpcError(RpcErrorCodes.InvalidRequest, frame.Detail!);
        if (!frame.Prefix.IsResponse)
        {
            if (frame.Prefix.Id.IsNull && frame.Prefix.Method is { } method && handlers.MayBeNotification(method, out NotificationMethod? instead))
            {
                // It wants no answer, and what comes after it can be read.
                if (instead is not null)
                    Queue(instead, new ReadOnlySequence<byte>(frame.Prefix.Params));
                return true;
            }

            await writer.SendErrorAsync(frame.Prefix.Id, error).ConfigureAwait(false);
            return !frame.Prefix.Id.IsNull;
        }

        if (!frame.Prefix.Id.TryGetInteger(out long id) || !pending.TryTake(id, out PendingRequest? request))
            return false;
        request!.Fail(new RpcException(error));
        return true;
    }

    private ImmediateReply DispatchRequest(in MessageHead head, long bytes)
    {
        if (replies.IsOpen(head.Id))
        {
            Warn("A request has the id of one that is still open.");
            return new ImmediateReply(head.Id, new RpcError(RpcErrorCodes.InvalidRequest, "A request with this id is still open."));
        }

        if (!replies.Admission.TryEnterRequest())
            return new ImmediateReply(head.Id, RpcError.Overloaded(limits.RequestsInFlight));
        InFlightRequest request = head.Handler switch
        {
            RequestMethod method => method.Read(head.Id, head.Params, replies),
            null => new RefusedRequest(
                head.Method, head.Id, new RpcError(RpcErrorCodes.MethodNotFound, $"There is no method '{head.Method}'."), replies),
            _ => new RefusedRequest(
                head.Method, head.Id, new RpcError(RpcErrorCodes.InvalidRequest, $"'{head.Method}' is a notification; send it without an id."), replies),
        };
        replies.Admission.Enter(request, bytes);
        replies.TryOpen(request);
        queue.Add(request);
        return default;
    }

    private ImmediateReply DispatchNotification(in MessageHead head, long bytes)
    {
        switch (head.Handler)
        {
            case ExitMethod:
                return new ImmediateReply(IsExit: true);
            case NotificationMethod method:
                Queue(method, head.Params, bytes);
                return default;
            case null when head.Method == CancelMethod && CancelledId(in head) is { IsNull: false } id:
                return new ImmediateReply(Cancelled: id);
            default:
                // Unknown notifications are to be ignored (LSP 3.17, "$ Notifications and Requests"; JSON-RPC answers none).
                return default;
        }
    }

    private void Queue(NotificationMethod method, in ReadOnlySequence<byte> parameters, long bytes = 0)
    {
        if (method.Read(parameters, replies, out _) is not { } call)
        {
            Warn(method.Name + " was dropped: its parameters cannot be read.");
            if (handlers.FindInstead(method.Name) is { } instead)
                Queue(instead, parameters, bytes);
            return;
        }

        replies.Admission.Enter(call, bytes);
        queue.Add(call);
    }

    private RequestId CancelledId(in MessageHead head)
    {
        Utf8JsonReader reader = MessageHead.Reader(head.Params, limits.Depth);
        if (head.Params.IsEmpty || !reader.Read())
            return default;
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && RequestId.TryRead(ref reader, out RequestId id))
                return id;
            reader.Skip();
        }

        return default;
    }

    private void Complete(in MessageHead head)
    {
        if (!head.Id.TryGetInteger(out long id) || !pending.TryTake(id, out PendingRequest? request))
        {
            statistics.CountUnmatched();
            return;
        }

        if (head.Error.IsEmpty)
            request!.Answer(head.Result.IsEmpty ? NullJson : head.Result, limits.Depth);
        else
            request!.Fail(new RpcException(ReadError(head.Error)));
    }

    private RpcError ReadError(in ReadOnlySequence<byte> json)
    {
        try
        {
            Utf8JsonReader reader = MessageHead.Reader(json, limits.Depth);
            if (JsonSerializer.Deserialize(ref reader, RpcJsonContext.Default.RpcError) is { Message: not null } error)
                return error;
        }
        catch (JsonException)
        {
            // Told below.
        }

        return new RpcError(RpcErrorCodes.InternalError, "The client answered with an error that cannot be read.");
    }

    private void Warn(string fault)
    {
        // A hostile or broken client must not fill the log.
        long count = statistics.CountMalformed();
        if (count <= 20 || count % 1000 == 0)
            log.Warning($"Malformed message {count} of this connection: {fault}");
    }

    private static ReadOnlySequence<byte> NullJson { get; } = new("null"u8.ToArray());
}

/// <summary>What the reader does after a message, once its bytes are given back.</summary>
/// <param name="Id">The id to answer to.</param>
/// <param name="Error">The error to answer with, if any.</param>
/// <param name="Cancelled">The request to cancel, if any.</param>
/// <param name="IsExit">The connection ends here.</param>
internal readonly record struct ImmediateReply(RequestId Id = default, RpcError? Error = null, RequestId Cancelled = default, bool IsExit = false)
{
    public ValueTask SendAsync(FrameWriter writer, RequestReplies replies)
    {
        if (Error is not null)
            return writer.SendErrorAsync(Id, Error);
        return Cancelled.IsNull ? ValueTask.CompletedTask : replies.CancelAsync(Cancelled);
    }
}
