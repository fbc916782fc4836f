using System.Net;
using System.Net.Security;

namespace ConfigLsp.Configuration.Http;

/// <summary>
/// Sends single requests by the rules for addresses. Nothing of the HTTP stack is loaded before the first request.
/// </summary>
internal sealed class HttpTransport(HttpAccess access, HttpConnector connector, TimeProvider time) : IDisposable
{
    private readonly OnlyProxy? _proxy = access.Proxy is { } address ? new OnlyProxy(address, ProxyExceptions.Parse(access.NoProxy)) : null;
    private HttpMessageInvoker? _invoker;

    /// <summary>Sends the request; the content of the response is read while it arrives.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The proxy makes the connection, and might reach what nobody else here can: what can be known beforehand is refused here.
        if (!access.AllowPrivateAddresses && _proxy?.IsBypassed(request.RequestUri!) == false && IsPlainlyPrivate(request.RequestUri!))
        {
            throw new AddressRefusedException();
        }

        return await Invoker().SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _invoker?.Dispose();

    private HttpMessageInvoker Invoker()
    {
        var invoker = Volatile.Read(ref _invoker);
        return invoker ?? LazyInitializer.EnsureInitialized(ref _invoker, () => new HttpMessageInvoker(CreateHandler()));
    }

    private static bool IsPlainlyPrivate(Uri uri)
    {
        var host = uri.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var address)
            ? !PublicAddress.IsPublic(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || !host.Contains('.');
    }

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            // Every hop is judged by the source itself.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            UseProxy = _proxy is not null,
            Proxy = _proxy,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,

            // A connection keeps to the address that was judged when it was made, so none lives long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 32,

            // The rest of a document that is not wanted is not fetched either.
            MaxResponseDrainSize = 0,
            // The proxy's own address may be private. A pool of connections is either the proxy's or not, so the first request speaks for all.
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(
                context.DnsEndPoint,
                access.AllowPrivateAddresses || _proxy?.IsBypassed(context.InitialRequestMessage.RequestUri!) == false,
                time,
                cancellationToken),
        };
        if (!access.VerifyCertificates)
        {
#pragma warning disable CA5359 // The person has asked for it in the settings.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return handler;
    }

    /// <summary>A proxy that only the exceptions get around, unlike <see cref="WebProxy"/>, which lets requests to this machine pass by.</summary>
    private sealed class OnlyProxy(Uri address, ProxyExceptions exceptions) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = CredentialsOf(address);

        public Uri GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => exceptions.Contains(host);

        private static NetworkCredential? CredentialsOf(Uri address)
        {
            var parts = address.UserInfo.Split(':', 2);
            return parts[0].Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? string.Empty));
        }
    }
}
