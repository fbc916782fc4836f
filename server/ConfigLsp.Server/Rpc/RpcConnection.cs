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

        RpcClose close;
        try
        {
            close = await ReadAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            close = Stopped();
        }

        _reader.Release();
        _queue.Complete();
        // No answer can be read any more.
        _pending.CloseAll();
        TimeSpan drainTime = close.Reason == RpcCloseReason.OutputClosed ? TimeSpan.Zero : _limits.DrainTime;
        if (!await WithinAsync(FinishedAsync(running), drainTime).ConfigureAwait(false))
        {
            // Answers too may have to wait for a client that does not read.
            await WithinAsync(_replies.StopAsync(), _limits.CancelTime).ConfigureAwait(false);
            if (!await WithinAsync(FinishedAsync(running), _limits.CancelTime).ConfigureAwait(false))
                await WithinAsync(_replies.AbandonAsync(), _limits.CancelTime).ConfigureAwait(false);
        }

        // The last message, after the answers to all that could still be read.
        if (close.Reason == RpcCloseReason.FramingLost && _writer.PendingBytes <= _limits.OutgoingBytes)
            await _writer.SendErrorAsync(default, new RpcError(RpcErrorCodes.ParseError, $"{close.Detail} The connection closes.")).ConfigureAwait(false);
        bool flushed = await _writer.CompleteAsync(writing, _limits.CancelTime, _time).ConfigureAwait(false);
        await _input.CompleteAsync().ConfigureAwait(false);
        await _output.CompleteAsync(flushed ? null : new IOException("The client did not read what was sent.")).ConfigureAwait(false);
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
        CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                var (connection, request) = ((RpcConnection, PendingRequest))state!;
                connection.CancelRequest(request, token);
            },
            (this, (PendingRequest)request));
        await using (registration.ConfigureAwait(false))
        {
            // Not awaited: where the client does not read, the cancellation still ends the wait. Its failure ends the request.
            _ = SendRequestAsync(request, parameters, paramsType);
            return await request.Task.ConfigureAwait(false);
        }
    }

    private async Task SendRequestAsync<TParams>(PendingRequest request, TParams parameters, JsonTypeInfo<TParams> type)
    {
        Exception? failure = await _writer.SendCallAsync(request.Method, request.Id, parameters, type).ConfigureAwait(false);
        if ((failure is not null || _writer.IsClosed) && _pending.TryTake(request.Id, out _))
            request.Fail(failure ?? new RpcConnectionClosedException(request.Method));
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
        while (!_writer.IsClosed)
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
                    await Stoppable(reply.SendAsync(_writer, _replies), stop).ConfigureAwait(false);
                    break;
                case FrameKind.Oversized:
                    ValueTask<bool> answered = _dispatcher.AnswerOversizedAsync(frame);
                    if (!await answered.AsTask().WaitAsync(stop).ConfigureAwait(false))
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

        return Stopped();
    }

    // A client that does not read its answers must not keep the server from stopping.
    private static ValueTask Stoppable(ValueTask send, CancellationToken stop) =>
        send.IsCompletedSuccessfully ? send : new ValueTask(send.AsTask().WaitAsync(stop));

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
            await Task.WhenAny(released, added).WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <returns>Whether everything finished in time.</returns>
    private async Task<bool> WithinAsync(Task work, TimeSpan time)
    {
        try
        {
            await work.WaitAsync(time, _time).ConfigureAwait(false);
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
