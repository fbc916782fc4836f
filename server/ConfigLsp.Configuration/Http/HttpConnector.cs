using System.Net;
using System.Net.Sockets;

namespace ConfigLsp.Configuration.Http;

/// <summary>
/// Makes the connections for HTTP. A name is resolved once and the connection goes to the very address that was judged, so a name server
/// that answers differently the second time gains nothing.
/// </summary>
internal sealed class HttpConnector
{
    /// <summary>How long an address may take while there are others to try.</summary>
    private static readonly TimeSpan OneOfSeveral = TimeSpan.FromSeconds(1);

    /// <summary>Looks up the addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects to an address that may be connected to.</summary>
    public Func<IPEndPoint, CancellationToken, Task<Stream>> Dial { get; init; } = DialAsync;

    /// <exception cref="AddressRefusedException">The name leads nowhere but to addresses that are not public.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, bool allowPrivate, TimeProvider time, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(endPoint.Host, out var literal)
            ? [literal]
            : await Resolve(endPoint.Host, cancellationToken).ConfigureAwait(false);
        var permitted = allowPrivate ? addresses : Array.FindAll(addresses, PublicAddress.IsPublic);
        if (permitted.Length == 0)
        {
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressRefusedException();
        }

        for (var i = 0; ; i++)
        {
            var isLast = i == permitted.Length - 1;
            using var patience = new CancellationTokenSource(isLast ? Timeout.InfiniteTimeSpan : OneOfSeveral, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                return await Dial(new IPEndPoint(permitted[i], endPoint.Port), either.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!isLast && !cancellationToken.IsCancellationRequested && exception is SocketException or OperationCanceledException)
            {
            }
        }
    }

    private static async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address that may not be connected to. Passes through the HTTP stack, which knows no other way to be told.</summary>
internal sealed class AddressRefusedException : IOException;
