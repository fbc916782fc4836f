using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace ConfigLsp.Testing.Http;

/// <summary>Answers one request of a connection, and may do so badly. The connection is closed afterwards.</summary>
public delegate Task FaultResponse(FaultExchange exchange, CancellationToken cancellationToken);

/// <summary>A request as the server saw it.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers by name, in either case.</param>
public sealed record FaultRequest(string Path, IReadOnlyDictionary<string, string> Headers);

/// <summary>
/// An HTTP server on the loopback address that writes to the bare socket, so that it can break every rule. See <see cref="FaultResponses"/> for what
/// it can do wrong.
/// </summary>
public sealed class FaultServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, FaultResponse> _responses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Channel<FaultRequest> _requests = Channel.CreateUnbounded<FaultRequest>();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <summary>Starts on a free port.</summary>
    /// <param name="useTls">With a certificate that nobody has signed.</param>
    public FaultServer(bool useTls = false)
    {
        _certificate = useTls ? CreateCertificate() : null;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests there were that <see cref="NextRequestAsync"/> has not given.</summary>
    public int UnseenRequests => _requests.Reader.Count;

    /// <summary>The address of a path on this server.</summary>
    public string At(string path, string host = "127.0.0.1") => $"{(_certificate is null ? "http" : "https")}://{host}:{Port}{path}";

    /// <summary>From now on the path (with its query) is answered so.</summary>
    public void Respond(string path, FaultResponse response) => _responses[path] = response;

    /// <summary>The next request that arrives or has arrived.</summary>
    public async Task<FaultRequest> NextRequestAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _certificate?.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var connection = Task.Run(() => ServeAsync(socket));
                _connections.TryAdd(connection, 0);
                _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await using var stream = await OpenAsync(socket);
                if (await ReadRequestAsync(stream) is { } request)
                {
                    _requests.Writer.TryWrite(request);
                    var response = _responses.GetValueOrDefault(request.Path) ?? FaultResponses.Status(404);
                    await response(new FaultExchange(request, stream, socket), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client has had enough, or the test is over.
            }
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket);
        if (_certificate is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    private async Task<FaultRequest?> ReadRequestAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        return new FaultRequest(lines[0].Split(' ')[1], headers);
    }
}

/// <summary>One request and the connection it came by.</summary>
public sealed class FaultExchange(FaultRequest request, Stream stream, Socket socket)
{
    public FaultRequest Request => request;

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Completes when the client closes the connection.</summary>
    public async Task WaitForCloseAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    /// <summary>Cuts the connection by RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}
