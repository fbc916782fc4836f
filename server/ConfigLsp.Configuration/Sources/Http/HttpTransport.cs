using System.Net;
using System.Net.Security;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>
/// Sends single requests by the rules of an <see cref="HttpSource"/>. Nothing of the HTTP stack is loaded before the first request.
/// </summary>
internal sealed class HttpTransport(HttpSourceOptions options, HttpConnector connector, TimeProvider time) : IDisposable
{
    private readonly Lazy<HttpMessageInvoker> _invoker = new(() => new HttpMessageInvoker(CreateHandler(options, connector, time)));

    /// <summary>Sends the request; the content of the response is read while it arrives.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The proxy makes the connection, and might reach what nobody else here can: what can be known beforehand is refused here.
        if (options is { Proxy: not null, AllowPrivateAddresses: false } && IsPlainlyPrivate(request.RequestUri!))
        {
            throw new AddressRefusedException();
        }

        return await _invoker.Value.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
    }

    private static bool IsPlainlyPrivate(Uri uri)
    {
        var host = uri.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var address)
            ? !PublicAddress.IsPublic(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || !host.Contains('.');
    }

    private static SocketsHttpHandler CreateHandler(HttpSourceOptions options, HttpConnector connector, TimeProvider time)
    {
        var handler = new SocketsHttpHandler
        {
            // Every hop is judged by the source itself.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new OnlyProxy(options.Proxy),
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,

            // A connection keeps to the address that was judged when it was made, so none lives long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 32,

            // The rest of a document that is not wanted is not fetched either.
            MaxResponseDrainSize = 0,
            ConnectCallback = (context, cancellationToken) =>
                connector.ConnectAsync(context.DnsEndPoint, options.AllowPrivateAddresses || options.Proxy is not null, time, cancellationToken),
        };
        if (!options.VerifyCertificates)
        {
#pragma warning disable CA5359 // The person has asked for it in the settings.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return handler;
    }

    /// <summary>A proxy that no address gets around, unlike <see cref="WebProxy"/>, which lets requests to this machine pass by.</summary>
    private sealed class OnlyProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = CredentialsOf(address);

        public Uri GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => false;

        private static NetworkCredential? CredentialsOf(Uri address)
        {
            var parts = address.UserInfo.Split(':', 2);
            return parts[0].Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? string.Empty));
        }
    }
}
