using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>A schema that files use, with all documents that it refers to, directly or not: loaded and compiled once for all files.</summary>
internal sealed class SchemaRoot
{
    /// <summary>The most documents that one schema may consist of.</summary>
    public const int MaxDocuments = 1000;

    private readonly ConcurrentDictionary<DocumentUri, bool> _documents = new();

    /// <summary>The origins of the documents that were downloaded so far, which lend their trust to what they refer to there.</summary>
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly SchemaDocuments _source;
    private readonly TimeProvider _time;
    private volatile bool _isStale;
    private long _failedAt;

    /// <summary>Prepares the schema; <see cref="Loading"/> starts it.</summary>
    /// <param name="uri">Its URI, perhaps with a fragment.</param>
    /// <param name="source">The documents.</param>
    /// <param name="time">The clock, for when a failure may be tried again.</param>
    public SchemaRoot(string uri, SchemaDocuments source, TimeProvider time)
    {
        Uri = uri;
        _source = source;
        _time = time;
        Loading = new Lazy<Task<SchemaRootResult>>(LoadAsync);
    }

    public string Uri { get; }

    public Lazy<Task<SchemaRootResult>> Loading { get; }

    /// <summary>Whether somebody has waited for it in vain: then nobody waits any more, the end of the load is announced.</summary>
    public bool HasTimedOut { get; set; }

    /// <summary>Whether a document of it has changed, so that it must not be used for new answers.</summary>
    public bool IsStale
    {
        get => _isStale;
        set => _isStale = value;
    }

    /// <summary>The documents that it consists of, as far as it is loaded.</summary>
    public IEnumerable<DocumentUri> Documents => _documents.Keys;

    public bool Uses(DocumentUri document) => _documents.ContainsKey(document);

    /// <summary>Whether it failed for a passing reason, long enough ago to try again.</summary>
    /// <param name="retryInterval">How long ago that is where the reason does not say.</param>
    public bool IsDue(TimeSpan retryInterval) =>
        Result is { MayPass: true } result && _time.GetElapsedTime(_failedAt) >= (result.RetryAfter ?? retryInterval);

    /// <summary>In what time it is to be tried again though nobody asks; null if it is not.</summary>
    public TimeSpan? RetriesIn =>
        Result?.RetryAfter is not { } pause ? null
        : pause - _time.GetElapsedTime(_failedAt) is var left && left > TimeSpan.Zero ? left
        : TimeSpan.Zero;

    /// <summary>What loading it gave; null as long as it has not ended well.</summary>
    public SchemaRootResult? Result => Loading is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } load } ? load.Result : null;

    private async Task<SchemaRootResult> LoadAsync()
    {
        var registry = new SchemaRegistry();
        var failures = ImmutableArray.CreateBuilder<SchemaLoadFailure>();
        var end = Uri.IndexOf('#', StringComparison.Ordinal);
        var missing = ImmutableArray.Create(end < 0 ? Uri : Uri[..end]);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        JsonSchema? schema = null;
        SchemaOrigin? origin = null;
        var needsRoot = true;
        while (missing.Length > 0)
        {
            if (_documents.Count + missing.Length > MaxDocuments)
            {
                // What is missing accepts everything. One failure speaks for all of it.
                failures.Add(new SchemaLoadFailure(missing[0], $"A schema may consist of at most {MaxDocuments} documents.", MayPass: false));
                break;
            }

            var loads = missing.Where(asked.Add).Select(uri => (Uri: uri, Load: AddAsync(uri))).ToArray();
            if (loads.Length == 0)
            {
                break;
            }

            var downloaded = new List<string>();
            foreach (var (uri, load) in loads)
            {
                var document = await load;
                if (document.Tree is { } tree)
                {
                    registry.Add(uri, tree);
                    origin ??= document.Origin;
                    if (document.Origin is { Kind: SchemaOriginKind.Download or SchemaOriginKind.Cache } && FindOrigin(uri) is { } own)
                    {
                        downloaded.Add(own);
                    }

                    continue;
                }

                registry.AddFailure(uri, document.Failure!.Reason);
                failures.Add(new SchemaLoadFailure(uri, document.Failure.Reason, document.Failure.MayPass) { RetryAfter = document.Failure.RetryAfter, Brief = document.Failure.Brief });
            }

            // Only now, so that what was asked for beside them has had nothing of it.
            _origins.UnionWith(downloaded);

            if (needsRoot && failures.Count > 0)
            {
                break;
            }

            needsRoot = false;
            (schema, missing) = registry.Compile(Uri);
        }

        _failedAt = _time.GetTimestamp();
        return new SchemaRootResult(schema, failures.ToImmutable(), origin);
    }

    private static string? FindOrigin(string uri) =>
        System.Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.GetLeftPart(UriPartial.Authority) : null;

    private async Task<SchemaDocument> AddAsync(string uri)
    {
        if (!DocumentUri.TryParse(uri, out var document))
        {
            return new SchemaDocument(Tree: null, new SchemaContent.Failed("It is not an absolute URI."));
        }

        _documents[document] = true;
        // Asked before the first wait, while no other document can have lent its trust.
        var isInherited = FindOrigin(uri) is { } origin && _origins.Contains(origin);
        var found = await _source.GetAsync(document);
        return isInherited && found.Failure is { NeedsHostTrust: true } ? await _source.GetAsync(document, isInherited: true) : found;
    }
}

/// <summary>What loading a schema gave.</summary>
/// <param name="Schema">The compiled schema; null if its own document could not be loaded.</param>
/// <param name="Failures">The documents that could not be loaded.</param>
/// <param name="Origin">Where its own document was read; null if it was not.</param>
internal sealed record SchemaRootResult(JsonSchema? Schema, ImmutableArray<SchemaLoadFailure> Failures, SchemaOrigin? Origin)
{
    public bool MayPass { get; } = Failures.Any(static f => f.MayPass);

    /// <summary>When the first of the failures is tried again by itself, from the load; null if none is.</summary>
    public TimeSpan? RetryAfter { get; } = Failures.Min(static f => f.MayPass ? f.RetryAfter : null);
}

/// <summary>A document that could not be loaded.</summary>
internal readonly record struct SchemaLoadFailure(string Uri, string Reason, bool MayPass)
{
    /// <summary>As in <see cref="SchemaContent.Failed"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>As in <see cref="SchemaContent.Failed"/>.</summary>
    public string? Brief { get; init; }

    /// <summary>Whether another load failed in the same way.</summary>
    public bool IsSame(SchemaLoadFailure other) => Uri == other.Uri && Reason == other.Reason;
}
