using System.Net;
using System.Net.Http.Headers;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>
/// A JSON document that is fetched by HTTP. Requests carry no credentials and no cookies; redirects are followed only to http(s), never from https
/// back to http, and each hop obeys the rules for addresses. Only for trusted workspaces.
/// </summary>
public sealed class HttpSource : ISettingsSource
{
    private const int MaxRedirects = 5;

    /// <summary>By this share of the interval a look comes earlier or later, so that many clients do not come at once.</summary>
    private const double RefreshJitter = 0.1;

    private readonly HttpSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpFailures _failures;
    private readonly HttpDocument _document;
    private readonly HttpTransport _transport;
    private readonly Uri? _address;
    private readonly string? _addressProblem;
    private readonly Lock _lock = new();

    private volatile Origin? _origin;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <param name="name">How logs, health and the API call it.</param>
    /// <param name="address">The address as configured. One that cannot be used makes a source that says so when it is read.</param>
    /// <param name="options">How it reads.</param>
    /// <param name="time">The clock.</param>
    public HttpSource(string name, string address, HttpSourceOptions options, TimeProvider time)
        : this(name, address, options, time, new HttpConnector())
    {
    }

    internal HttpSource(string name, string address, HttpSourceOptions options, TimeProvider time, HttpConnector connector)
    {
        Name = name;
        _options = options;
        _time = time;
        _failures = new HttpFailures(name, time);
        _document = new HttpDocument(options, _failures);
        _transport = new HttpTransport(options, connector, time);
        _addressProblem = Uri.TryCreate(address, UriKind.Absolute, out _address) ? FindProblem(_address) : "has no valid URL";
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public SourceType Type => SourceType.Http;

    /// <inheritdoc />
    public string? WritablePath => null;

    /// <summary>The address without what may be secret in it: user, query and fragment.</summary>
    public string? Location => _address?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <inheritdoc />
    public void Watch(Action changed)
    {
        if (_options.RefreshInterval is not { } interval)
        {
            return;
        }

        lock (_lock)
        {
            if (!_isDisposed)
            {
                _timer = _time.CreateTimer(
                    _ =>
                    {
                        Arm(interval);
                        changed();
                    },
                    state: null,
                    Timeout.InfiniteTimeSpan,
                    Timeout.InfiniteTimeSpan);
            }
        }

        Arm(interval);
    }

    /// <inheritdoc />
    public async ValueTask<SourceReading> LoadAsync(SourceContent? previous, CancellationToken cancellationToken)
    {
        if (_address is null || _addressProblem is not null)
        {
            return _failures.Invalid(_addressProblem!);
        }

        try
        {
            return await FetchAsync(_address, previous, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _failures.FromException(exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        _transport.Dispose();
    }

    private static string? FindProblem(Uri address) =>
        address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp ? "has a URL that is neither https: nor http:"
        : address.UserInfo.Length > 0 ? "has a URL with a user name or password in it, which is refused"
        : address.Host.Length == 0 ? "has a URL without a host"
        : null;

    private async Task<SourceReading> FetchAsync(Uri address, SourceContent? previous, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            // A validator belongs to the address that gave it.
            var origin = _origin is { } known && previous is not null && ReferenceEquals(known.Tree, previous.Tree) && known.Address == address ? known : null;
            using var request = CreateRequest(address, origin);
            using var response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            switch ((int)response.StatusCode)
            {
                case 200:
                    var reading = await _document.ReadAsync(response, previous, cancellationToken).ConfigureAwait(false);
                    if (reading is SourceReading.Loaded loaded)
                    {
                        _origin = new Origin(loaded.Content.Tree, address, response.Headers.ETag, response.Content.Headers.LastModified);
                    }

                    return reading;

                case 304:
                    return origin is { IsConditional: true }
                        ? new SourceReading.Loaded(previous!)
                        : _failures.Unexpected("says that its document has not changed, though nobody asked that");

                case 301 or 302 or 303 or 307 or 308:
                    if (hops == MaxRedirects)
                    {
                        return _failures.Unexpected($"redirects more than {MaxRedirects} times");
                    }

                    if (FindTarget(response, address, out var target) is { } problem)
                    {
                        return _failures.Unexpected(problem);
                    }

                    address = target!;
                    break;

                default:
                    return _failures.FromStatus(response);
            }
        }
    }

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

    private static HttpRequestMessage CreateRequest(Uri address, Origin? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, application/*+json;q=0.9, */*;q=0.1");
        request.Headers.TryAddWithoutValidation("User-Agent", "configlsp");
        if (origin is { Tag: { } tag })
        {
            request.Headers.IfNoneMatch.Add(tag);
        }
        else if (origin is { LastModified: { } time })
        {
            request.Headers.IfModifiedSince = time;
        }

        return request;
    }

    private void Arm(TimeSpan interval)
    {
        // The spread only keeps clients apart, so its randomness need not be good.
#pragma warning disable CA5394
        var shift = 1 + (RefreshJitter * ((2 * Random.Shared.NextDouble()) - 1));
#pragma warning restore CA5394
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _timer?.Change(interval * shift, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Where a document came from, and how to ask whether it has changed.</summary>
    private sealed record Origin(SyntaxTree Tree, Uri Address, EntityTagHeaderValue? Tag, DateTimeOffset? LastModified)
    {
        public bool IsConditional => Tag is not null || LastModified is not null;
    }
}
