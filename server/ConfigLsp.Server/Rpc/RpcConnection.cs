using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;

namespace ConfigLsp.Server.Rpc;

/// <summary>One JSON-RPC 2.0 connection, framed as in LSP. See <see cref="RpcHandlers"/> for the order in which messages run.</summary>
internal sealed class RpcConnection
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly RpcLimits _limits;
    private readonly TimeProvider _time;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly RequestReplies _replies;
    private readonly RequestQueue _queue;
    private readonly PendingRequests _pending = new();
    private readonly MessageDispatcher _dispatcher;

    public RpcConnection(
        PipeReader input, PipeWriter output, RpcHandlers handlers, RpcLimits? limits = null, RpcLog? log = null, TimeProvider? time = null)
    {
        _input = input;
        _output = output;
        _limits = limits ?? RpcLimits.Default;
        _time = time ?? TimeProvider.System;
        _reader = new FrameReader(input, _limits);
        _writer = new FrameWriter(output, _limits);
        _replies = new RequestReplies(handlers, _limits, log ?? RpcLog.None, Statistics, _writer);
        _queue = new RequestQueue(_replies.Admission);
        _dispatcher = new MessageDispatcher(handlers, _limits, log ?? RpcLog.None, Statistics, _replies, _queue, _pending, _writer);
    }

    public RpcStatistics Statistics { get; } = new();

    /// <summary>Bytes that are read but not finished, and bytes that the client has not read: what the connection holds in memory.</summary>
    public (long Incoming, long Outgoing) BytesHeld => (_replies.Admission.Bytes, _writer.PendingBytes);

    /// <summary>
    /// Serves until the input ends or says <c>exit</c>, framing is lost, the output fails or <paramref name="stop"/> is cancelled. Then accepted
    /// messages may finish for <see cref="RpcLimits.DrainTime"/>, and whatever is left is answered with ShuttingDown. Both pipes are completed.
    /// </summary>
    public async Task<RpcClose> RunAsync(CancellationToken stop = default)
    {
        Task writing = Task.Run(_writer.RunAsync, CancellationToken.None);
        Task running = Task.Run(_queue.RunAsync, CancellationToken.None);
        // A client that no longer reads will not be served either: end the wait for its next message.
        _ = writing.ContinueWith(
            static (_, input) => ((PipeReader)input!).CancelPendingRead(),
            _input, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        RpcClose close = await ReadAsync(stop).ConfigureAwait(false);
        _reader.Release();
        _queue.Complete();
        // No answer can be read any more.
        _pending.CloseAll();
        if (!await DrainAsync(running, close.Reason == RpcCloseReason.OutputClosed ? TimeSpan.Zero : _limits.DrainTime).ConfigureAwait(false))
        {
            await _replies.StopAsync().ConfigureAwait(false);
            if (!await DrainAsync(running, _limits.CancelTime).ConfigureAwait(false))
                await _replies.AbandonAsync().ConfigureAwait(false);
        }

        // The last message, after the answers to all that could still be read.
        if (close.Reason == RpcCloseReason.FramingLost && _writer.PendingBytes <= _limits.OutgoingBytes)
            await _writer.SendErrorAsync(default, new RpcError(RpcErrorCodes.ParseError, $"{close.Detail} The connection closes.")).ConfigureAwait(false);
        await _writer.CompleteAsync(writing, _limits.CancelTime, _time).ConfigureAwait(false);
        await _input.CompleteAsync().ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
        return close;
    }

    /// <summary>Sends a notification. Completes when it is queued; waits while the client does not read. Await it to keep an order.</summary>
    /// <exception cref="NotSupportedException">or what else the serialisation of the payload throws.</exception>
    public async ValueTask NotifyAsync<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> type)
    {
        if (await _writer.SendCallAsync(method, id: null, parameters, type).ConfigureAwait(false) is { } failure)
            throw failure;
    }

    /// <summary>Asks the client. Cancelling sends <c>$/cancelRequest</c> and does not wait for the client's agreement.</summary>
    /// <exception cref="RpcException">The client answered with an error.</exception>
    /// <exception cref="RpcConnectionClosedException">The connection ended first.</exception>
    public async Task<TResult> RequestAsync<TParams, TResult>(
        string method, TParams parameters, JsonTypeInfo<TParams> paramsType, JsonTypeInfo<TResult> resultType, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PendingRequest<TResult> request = _pending.Add(method, resultType);
        if (await _writer.SendCallAsync(method, request.Id, parameters, paramsType).ConfigureAwait(false) is { } failure)
        {
            if (_pending.TryTake(request.Id, out _))
                request.Fail(failure);
        }

        if (_writer.IsClosed && _pending.TryTake(request.Id, out _))
            request.Close();
        CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                var (connection, request) = ((RpcConnection, PendingRequest))state!;
                connection.CancelRequest(request, token);
            },
            (this, (PendingRequest)request));
        await using (registration.ConfigureAwait(false))
            return await request.Task.ConfigureAwait(false);
    }

    private void CancelRequest(PendingRequest request, CancellationToken cancellation)
    {
        if (!_pending.TryTake(request.Id, out _))
            return;
        request.Cancel(cancellation);
        // Sent without waiting; a serialisation failure is impossible for this type.
        _ = _writer.SendCallAsync("$/cancelRequest", id: null, new CancelParams(request.Id), RpcJsonContext.Default.CancelParams).AsTask();
    }

    private async Task<RpcClose> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            if (!_replies.Admission.HasRoom && await WaitForRoomAsync(stop).ConfigureAwait(false) is { } overrun)
                return overrun;
            Frame frame = await _reader.ReadAsync(stop).ConfigureAwait(false);
            switch (frame.Kind)
            {
                case FrameKind.Message:
                    ImmediateReply reply = _dispatcher.Dispatch(frame.Body);
                    _reader.Release();
                    if (reply.IsExit)
                        return new RpcClose(RpcCloseReason.Exit, "The client said it is done.");
                    await reply.SendAsync(_writer, _replies).ConfigureAwait(false);
                    break;
                case FrameKind.Oversized:
                    if (!await _dispatcher.AnswerOversizedAsync(frame).ConfigureAwait(false))
                        return new RpcClose(RpcCloseReason.OversizedMessage, frame.Detail!);
                    break;
                case FrameKind.End:
                    return new RpcClose(RpcCloseReason.EndOfInput, "The input ended.");
                case FrameKind.Truncated:
                    return new RpcClose(RpcCloseReason.TruncatedInput, frame.Detail!);
                case FrameKind.Lost:
                    return new RpcClose(RpcCloseReason.FramingLost, frame.Detail!);
                default:
                    return Stopped();
            }
        }
    }

    private RpcClose Stopped() => _writer.IsClosed
        ? new RpcClose(RpcCloseReason.OutputClosed, "The client closed its end, or the output failed.")
        : new RpcClose(RpcCloseReason.Stopped, "The server stops.");

    private async ValueTask<RpcClose?> WaitForRoomAsync(CancellationToken stop)
    {
        while (true)
        {
            Task released = _replies.Admission.Released.Next();
            Task added = _pending.Added.Next();
            if (_replies.Admission.IsOverrun)
                return new RpcClose(RpcCloseReason.InputOverrun, "The client sent more than is buffered while the server waited for its answer.");
            // While a handler waits for the client's answer, only reading on can bring it.
            if (_replies.Admission.HasRoom || !_pending.IsEmpty)
                return null;
            try
            {
                await Task.WhenAny(released, added).WaitAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return Stopped();
            }
        }
    }

    /// <returns>Whether everything finished in time.</returns>
    private async Task<bool> DrainAsync(Task running, TimeSpan time)
    {
        try
        {
            await FinishedAsync(running).WaitAsync(time, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task FinishedAsync(Task running)
    {
        await running.ConfigureAwait(false);
        while (true)
        {
            Task released = _replies.Admission.Released.Next();
            if (_replies.Admission.IsIdle)
                return;
            await released.ConfigureAwait(false);
        }
    }
}
