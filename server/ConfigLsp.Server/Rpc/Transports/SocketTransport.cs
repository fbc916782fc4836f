using System.Net;
using System.Net.Sockets;

namespace ConfigLsp.Server.Rpc.Transports;

/// <summary>Connects out to the TCP port an editor listens on (<c>--socket PORT</c>), on this machine only.</summary>
internal static class SocketTransport
{
    /// <param name="port">1 to 65535.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="IOException">Nothing listens there.</exception>
    public static async Task<RpcTransport> ConnectAsync(int port, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        // Small replies must not wait for the acknowledgement of the last one.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation).ConfigureAwait(false);
            return new RpcTransport(new NetworkStream(socket, ownsSocket: true));
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to the client at 127.0.0.1:{port}: {exception.Message}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
