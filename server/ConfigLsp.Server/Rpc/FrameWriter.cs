using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace ConfigLsp.Server.Rpc;

/// <summary>
/// Writes messages in the order they are sent. One loop owns the output and flushes once for all messages that queued meanwhile.
/// Senders wait while more than <see cref="RpcLimits.OutgoingBytes"/> are unread by the client. After the output failed, messages are dropped.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle, the only thing to dispose, is never created.")]
internal sealed class FrameWriter(PipeWriter output, RpcLimits limits)
{
    /// <summary>A flush is due after this much, so that the pipe's own buffer stays small too.</summary>
    private const int FlushBytes = 256 * 1024;

    private readonly Channel<FrameBuffer> _queue = Channel.CreateUnbounded<FrameBuffer>(new UnboundedChannelOptions { SingleReader = true });
    private readonly FrameBufferPool _pool = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AsyncSignal _drained = new();
    private long _pending;
    private volatile bool _closed;
    private volatile bool _failed;

    /// <summary>Bytes that wait for the client.</summary>
    public long PendingBytes => Interlocked.Read(ref _pending);

    public bool IsClosed => _closed;

    /// <summary>Runs until <see cref="CompleteAsync"/> or until the output fails.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                long taken = 0;
                while (taken < FlushBytes && _queue.Reader.TryRead(out FrameBuffer? buffer))
                {
                    taken += buffer.Frame.Length;
                    Copy(buffer.Frame);
                    _pool.Return(buffer);
                }

                FlushResult flushed = await output.FlushAsync().ConfigureAwait(false);
                Interlocked.Add(ref _pending, -taken);
                _drained.Set();
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    _failed = true;
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The client closed its end; the reader learns it from IsClosed.
            _failed = true;
        }
        finally
        {
            _closed = true;
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out FrameBuffer? buffer))
                buffer.Dispose();
            _drained.Set();
        }
    }

    /// <summary>Lets what is queued go out, for a bounded time.</summary>
    /// <returns>False when not everything went out, so that the output must be completed without another flush.</returns>
    public async Task<bool> CompleteAsync(Task loop, TimeSpan time, TimeProvider clock)
    {
        _queue.Writer.TryComplete();
        try
        {
            await loop.WaitAsync(time, clock).ConfigureAwait(false);
            return !_failed;
        }
        catch (TimeoutException)
        {
            // A client that does not read must not keep the process.
            output.CancelPendingFlush();
            return false;
        }
    }

    /// <returns>What the serialisation of the result threw; nothing is sent then.</returns>
    public ValueTask<Exception?> SendResultAsync<TResult>(RequestId id, TResult result, JsonTypeInfo<TResult> type) =>
        SendAsync((id, result, type), static (writer, state) =>
        {
            writer.WritePropertyName("id"u8);
            state.id.WriteTo(writer);
            writer.WritePropertyName("result"u8);
            JsonSerializer.Serialize(writer, state.result, state.type);
        });

    public async ValueTask SendErrorAsync(RequestId id, RpcError error) =>
        await SendAsync((id, error), static (writer, state) =>
        {
            writer.WritePropertyName("id"u8);
            state.id.WriteTo(writer);
            writer.WriteStartObject("error"u8);
            writer.WriteNumber("code"u8, state.error.Code);
            writer.WriteString("message"u8, state.error.Message);
            if (state.error.Data is { ValueKind: not JsonValueKind.Undefined } data)
            {
                writer.WritePropertyName("data"u8);
                data.WriteTo(writer);
            }

            writer.WriteEndObject();
        }).ConfigureAwait(false);

    /// <summary>Sends a request of ours, or a notification when <paramref name="id"/> is null.</summary>
    /// <returns>What the serialisation of the parameters threw.</returns>
    public ValueTask<Exception?> SendCallAsync<TParams>(string method, long? id, TParams parameters, JsonTypeInfo<TParams> type) =>
        SendAsync((method, id, parameters, type), static (writer, state) =>
        {
            if (state.id is { } id)
                writer.WriteNumber("id"u8, id);
            writer.WriteString("method"u8, state.method);
            // JSON-RPC allows only an object or an array here, so no parameters means no member.
            if (state.parameters is null or NoParams)
                return;
            writer.WritePropertyName("params"u8);
            JsonSerializer.Serialize(writer, state.parameters, state.type);
        });

    private void Copy(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > FlushBytes)
        {
            output.Write(frame);
            return;
        }

        // In one piece, which a stream underneath writes with one call.
        frame.CopyTo(output.GetSpan(frame.Length));
        output.Advance(frame.Length);
    }

    private ValueTask<Exception?> SendAsync<TState>(TState state, Action<Utf8JsonWriter, TState> write) =>
        _closed || PendingBytes <= limits.OutgoingBytes
            ? ValueTask.FromResult(Enqueue(state, write))
            : SendLaterAsync(state, write);

    // One sender at a time goes past the limit, so that room for one is not taken by all who waited.
    private async ValueTask<Exception?> SendLaterAsync<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            while (true)
            {
                Task drained = _drained.Next();
                if (_closed || PendingBytes <= limits.OutgoingBytes)
                    return Enqueue(state, write);
                await drained.ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private Exception? Enqueue<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        if (_closed)
            return null;
        FrameBuffer buffer = _pool.Rent();
        try
        {
            buffer.Writer.WriteStartObject();
            buffer.Writer.WriteString("jsonrpc"u8, "2.0"u8);
            write(buffer.Writer, state);
            buffer.Writer.WriteEndObject();
            buffer.Seal();
        }
        catch (Exception exception)
        {
            _pool.Return(buffer);
            return exception;
        }

        long length = buffer.Frame.Length;
        Interlocked.Add(ref _pending, length);
        if (!_queue.Writer.TryWrite(buffer))
        {
            Interlocked.Add(ref _pending, -length);
            buffer.Dispose();
        }

        return null;
    }
}
