using System.Net.Sockets;
using System.Security.Authentication;

namespace ConfigLsp.Configuration.Http;

/// <summary>What kind of thing went wrong with a request.</summary>
internal enum HttpFaultKind
{
    /// <summary>The other side cannot be reached, or answered, but not with the document.</summary>
    Unavailable,

    /// <summary>There is no such document.</summary>
    Missing,

    /// <summary>The other side wants to know who asks.</summary>
    Forbidden,

    /// <summary>A limit was exceeded.</summary>
    TooLarge,

    /// <summary>The address, or the document, cannot be used.</summary>
    Invalid,

    /// <summary>The address leads to this machine or a private network.</summary>
    PrivateAddress,
}

/// <summary>
/// What went wrong with a request, in words that continue a sentence whose subject is the document. They never hold the address, nor anything that
/// the other side sent.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="What">What went wrong, for instance <c>refuses the connection</c>.</param>
/// <param name="IsTransient">Whether trying again may succeed.</param>
internal sealed record HttpFault(HttpFaultKind Kind, string What, bool IsTransient)
{
    /// <summary>Longer than this nobody is told to wait.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>How long the other side wants to be left alone, at most a day; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static HttpFault TooLarge(int maxBytes) => new(HttpFaultKind.TooLarge, $"has more than {maxBytes:N0} bytes", IsTransient: false);

    /// <summary>The other side answered, but not as HTTP has it.</summary>
    public static HttpFault Unexpected(string what) => new(HttpFaultKind.Unavailable, what, IsTransient: false);

    /// <summary>A status that is neither success nor redirect.</summary>
    public static HttpFault FromStatus(HttpResponseMessage response, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            404 or 410 => new HttpFault(HttpFaultKind.Missing, $"is not there: the server answers with status {status}", IsTransient: false),
            401 or 403 => new HttpFault(HttpFaultKind.Forbidden, $"may not be read: the server answers with status {status}", IsTransient: false),
            408 or 429 or >= 500 => new HttpFault(HttpFaultKind.Unavailable, $"is not available: the server answers with status {status}", IsTransient: true)
            {
                RetryAfter = FindRetryAfter(response, time),
            },
            _ => Unexpected($"cannot be read: the server answers with status {status}"),
        };
    }

    /// <summary>What the HTTP stack threw.</summary>
    public static HttpFault FromException(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressRefusedException:
                    return new HttpFault(
                        HttpFaultKind.PrivateAddress,
                        "leads to an address of this machine or a private network, which is refused unless the settings allow private addresses",
                        IsTransient: false);
                case AuthenticationException:
                    return Unexpected("has no valid certificate, or speaks no common version of TLS");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return Broken("cannot be found: its host name has no address");
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return Broken("refuses the connection");
                case InvalidDataException:
                    return Broken("sent compressed data that is damaged");
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }:
                    return new HttpFault(HttpFaultKind.TooLarge, "sends headers that are too long", IsTransient: false);
            }
        }

        var error = exception switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return Broken(error switch
        {
            HttpRequestError.ConnectionError => "cannot be connected to",
            HttpRequestError.ProxyTunnelError => "cannot be reached through the proxy",
            HttpRequestError.InvalidResponse => "does not answer as HTTP demands",
            _ => "broke the connection before its answer was complete",
        });
    }

    /// <summary>Whether an exception is one that the HTTP stack throws for what the network does.</summary>
    public static bool IsExpected(Exception exception) => exception is HttpRequestException or IOException or InvalidDataException;

    private static HttpFault Broken(string what) => new(HttpFaultKind.Unavailable, what, IsTransient: true);

    private static TimeSpan? FindRetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var value = response.Headers.RetryAfter;
        var wait = value?.Delta ?? (value?.Date - time.GetUtcNow());
        return wait is not { } asked ? null
            : asked < TimeSpan.Zero ? TimeSpan.Zero
            : asked > MaxRetryAfter ? MaxRetryAfter
            : asked;
    }
}
