using System.Collections.Concurrent;

namespace ConfigLsp.Server.Rpc;

/// <summary>Keeps a few buffers of one connection for the next messages.</summary>
internal sealed class FrameBufferPool
{
    private const int Kept = 16;

    private readonly ConcurrentQueue<FrameBuffer> _free = new();
    private int _count;

    public FrameBuffer Rent()
    {
        if (!_free.TryDequeue(out FrameBuffer? buffer))
            return new FrameBuffer();
        Interlocked.Decrement(ref _count);
        return buffer;
    }

    public void Return(FrameBuffer buffer)
    {
        if (Interlocked.Increment(ref _count) > Kept)
        {
            Interlocked.Decrement(ref _count);
            buffer.Dispose();
            return;
        }

        buffer.Reset();
        _free.Enqueue(buffer);
    }
}
