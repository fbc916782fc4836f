using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas.Downloading;

namespace ConfigLsp.Configuration.Schemas;

/// <content>What comes from outside: documents that change, downloads, and their being tried again.</content>
public sealed partial class SchemaStore
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);

    private readonly SchemaDownloads? _downloads;
    private ITimer? _retry;

    /// <summary>Replaces what the person permits of downloading. What has nothing to do with the difference stays loaded.</summary>
    public void SetDownloads(SchemaDownloadSettings settings) => Change(state =>
    {
        if (state.Downloads == settings)
        {
            return state;
        }

        _downloads?.ForgetFailures();
        return state with { Downloads = settings };
    });

    /// <summary>Lets schemas be downloaded from the origin of an address that the person named, also where neither workspace nor host is trusted.</summary>
    public void AllowAddress(DocumentUri uri)
    {
        if (SchemaDownloads.IsDownload(uri) && Uri.TryCreate(uri.Normalized, UriKind.Absolute, out var address))
        {
            Change(state => state with { NamedOrigins = state.NamedOrigins.Add(address.GetLeftPart(UriPartial.Authority)) });
        }
    }

    /// <summary>
    /// Says that a document may have another content than before, may have appeared or vanished: it is read again when it is next needed. Call it for
    /// every watched file that changed; for a file that no schema has to do with it does nothing.
    /// </summary>
    /// <returns>Whether a document that was asked about is affected.</returns>
    public bool Invalidate(DocumentUri uri)
    {
        _downloads?.Expire(uri);
        return Invalidate(uri, asFile: true);
    }

    /// <summary>Says that a document has another content than before, for instance in the editor, where it is neither created nor removed.</summary>
    /// <returns>As <see cref="Invalidate(DocumentUri)"/>.</returns>
    public bool InvalidateContent(DocumentUri uri) => Invalidate(uri, asFile: false);

    private bool Invalidate(DocumentUri uri, bool asFile)
    {
        ImmutableArray<DocumentUri> affected;
        lock (_gate)
        {
            _sources.Remove(uri);
            DropRoots(root => root.Uses(uri));
            var changed = _documents.Where(d => d.Value.Roots.Any(static r => r.IsStale)).Select(static d => d.Key);
            changed = changed.Union(_inspected.Where(i => i.Value.Contains(uri)).Select(static i => i.Key));
            if (asFile && _options.Catalog.Siblings.Contains(uri.Name))
            {
                // The catalogue makes a file's schema depend on this one being beside it.
                var folder = uri.Resolve(".");
                changed = changed.Union(_documents.Keys.Where(d => d.Resolve(".").Equals(folder)));
            }

            affected = [.. changed];
            ForgetLookups(affected);
        }

        Announce(affected);
        return affected.Length > 0;
    }

    /// <summary>The downloaded documents to which other settings make a difference: those that failed, and those that are refused now.</summary>
    private IEnumerable<DocumentUri> DownloadsToReread(SchemaStoreState old, SchemaStoreState next)
    {
        if (old.Downloads == next.Downloads && old.NamedOrigins == next.NamedOrigins)
        {
            return [];
        }

        var permission = next.Permission;
        return _sources.Where((uri, document) => SchemaDownloads.IsDownload(uri)
            && (document.Failure is not null || (Uri.TryCreate(uri.Normalized, UriKind.Absolute, out var address) && permission.IsDenied(permission.Upgrade(address)))));
    }

    /// <summary>Has schemas tried again that could not be downloaded, though nobody asks, since a file that is looked at is not always edited.</summary>
    private void ScheduleRetry(ImmutableArray<SchemaRoot> roots)
    {
        if (roots.Any(static r => r.RetriesIn is not null))
        {
            ArmRetry();
        }
    }

    private void ArmRetry()
    {
        lock (_gate)
        {
            if (_isDisposed || WaitingRoots().Select(static r => r.RetriesIn).Min() is not { } due)
            {
                return;
            }

            _retry ??= _options.Time.CreateTimer(_ => _ = Task.Run(RetryAsync), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _retry.Change(due > ShortestRetry ? due : ShortestRetry, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The schemas of tracked documents that are tried again by themselves, as they were loaded last.</summary>
    private List<SchemaRoot> WaitingRoots() =>
    [
        .. UsedRoots().Select(r => r.Uri).Distinct(StringComparer.Ordinal)
            .Select(uri => _roots.GetValueOrDefault(uri)).OfType<SchemaRoot>().Where(static r => r.RetriesIn is not null),
    ];

    private async Task RetryAsync()
    {
        try
        {
            foreach (var failed in WaitingRoots().Where(r => r.IsDue(_options.RetryInterval)))
            {
                var next = await GetRoot(failed.Uri).Loading.Value.ConfigureAwait(false);
                if (next.Failures.Length == failed.Result!.Failures.Length && next.Failures.Zip(failed.Result.Failures).All(static f => f.First.IsSame(f.Second)))
                {
                    // Nobody need look again for the same answer.
                    continue;
                }

                ImmutableArray<DocumentUri> affected = [.. _documents.Where(d => d.Value.Roots.Any(r => r.Uri == failed.Uri)).Select(static d => d.Key)];
                ForgetLookups(affected);
                Announce(affected);
            }

            ArmRetry();
        }
        catch (OperationCanceledException)
        {
            // The store has been disposed of.
        }
    }
}
