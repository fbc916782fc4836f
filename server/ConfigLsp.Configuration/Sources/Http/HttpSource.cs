using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Sources.Http;

/// <summary>
/// A JSON document that is fetched by HTTP, by the rules of <see cref="HttpFetcher"/>. Only for trusted workspaces.
/// </summary>
public sealed class HttpSource : ISettingsSource
{
    /// <summary>By this share of the interval a look comes earlier or later, so that many clients do not come at once.</summary>
    private const double RefreshJitter = 0.1;

    private readonly HttpSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpFailures _failures;
    private readonly HttpDocument _document;
    private readonly HttpFetcher _fetcher;
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
        _failures = new HttpFailures(name);
        _document = new HttpDocument(options, _failures);
        _fetcher = new HttpFetcher(options.Access, connector, time);
        _addressProblem = Uri.TryCreate(address, UriKind.Absolute, out _address) ? HttpFetcher.FindProblem(_address) : "has no valid URL";
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
        catch (Exception exception) when (HttpFault.IsExpected(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _failures.Fail(HttpFault.FromException(exception));
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

        _fetcher.Dispose();
    }

    private async Task<SourceReading> FetchAsync(Uri address, SourceContent? previous, CancellationToken cancellationToken)
    {
        var origin = _origin is { } known && previous is not null && ReferenceEquals(known.Tree, previous.Tree) ? known : null;
        var query = new HttpQuery { Validator = hop => origin?.Address == hop ? origin.Validator : default };
        switch (await _fetcher.GetAsync(address, query, cancellationToken).ConfigureAwait(false))
        {
            case HttpAnswer.Document document:
                using (document)
                {
                    var reading = await _document.ReadAsync(document.Response, previous, cancellationToken).ConfigureAwait(false);
                    if (reading is SourceReading.Loaded loaded)
                    {
                        _origin = new Origin(loaded.Content.Tree, document.Address, document.Validator);
                    }

                    return reading;
                }

            case HttpAnswer.NotModified:
                return new SourceReading.Loaded(previous!);

            case HttpAnswer.Failed failed:
                return _failures.From(failed.Fault);

            case var other:
                throw new InvalidOperationException($"Unknown answer {other}.");
        }
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
    private sealed record Origin(SyntaxTree Tree, Uri Address, HttpValidator Validator);
}
