using System.Collections.Concurrent;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>
/// Gives schemas that have http(s) addresses. A copy that is new serves without asking anybody; an old one serves too, and the server is asked
/// meanwhile; without a copy the schema is downloaded, where that is permitted. A failure is remembered, and the next attempt made later each time.
/// Safe for use by several threads.
/// </summary>
internal sealed class SchemaDownloads : IDisposable
{
    private readonly SchemaDownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<DocumentUri> _changed;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ConcurrentDictionary<HttpAccess, HttpFetcher> _fetchers = new();
    private readonly ConcurrentDictionary<Uri, DownloadFailure> _failures = new();
    private readonly ConcurrentDictionary<Uri, Task<SchemaContent>> _revalidations = new();
    private readonly ConcurrentDictionary<Uri, bool> _expired = new();

    /// <param name="options">What the process gives.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told, on any thread, of a document whose old copy has served and that has another content now.</param>
    public SchemaDownloads(SchemaDownloadOptions options, TimeProvider time, Action<DocumentUri> changed)
    {
        _options = options;
        _time = time;
        _changed = changed;
    }

    /// <summary>Whether the document of a URI is one of those.</summary>
    public static bool IsDownload(DocumentUri uri) => uri.Scheme is "http" or "https";

    /// <summary>Gives the document.</summary>
    /// <param name="document">Its URI.</param>
    /// <param name="permission">What is permitted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<SchemaContent> ReadAsync(DocumentUri document, DownloadPermission permission, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(document.Normalized, UriKind.Absolute, out var address) || HttpFetcher.FindProblem(address) is not null)
        {
            return SchemaContent.Failure("Its address has no host, or a user name or password in it, which is refused. Correct the address.");
        }

        address = permission.Upgrade(address);
        if (permission.IsDenied(address))
        {
            return DownloadReasons.Denied(address);
        }

        // The disk may be slow, and nobody is to wait for it who holds something.
        var copy = _options.Cache is { } cache ? await Task.Run(() => cache.Find(address), cancellationToken).ConfigureAwait(false) : null;
        var refusal = permission.FindRefusal(address);
        if (copy is null)
        {
            return refusal ?? FindFailure(address)?.ToContent(_time) ?? await DownloadAsync(address, copy: null, permission, cancellationToken).ConfigureAwait(false);
        }

        if ((copy.Entry.IsFresh(_time.GetUtcNow()) && !_expired.ContainsKey(address)) || refusal is not null)
        {
            return FromCopy(copy, refusal?.Brief);
        }

        if (FindFailure(address) is { } failure)
        {
            return FromCopy(copy, failure.Content.Brief);
        }

        return await RevalidateAsync(document, address, copy, permission, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A copy of the document is taken for old from now on, and an earlier failure says nothing any more.</summary>
    public void Expire(DocumentUri document)
    {
        if (IsDownload(document) && Uri.TryCreate(document.Normalized, UriKind.Absolute, out var address))
        {
            foreach (var each in (Uri[])[address, DownloadPermission.ToHttps(address)])
            {
                _failures.TryRemove(each, out _);
                _expired[each] = true;
            }
        }
    }

    /// <summary>The network may be reached in another way now, so earlier failures say nothing any more.</summary>
    public void ForgetFailures() => _failures.Clear();

    public void Dispose()
    {
        _lifetime.Cancel();
        foreach (var fetcher in _fetchers.Values)
        {
            fetcher.Dispose();
        }

        _lifetime.Dispose();
    }

    private static SchemaContent.Loaded FromCopy(CachedSchema copy, string? note) => new(SourceText.FromUtf8(copy.Content))
    {
        Origin = new SchemaOrigin(SchemaOriginKind.Cache) { FetchedAt = copy.Entry.FetchedAt, CheckedAt = copy.Entry.CheckedAt, Note = note },
    };

    private DownloadFailure? FindFailure(Uri address) => _failures.TryGetValue(address, out var failure) && !failure.IsDue(_time) ? failure : null;

    /// <summary>Asks the server whether a copy holds. Who can wait gets its answer, everybody else the copy.</summary>
    private async ValueTask<SchemaContent> RevalidateAsync(
        DocumentUri document, Uri address, CachedSchema copy, DownloadPermission permission, CancellationToken cancellationToken)
    {
        var answer = _revalidations.GetOrAdd(address, key => Task.Run(() => AskAgainAsync(document, key, copy, permission), CancellationToken.None));
        if (_options.RevalidationWait > TimeSpan.Zero)
        {
            try
            {
                return await answer.WaitAsync(_options.RevalidationWait, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return FromCopy(copy, "the server takes long to answer");
            }
        }

        return FromCopy(copy, note: null);
    }

    private async Task<SchemaContent> AskAgainAsync(DocumentUri document, Uri address, CachedSchema copy, DownloadPermission permission)
    {
        try
        {
            var content = await DownloadAsync(address, copy, permission, _lifetime.Token).ConfigureAwait(false);
            if (content is SchemaContent.Loaded loaded)
            {
                if (_options.RevalidationWait == TimeSpan.Zero && !loaded.Text.Span.SequenceEqual(copy.Content.Span))
                {
                    _changed(document);
                }

                return content;
            }

            return FromCopy(copy, ((SchemaContent.Failed)content).Brief);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends; the copy is asked about the next time.
            return FromCopy(copy, note: null);
        }
        finally
        {
            _revalidations.TryRemove(address, out _);
        }
    }

    private async Task<SchemaContent> DownloadAsync(Uri address, CachedSchema? copy, DownloadPermission permission, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken, _lifetime.Token);
        HttpFault fault;
        try
        {
            var fetcher = _fetchers.GetOrAdd(permission.Settings.Http, access => new HttpFetcher(access, _options.Connector ?? new HttpConnector(), _time));
            var query = new HttpQuery
            {
                Accept = "application/schema+json, application/json;q=0.9, */*;q=0.1",
                Validator = hop => copy is not null && hop.AbsoluteUri == copy.Entry.Source ? copy.Entry.Validator : default,
                JudgeRedirect = permission.JudgeRedirect(address),
            };
            switch (await fetcher.GetAsync(address, query, either.Token).ConfigureAwait(false))
            {
                case HttpAnswer.Document document:
                    using (document)
                    {
                        var (content, problem) = await TakeAsync(address, document, either.Token).ConfigureAwait(false);
                        if (content is not null)
                        {
                            Succeeded(address);
                            return content;
                        }

                        fault = problem!;
                        break;
                    }

                case HttpAnswer.NotModified answer:
                    var confirmed = copy!.Entry with { CheckedAt = _time.GetUtcNow(), FreshFor = CacheEntry.FreshnessOf(answer.MaxAge) };
                    _options.Cache?.Confirm(confirmed);
                    Succeeded(address);
                    return FromCopy(copy with { Entry = confirmed }, note: null);

                case HttpAnswer.Failed failed:
                    fault = failed.Fault;
                    break;

                case var other:
                    throw new InvalidOperationException($"Unknown answer {other}.");
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && !_lifetime.IsCancellationRequested)
        {
            fault = new HttpFault(HttpFaultKind.Unavailable, $"did not arrive within {_options.Timeout.TotalSeconds:0} s", IsTransient: true);
        }
        catch (Exception exception) when (HttpFault.IsExpected(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            fault = HttpFault.FromException(exception);
        }

        var known = _failures.AddOrUpdate(
            address,
            _ => DownloadFailure.First(address, fault, _time.GetTimestamp()),
            (_, before) => before.Next(address, fault, _time.GetTimestamp()));
        return known.ToContent(_time);
    }

    private void Succeeded(Uri address)
    {
        _failures.TryRemove(address, out _);
        _expired.TryRemove(address, out _);
    }

    /// <summary>What is no schema displaces no copy of one: whoever stands between here and the server may answer with a page of its own.</summary>
    private async Task<(SchemaContent.Loaded? Content, HttpFault? Problem)> TakeAsync(Uri address, HttpAnswer.Document document, CancellationToken cancellationToken)
    {
        var headers = document.Response.Content.Headers;
        var type = headers.ContentType?.MediaType;
        if (type is not null && (type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)))
        {
            return (null, new HttpFault(HttpFaultKind.Invalid, "is a page for people and no schema by its content type", IsTransient: false));
        }

        if (HttpBody.JudgeEncoding(headers) is { } problem)
        {
            return (null, new HttpFault(HttpFaultKind.Invalid, problem, IsTransient: false));
        }

        if (await HttpBody.ReadAsync(document.Response.Content, FileLimits.Schema, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return (null, HttpFault.TooLarge(FileLimits.Schema));
        }

        var text = SourceText.FromUtf8(bytes);
        if (SchemaDocuments.FindProblem(text) is { } fault)
        {
            return (null, new HttpFault(HttpFaultKind.Invalid, $"is not a schema: {fault.TrimEnd('.')}", IsTransient: false));
        }

        var now = _time.GetUtcNow();
        var validator = document.Validator;
        _options.Cache?.Keep(
            new CacheEntry(address.AbsoluteUri, ContentHash.Of(bytes.Span))
            {
                FetchedAt = now,
                CheckedAt = now,
                FreshFor = CacheEntry.FreshnessOf(document.Response.Headers.CacheControl?.MaxAge),
                Source = document.Address.AbsoluteUri,
                Tag = validator.Tag?.ToString(),
                LastModified = validator.LastModified,
            },
            bytes);
        return (new SchemaContent.Loaded(text) { Origin = new SchemaOrigin(SchemaOriginKind.Download) { FetchedAt = now, CheckedAt = now } }, null);
    }
}
