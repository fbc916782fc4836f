using System.Net;
using System.Net.Http.Headers;

namespace ConfigLsp.Configuration.Http;

/// <summary>How a server is asked whether a document has changed.</summary>
internal readonly record struct HttpValidator(EntityTagHeaderValue? Tag, DateTimeOffset? LastModified)
{
    public bool IsConditional => Tag is not null || LastModified is not null;
}

/// <summary>What is asked for.</summary>
internal sealed record HttpQuery
{
    /// <summary>The header of that name.</summary>
    public string Accept { get; init; } = "application/json, application/*+json;q=0.9, */*;q=0.1";

    /// <summary>The validator for an address, asked at every hop, since it belongs to the address that gave it.</summary>
    public Func<Uri, HttpValidator> Validator { get; init; } = static _ => default;

    /// <summary>Why a redirect to an address is not followed, in the words of <see cref="HttpFault.What"/>; null where it is.</summary>
    public Func<Uri, string?> JudgeRedirect { get; init; } = static _ => null;
}

/// <summary>What a server answered.</summary>
internal abstract record HttpAnswer
{
    private HttpAnswer()
    {
    }

    /// <summary>A document, whose content is still to be read.</summary>
    public sealed record Document(HttpResponseMessage Response, Uri Address) : HttpAnswer, IDisposable
    {
        public HttpValidator Validator => new(Response.Headers.ETag, Response.Content.Headers.LastModified);

        public void Dispose() => Response.Dispose();
    }

    /// <summary>The document is as it was when the validator was given.</summary>
    public sealed record NotModified(Uri Address, TimeSpan? MaxAge) : HttpAnswer;

    public sealed record Failed(HttpFault Fault) : HttpAnswer;
}

/// <summary>
/// Asks for one document at a time. Requests carry no credentials and no cookies; redirects are followed only to http(s), never from https back to
/// http, and each hop obeys the rules for addresses.
/// </summary>
internal sealed class HttpFetcher(HttpAccess access, HttpConnector connector, TimeProvider time) : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HttpTransport _transport = new(access, connector, time);

    /// <summary>Why an address is not even tried, in the words of <see cref="HttpFault.What"/>; null where it is.</summary>
    public static string? FindProblem(Uri address) =>
        address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp ? "has a URL that is neither https: nor http:"
        : address.UserInfo.Length > 0 ? "has a URL with a user name or password in it, which is refused"
        : address.Host.Length == 0 ? "has a URL without a host"
        : null;

    /// <summary>Asks, and follows redirects. What the network does wrong is an exception of <see cref="HttpFault.IsExpected"/>.</summary>
    public async Task<HttpAnswer> GetAsync(Uri address, HttpQuery query, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            var validator = query.Validator(address);
            using var request = CreateRequest(address, query, validator);
            var response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return new HttpAnswer.Document(response, address);
            }

            using (response)
            {
                switch ((int)response.StatusCode)
                {
                    case 304:
                        return validator.IsConditional
                            ? new HttpAnswer.NotModified(address, response.Headers.CacheControl?.MaxAge)
                            : new HttpAnswer.Failed(HttpFault.Unexpected("says that its document has not changed, though nobody asked that"));

                    case 301 or 302 or 303 or 307 or 308:
                        var problem = hops == MaxRedirects
                            ? $"redirects more than {MaxRedirects} times"
                            : FindTarget(response, address, out var target) ?? query.JudgeRedirect(address = target!);
                        if (problem is not null)
                        {
                            return new HttpAnswer.Failed(HttpFault.Unexpected(problem));
                        }

                        break;

                    default:
                        return new HttpAnswer.Failed(HttpFault.FromStatus(response, time));
                }
            }
        }
    }

    public void Dispose() => _transport.Dispose();

    /// <returns>Why the redirect is not followed; null where it is.</returns>
    private static string? FindTarget(HttpResponseMessage response, Uri address, out Uri? target)
    {
        target = null;
        if (!response.Headers.TryGetValues("Location", out var values) || !Uri.TryCreate(address, values.First(), out target))
        {
            return "redirects without a valid address";
        }

        return target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp ? "redirects to an address that is neither https: nor http:, which is refused"
            : address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps ? "redirects from https to http, which is refused"
            : target.UserInfo.Length > 0 ? "redirects to an address with a user name or password in it, which is refused"
            : null;
    }

    private static HttpRequestMessage CreateRequest(Uri address, HttpQuery query, HttpValidator validator)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("Accept", query.Accept);
        request.Headers.TryAddWithoutValidation("User-Agent", "configlsp");
        if (validator.Tag is { } tag)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }
        else if (validator.LastModified is { } time)
        {
            request.Headers.IfModifiedSince = time;
        }

        return request;
    }
}
