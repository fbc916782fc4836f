using System.Net.Sockets;
using System.Security.Authentication;
using ConfigLsp.Configuration.Errors;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>
/// What can go wrong with an HTTP source, in words. They name the source and never its address, which may hold a secret in its path or query, nor
/// anything that the other side sent.
/// </summary>
internal sealed class HttpFailures(string source, TimeProvider time)
{
    /// <summary>Longer than this nobody is told to wait.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The document, or the address of it, cannot be used.</summary>
    public SourceReading.Failed Invalid(string what) => Fail(ServiceErrors.SourceInvalid, what, isTransient: false);

    public SourceReading.Failed TooLarge(int maxBytes) =>
        Fail(ServiceErrors.LimitExceeded, $"has more than {maxBytes:N0} bytes", isTransient: false);

    /// <summary>The other side answered, but not as HTTP has it.</summary>
    public SourceReading.Failed Unexpected(string what) => Fail(ServiceErrors.Unavailable, what, isTransient: false);

    /// <summary>A status that is neither success nor redirect.</summary>
    public SourceReading FromStatus(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            404 or 410 => new SourceReading.Missing(),
            401 or 403 => Fail(ServiceErrors.PermissionDenied, $"may not be read: the server answers with status {status}", isTransient: false),
            408 or 429 or >= 500 => Fail(ServiceErrors.Unavailable, $"is not available: the server answers with status {status}", isTransient: true, RetryAfter(response)),
            _ => Fail(ServiceErrors.Unavailable, $"cannot be read: the server answers with status {status}", isTransient: false),
        };
    }

    /// <summary>What the HTTP stack threw.</summary>
    public SourceReading.Failed FromException(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressRefusedException:
                    return Invalid("leads to an address of this machine or a private network, which is refused unless the settings allow private addresses");
                case AuthenticationException:
                    return Fail(ServiceErrors.Unavailable, "has no valid certificate, or speaks no common version of TLS", isTransient: false);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return Fail(ServiceErrors.Unavailable, "cannot be found: its host name has no address", isTransient: true);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return Fail(ServiceErrors.Unavailable, "refuses the connection", isTransient: true);
                case InvalidDataException:
                    return Fail(ServiceErrors.Unavailable, "sent compressed data that is damaged", isTransient: true);
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }:
                    return Fail(ServiceErrors.LimitExceeded, "sends headers that are too long", isTransient: false);
            }
        }

        var error = exception switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return Fail(
            ServiceErrors.Unavailable,
            error switch
            {
                HttpRequestError.ConnectionError => "cannot be connected to",
                HttpRequestError.ProxyTunnelError => "cannot be reached through the proxy",
                HttpRequestError.InvalidResponse => "does not answer as HTTP demands",
                _ => "broke the connection before its answer was complete",
            },
            isTransient: true);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var value = response.Headers.RetryAfter;
        var wait = value?.Delta ?? (value?.Date - time.GetUtcNow());
        return wait is not { } asked ? null
            : asked < TimeSpan.Zero ? TimeSpan.Zero
            : asked > MaxRetryAfter ? MaxRetryAfter
            : asked;
    }

    private SourceReading.Failed Fail(ErrorDescriptor descriptor, string what, bool isTransient, TimeSpan? retryAfter = null) =>
        new(new ServiceError(descriptor, $"The source `{source}` {what}.") { Source = source, RetryAfter = retryAfter }, isTransient);
}
