using System.IO.Pipelines;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using PipeOptions = System.IO.Pipes.PipeOptions;

namespace ConfigLsp.Server.Lsp.Transport;

/// <summary>An open way to the client.</summary>
internal sealed class TransportConnection : IAsyncDisposable
{
    private const string WindowsPipePrefix = @"\\.\pipe\";

    private readonly Stream? _stream;

    private TransportConnection(PipeReader input, PipeWriter output, Stream? stream)
    {
        Input = input;
        Output = output;
        _stream = stream;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <exception cref="IOException">The client does not listen there.</exception>
    /// <exception cref="SocketException">The client does not listen there.</exception>
    public static async Task<TransportConnection> OpenAsync(LspTransport transport, CancellationToken cancellation)
    {
        if (transport is LspTransport.Stdio)
        {
            // Whatever writes to the console by mistake must not break into the protocol.
            Stream output = Console.OpenStandardOutput();
            Console.SetOut(TextWriter.Null);
            return new TransportConnection(StandardInput.Open(), PipeWriter.Create(output), stream: null);
        }

        Stream stream = transport switch
        {
            LspTransport.Pipe pipe when OperatingSystem.IsWindows() => await ConnectNamedPipeAsync(pipe.Name, cancellation).ConfigureAwait(false),
            LspTransport.Pipe pipe => await ConnectSocketAsync(
                new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
                new UnixDomainSocketEndPoint(pipe.Name),
                cancellation).ConfigureAwait(false),
            LspTransport.Socket socket => await ConnectSocketAsync(
                new System.Net.Sockets.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true },
                new IPEndPoint(IPAddress.Loopback, socket.Port),
                cancellation).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "This transport is not known."),
        };
        return new TransportConnection(PipeReader.Create(stream), PipeWriter.Create(stream), stream);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<Stream> ConnectSocketAsync(System.Net.Sockets.Socket socket, EndPoint endPoint, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> ConnectNamedPipeAsync(string name, CancellationToken cancellation)
    {
        string bare = name.StartsWith(WindowsPipePrefix, StringComparison.OrdinalIgnoreCase) ? name[WindowsPipePrefix.Length..] : name;
        var pipe = new NamedPipeClientStream(".", bare, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(TimeSpan.FromSeconds(10), cancellation).ConfigureAwait(false);
            return pipe;
        }
        catch (TimeoutException exception)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"Nobody listens at the pipe '{bare}'.", exception);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
