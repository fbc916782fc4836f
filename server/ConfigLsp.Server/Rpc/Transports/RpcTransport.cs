using System.IO.Pipelines;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>The two ends of a byte stream to one client. Disposing closes the stream underneath.</summary>
internal sealed class RpcTransport : IAsyncDisposable
{
    /// <summary>Segments large enough that common messages lie in one.</summary>
    private const int SegmentBytes = 16 * 1024;

    private readonly Stream? _stream;

    public RpcTransport(PipeReader input, PipeWriter output)
    {
        Input = input;
        Output = output;
    }

    public RpcTransport(Stream stream)
        : this(Reader(stream), Writer(stream))
    {
        _stream = stream;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public static PipeWriter Writer(Stream stream) =>
        PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: SegmentBytes, leaveOpen: true));

    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static PipeReader Reader(Stream stream) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: SegmentBytes, leaveOpen: true));
}
