using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>One outgoing message: its JSON is written behind a gap that takes the header once the length is known.</summary>
internal sealed class FrameBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Gap = 40;
    private const int SmallBytes = 16 * 1024;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(1024);
    private int _written = Gap;
    private int _start = Gap;

    public FrameBuffer()
    {
        // The wire is no HTML page: text beyond ASCII travels as itself.
        Writer = new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>Header and body, after <see cref="Seal"/>.</summary>
    public ReadOnlySpan<byte> Frame => _array.AsSpan(_start, _written - _start);

    /// <summary>Puts the header before the body.</summary>
    public void Seal()
    {
        Writer.Flush();
        Span<byte> header = stackalloc byte[Gap];
        "Content-Length: "u8.CopyTo(header);
        int length = "Content-Length: "u8.Length;
        Utf8Formatter.TryFormat(_written - Gap, header[length..], out int digits);
        length += digits;
        "\r\n\r\n"u8.CopyTo(header[length..]);
        length += 4;
        _start = Gap - length;
        header[..length].CopyTo(_array.AsSpan(_start));
    }

    /// <summary>Makes the buffer empty again; a large array goes back to the pool.</summary>
    public void Reset()
    {
        _written = Gap;
        _start = Gap;
        if (_array.Length > SmallBytes)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = ArrayPool<byte>.Shared.Rent(1024);
        }

        Writer.Reset();
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _array.AsSpan(_written);
    }

    public void Dispose()
    {
        Writer.Dispose();
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }

    private void Ensure(int sizeHint)
    {
        int needed = checked(_written + Math.Max(sizeHint, 256));
        if (needed <= _array.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(2L * _array.Length, Array.MaxLength)));
        _array.AsSpan(0, _written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
