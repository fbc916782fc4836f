using System.IO.Pipes;
using System.Net.Sockets;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>Connects out to the pipe an editor listens on (<c>--pipe NAME</c>, LSP 3.17 "Implementation Considerations").</summary>
internal static class PipeTransport
{
    private const string WindowsPrefix = @"\\.\pipe\";

    /// <param name="name">The path of a Unix domain socket; on Windows the name of a pipe, with or without <c>\\.\pipe\</c>.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="IOException">Nothing listens there, or it may not be opened.</exception>
    public static async Task<RpcTransport> ConnectAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return new RpcTransport(OperatingSystem.IsWindows()
                ? await ConnectPipeAsync(name, cancellation).ConfigureAwait(false)
                : await ConnectSocketAsync(name, cancellation).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"Cannot connect to the client's pipe '{name}': {exception.Message}", exception);
        }
    }

    private static async Task<Stream> ConnectSocketAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> ConnectPipeAsync(string name, CancellationToken cancellation)
    {
        string bare = name.StartsWith(WindowsPrefix, StringComparison.OrdinalIgnoreCase) ? name[WindowsPrefix.Length..] : name;
        var pipe = new NamedPipeClientStream(".", bare, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(TimeSpan.FromSeconds(10), cancellation).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
