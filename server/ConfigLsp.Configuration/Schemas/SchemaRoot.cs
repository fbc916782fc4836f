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
    public bool IsDue(TimeSpan retryInterval) =>
        Loading is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.MayPass: true } } && _time.GetElapsedTime(_failedAt) >= retryInterval;

    private async Task<SchemaRootResult> LoadAsync()
    {
        var registry = new SchemaRegistry();
        var failures = ImmutableArray.CreateBuilder<SchemaLoadFailure>();
        var end = Uri.IndexOf('#', StringComparison.Ordinal);
        var missing = ImmutableArray.Create(end < 0 ? Uri : Uri[..end]);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        JsonSchema? schema = null;
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

            foreach (var (uri, load) in loads)
            {
                var document = await load;
                if (document.Tree is { } tree)
                {
                    registry.Add(uri, tree);
                    continue;
                }

                registry.AddFailure(uri, document.Failure!.Reason);
                failures.Add(new SchemaLoadFailure(uri, document.Failure.Reason, document.Failure.MayPass));
            }

            if (needsRoot && failures.Count > 0)
            {
                break;
            }

            needsRoot = false;
            (schema, missing) = registry.Compile(Uri);
        }

        _failedAt = _time.GetTimestamp();
        return new SchemaRootResult(schema, failures.ToImmutable());
    }

    private Task<SchemaDocument> AddAsync(string uri)
    {
        if (!DocumentUri.TryParse(uri, out var document))
        {
            return Task.FromResult(new SchemaDocument(Tree: null, new SchemaContent.Failed("It is not an absolute URI.")));
        }

        _documents[document] = true;
        return _source.GetAsync(document);
    }
}

/// <summary>What loading a schema gave.</summary>
/// <param name="Schema">The compiled schema; null if its own document could not be loaded.</param>
/// <param name="Failures">The documents that could not be loaded.</param>
internal sealed record SchemaRootResult(JsonSchema? Schema, ImmutableArray<SchemaLoadFailure> Failures)
{
    public bool MayPass { get; } = Failures.Any(static f => f.MayPass);
}

/// <summary>A document that could not be loaded.</summary>
internal readonly record struct SchemaLoadFailure(string Uri, string Reason, bool MayPass);
