using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ConfigLsp.Server.Rpc;

internal enum FrameKind
{
    Message,
    Oversized,
    End,
    Truncated,
    Lost,
    Stopped,
}

/// <param name="Kind">What was read.</param>
/// <param name="Body">The message, valid until the next call of the reader.</param>
/// <param name="Prefix">What could be read of an oversized message.</param>
/// <param name="Detail">What is wrong, when something is.</param>
internal readonly record struct Frame(FrameKind Kind, ReadOnlySequence<byte> Body = default, OversizedPrefix Prefix = default, string? Detail = null);

/// <summary>
/// Cuts the input into messages (LSP 3.17, base protocol). A message stays in the pipe's own buffers, which grow with what really arrives,
/// whatever length the header claims.
/// </summary>
internal sealed class FrameReader(PipeReader input, RpcLimits limits)
{
    private SequencePosition _consumed;
    private bool _holds;
    private bool _first = true;

    /// <summary>Gives the buffers of the last message back and reads the next one.</summary>
    /// <remarks>Every message waits here once, so the state of the wait is pooled.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellation)
    {
        Release();
        try
        {
            return await ReadFrameAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Frame(FrameKind.Stopped);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return new Frame(FrameKind.Truncated, Detail: $"The input failed: {exception.GetType().Name}.");
        }
    }

    /// <summary>Gives the buffers of the last message back.</summary>
    public void Release()
    {
        if (_holds)
            input.AdvanceTo(_consumed);
        _holds = false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame> ReadFrameAsync(CancellationToken cancellation)
    {
        var header = new HeaderParser(limits);
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (read.IsCanceled)
                return Stop(buffer);
            if (_first && !TrySkipByteOrderMark(ref buffer, read.IsCompleted))
            {
                input.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            if (!header.TryParse(buffer, out SequencePosition bodyStart, out long length, out string? fault))
            {
                bool empty = buffer.IsEmpty;
                input.AdvanceTo(buffer.Start, buffer.End);
                if (fault is not null)
                    return new Frame(FrameKind.Lost, Detail: fault);
                if (read.IsCompleted)
                    return empty ? new Frame(FrameKind.End) : new Frame(FrameKind.Truncated, Detail: "The input ended inside a header.");
                continue;
            }

            ReadOnlySequence<byte> rest = buffer.Slice(bodyStart);
            if (length <= limits.MessageBytes && rest.Length >= length)
                return Hold(rest, length);
            input.AdvanceTo(bodyStart);
            return length <= limits.MessageBytes
                ? await ReadBodyAsync((int)length, cancellation).ConfigureAwait(false)
                : await DrainAsync(length, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<Frame> ReadBodyAsync(int length, CancellationToken cancellation)
    {
        ReadResult read = await input.ReadAtLeastAsync(length, cancellation).ConfigureAwait(false);
        if (read.Buffer.Length >= length)
            return Hold(read.Buffer, length);
        if (read.IsCanceled)
            return Stop(read.Buffer);
        input.AdvanceTo(read.Buffer.End);
        return new Frame(FrameKind.Truncated, Detail: $"The input ended inside a message of {length} bytes.");
    }

    private async ValueTask<Frame> DrainAsync(long length, CancellationToken cancellation)
    {
        int wanted = (int)Math.Min(length, limits.OversizedPrefixBytes);
        ReadResult read = await input.ReadAtLeastAsync(wanted, cancellation).ConfigureAwait(false);
        ReadOnlySequence<byte> buffer = read.Buffer;
        OversizedPrefix prefix = OversizedPrefix.Read(buffer.Slice(0, Math.Min(buffer.Length, wanted)), limits.Depth);
        long left = length;
        while (true)
        {
            long taken = Math.Min(left, buffer.Length);
            left -= taken;
            input.AdvanceTo(buffer.GetPosition(taken));
            if (left == 0)
                return new Frame(FrameKind.Oversized, Prefix: prefix, Detail: $"A message of {length} bytes is above the limit of {limits.MessageBytes}.");
            if (read.IsCanceled)
                return new Frame(FrameKind.Stopped);
            if (read.IsCompleted)
                return new Frame(FrameKind.Truncated, Detail: $"The input ended inside a message of {length} bytes.");
            read = await input.ReadAsync(cancellation).ConfigureAwait(false);
            buffer = read.Buffer;
        }
    }

    private Frame Hold(in ReadOnlySequence<byte> buffer, long length)
    {
        ReadOnlySequence<byte> body = buffer.Slice(0, length);
        _consumed = body.End;
        _holds = true;
        return new Frame(FrameKind.Message, body);
    }

    private Frame Stop(in ReadOnlySequence<byte> buffer)
    {
        input.AdvanceTo(buffer.Start);
        return new Frame(FrameKind.Stopped);
    }

    // Writers that encode with a preamble put one at the very start of the stream.
    private bool TrySkipByteOrderMark(ref ReadOnlySequence<byte> buffer, bool completed)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        Span<byte> start = stackalloc byte[3];
        ReadOnlySequence<byte> head = buffer.Slice(0, Math.Min(3, buffer.Length));
        head.CopyTo(start);
        bool undecided = head.Length < 3 && mark.StartsWith(start[..(int)head.Length]) && !completed;
        if (undecided)
            return false;
        _first = false;
        if (start.SequenceEqual(mark))
            buffer = buffer.Slice(3);
        return true;
    }
}
