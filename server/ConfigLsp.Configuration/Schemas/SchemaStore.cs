using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// Gives documents their schemas: chooses, loads and compiles them, each once for all documents, and says which documents are affected when
/// something changes. Safe for use by several threads.
/// </summary>
public sealed partial class SchemaStore : IDisposable
{
    private const int MaxAttempts = 3;

    /// <summary>Schemas that are kept while no document uses them, since the next one may: a file is opened again, or the next one of a check.</summary>
    private const int MaxUnused = 32;

    private readonly SchemaStoreOptions _options;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly SchemaDocuments _sources;
    private readonly ConcurrentDictionary<string, SchemaRoot> _roots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<DocumentUri, TrackedDocument> _documents = new();
    private readonly Func<DocumentUri, bool> _exists;
    private readonly Lock _gate = new();
    private volatile SchemaStoreState _state;
    private bool _isDisposed;

    /// <summary>Opens the store; nothing is loaded yet.</summary>
    public SchemaStore(SchemaStoreOptions options)
    {
        _options = options;
        _state = new SchemaStoreState(new SchemaAssociations(options.Catalog), IsTrusted: false) { Downloads = options.Downloads?.Settings ?? new() };
        _downloads = options.Downloads is { } downloads ? new SchemaDownloads(downloads, options.Time, uri => InvalidateContent(uri)) : null;
        var files = new FileSchemaSource(options.Files, () => _state.Access, options.ReadOpen);
        _sources = new SchemaDocuments(new SchemaContentRouter(options, files, _downloads, () => _state), _lifetime.Token);
        _exists = uri => uri.TryGetFilePath(out var path) && options.Files.GetStatus(path).IsSuccess;
    }

    /// <summary>Raised, on any thread, when documents that were asked about have another schema than before.</summary>
    public event EventHandler<SchemasChangedEventArgs>? SchemasChanged;

    /// <summary>Which schemas apply where.</summary>
    public SchemaAssociations Associations => _state.Associations;

    /// <summary>The schemas that are loaded for the tracked documents, with what went wrong, for health and status; by URI.</summary>
    public ImmutableArray<LoadedSchema> LoadedSchemas =>
    [
        .. UsedRoots()
            .Select(static r => (r.Uri, r.Result))
            .Where(static r => r.Result is not null)
            .Select(static r => new LoadedSchema(
                r.Uri, r.Result!.Schema is null ? null : r.Result.Origin, [.. r.Result.Failures.Select(static f => new LoadedSchemaFailure(f.Uri, f.Reason, f.Brief))]))
            .OrderBy(static s => s.Uri, StringComparer.Ordinal),
    ];

    /// <summary>How many schemas, and how many documents of schemas, are held in memory.</summary>
    internal (int Roots, int Documents) HeldSchemas => (_roots.Count, _sources.All.Count());

    /// <summary>
    /// The schema of a document. Answers at once, and without allocating, where nothing has changed since it was last asked; else waits for
    /// loads up to <see cref="SchemaStoreOptions.LoadTimeout"/>.
    /// </summary>
    /// <param name="document">The document; tracked until <see cref="Forget"/>.</param>
    /// <param name="tree">Its content, for <c>$schema</c>.</param>
    /// <param name="cancellationToken">Ends the waiting, not the loading.</param>
    public ValueTask<SchemaLookup> GetSchemaAsync(DocumentUri document, SyntaxTree tree, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var declaration = SchemaAssociations.FindDeclaration(tree);
        return _documents.TryGetValue(document, out var known) && known.Current(_state, declaration, _options.RetryInterval) is { } lookup
            ? new ValueTask<SchemaLookup>(lookup)
            : LookUpAsync(document, tree, declaration, cancellationToken);
    }

    /// <summary>A schema by its URI, for a document that is to be checked against just that one. Nothing is tracked.</summary>
    /// <param name="uri">The absolute URI, perhaps with a fragment.</param>
    /// <param name="cancellationToken">Ends the waiting, not the loading.</param>
    public async ValueTask<SchemaLookup> GetSchemaByUriAsync(string uri, CancellationToken cancellationToken)
    {
        var selection = new SchemaSelection(SchemaLevel.Client, [new SelectedSchema(new SchemaReference(uri), string.Empty)]);
        ImmutableArray<SchemaRoot> roots = [GetRoot(uri)];
        var isComplete = await WaitAsync(roots, cancellationToken);
        return Compose(selection, roots, origin: default) with { IsPending = !isComplete };
    }

    /// <summary>Stops tracking a document, for instance when it is closed. Its schemas stay loaded, unless too many are that nobody uses.</summary>
    public void Forget(DocumentUri document)
    {
        _inspected.TryRemove(document, out _);
        if (_documents.TryRemove(document, out _))
        {
            DropUnused();
        }
    }

    /// <summary>Replaces the served folders, with what their <c>configlsp.json</c> say and whether each is trusted.</summary>
    public void SetWorkspaceFolders(ImmutableArray<WorkspaceFolder> folders) =>
        Change(state => state.WithAssociations(state.Associations with { Folders = folders }));

    /// <summary>Adds a served folder, or replaces the one with its URI.</summary>
    public void AddWorkspaceFolder(WorkspaceFolder folder) =>
        Change(state => state.Associations.Folders.Contains(folder)
            ? state
            : state.WithAssociations(state.Associations with { Folders = [.. state.Associations.Folders.Where(f => !f.Uri.Equals(folder.Uri)), folder] }));

    /// <summary>Replaces the associations that the client gives.</summary>
    public void SetAssociations(ClientSchemas schemas) => Change(state => state.WithAssociations(state.Associations with { Client = schemas }));

    /// <summary>Says whether the person trusts the workspace: all folders, and files outside of any.</summary>
    public void SetTrust(bool isTrusted) =>
        Change(state => (state with { IsTrusted = isTrusted }).WithAssociations(
            state.Associations with { Folders = [.. state.Associations.Folders.Select(f => f.IsTrusted == isTrusted ? f : f with { IsTrusted = isTrusted })] }));

    /// <summary>Lets schemas be read from the folder of a file that the person named, also where the workspace is not trusted.</summary>
    public void AllowFolderOf(DocumentUri file)
    {
        if (file.TryGetFilePath(out var path) && Path.GetDirectoryName(path) is { } folder && !_state.OpenedFolders.Contains(folder))
        {
            Change(state => state with { OpenedFolders = state.OpenedFolders.Add(folder) });
        }
    }

    /// <summary>Ends all loads. The store must not be used afterwards.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _lifetime.Cancel();
            _downloads?.Dispose();
            lock (_gate)
            {
                _retry?.Dispose();
            }

            _lifetime.Dispose();
        }
    }

    private async ValueTask<SchemaLookup> LookUpAsync(DocumentUri document, SyntaxTree tree, SyntaxNode declaration, CancellationToken cancellationToken)
    {
        AllowOwnFolder(document);
        var declared = declaration.IsNone ? null : declaration.RawContent.ToArray();
        for (var attempt = 1; ; attempt++)
        {
            var state = _state;
            // Tracked before anything is found out, so that a change of settings meanwhile is announced for it.
            var pending = new TrackedDocument(state, declared, Selection: null, [], Lookup: null);
            var isNew = !_documents.TryGetValue(document, out var previous);
            _documents[document] = pending;
            var selection = state.Associations.Select(document, tree, _exists);
            ImmutableArray<SchemaRoot> roots = [.. selection.Schemas.Select(s => GetRoot(s.Schema.Uri))];
            var waiting = pending with { Roots = roots };
            _documents.TryUpdate(document, waiting, pending);
            if (!isNew && !previous!.Roots.SequenceEqual(roots))
            {
                DropUnused();
            }

            var isComplete = await WaitAsync(roots, cancellationToken);
            if (attempt < MaxAttempts && (!ReferenceEquals(state, _state) || roots.Any(static r => r.IsStale)))
            {
                // Something changed while it was loading. What changes without end is answered with what there is.
                continue;
            }

            var origin = selection.Level == SchemaLevel.Declared ? declaration : default;
            var lookup = Compose(selection, roots, origin) with { IsPending = !isComplete };
            var tracked = waiting with { Selection = selection, Lookup = isComplete ? lookup : null };
            _documents.TryUpdate(document, tracked, waiting);
            if (!isComplete || !ReferenceEquals(state, _state) || roots.Any(static r => r.IsStale))
            {
                // Also where another caller's answer is kept instead: this one may be the one that is shown.
                _ = AnnounceWhenLoadedAsync(document, roots);
            }

            ScheduleRetry(roots);
            return lookup;
        }
    }

    /// <summary>A file outside of all folders was opened by the person: schemas may come from its own folder.</summary>
    private void AllowOwnFolder(DocumentUri document)
    {
        var state = _state;
        if (document.IsFile && !state.Access.IsUnrestricted && state.Associations.FindFolder(document) is null)
        {
            AllowFolderOf(document);
        }
    }

    private SchemaRoot GetRoot(string uri)
    {
        while (true)
        {
            var root = _roots.GetOrAdd(uri, static (key, self) => new SchemaRoot(key, self._sources, self._options.Time), this);
            if (!root.IsDue(_options.RetryInterval))
            {
                return root;
            }

            lock (_gate)
            {
                if (_roots.TryRemove(KeyValuePair.Create(uri, root)))
                {
                    root.IsStale = true;
                    foreach (var document in root.Documents)
                    {
                        // What was read well is kept; what failed is read again.
                        if (_sources.Where((u, d) => u.Equals(document) && d.Failure is { MayPass: true }).Any())
                        {
                            _sources.Remove(document);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Waits for the schemas, at most once for each; false if one is not there yet.</summary>
    private async ValueTask<bool> WaitAsync(ImmutableArray<SchemaRoot> roots, CancellationToken cancellationToken)
    {
        foreach (var root in roots)
        {
            // All loads are started before the first one is waited for.
            _ = root.Loading.Value;
        }

        var started = _options.Time.GetTimestamp();
        var isComplete = true;
        foreach (var root in roots)
        {
            var load = root.Loading.Value;
            if (!load.IsCompleted)
            {
                var left = root.HasTimedOut ? TimeSpan.Zero : _options.LoadTimeout - _options.Time.GetElapsedTime(started);
                if (!await IsLoadedAsync(load, left, cancellationToken))
                {
                    root.HasTimedOut = true;
                    isComplete = false;
                    continue;
                }
            }

            if (load.IsFaulted)
            {
                // The bug reaches the caller, but is not kept for the next one.
                root.IsStale = true;
                _roots.TryRemove(KeyValuePair.Create(root.Uri, root));
            }

            await load;
        }

        return isComplete;
    }

    private async ValueTask<bool> IsLoadedAsync(Task load, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return load.IsCompleted;
        }

        using var timer = new CancellationTokenSource(timeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await load.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return load.IsCompleted;
    }

    private static SchemaLookup Compose(SchemaSelection selection, ImmutableArray<SchemaRoot> roots, SyntaxNode origin)
    {
        if (roots.IsEmpty)
        {
            return SchemaLookup.None;
        }

        var schemas = new List<JsonSchema>();
        var problems = new List<SchemaLoadProblem>();
        var said = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < roots.Length; i++)
        {
            if (roots[i].Loading.Value is not { IsCompletedSuccessfully: true, Result: var result })
            {
                continue;
            }

            if (result.Schema is { } schema)
            {
                schemas.Add(selection.Schemas[i].Section is { } section ? JsonSchema.ForSection(section, schema) : JsonSchema.At(selection.Schemas[i].At, schema));
            }

            foreach (var failure in result.Failures)
            {
                if (!said.Add(failure.Uri))
                {
                    continue;
                }

                var referrer = result.Schema is null ? null : roots[i].Uri;
                var same = problems.FindIndex(p => p.Reason == failure.Reason && p.Referrer == referrer);
                if (referrer is not null && same >= 0)
                {
                    // A host that does not answer, or is not trusted, is said once, not for each of its documents.
                    problems[same] = problems[same] with { More = problems[same].More + 1 };
                }
                else if (problems.Count < SchemaLookup.MaxProblems)
                {
                    problems.Add(new SchemaLoadProblem(failure.Uri, failure.Reason, origin.IsNone ? null : origin.Span) { Referrer = referrer });
                }
            }
        }

        return new SchemaLookup(
            schemas.Count == 0 ? null : JsonSchema.AllOf(schemas),
            selection.Level,
            [.. roots.Select(static r => r.Uri)],
            [.. problems])
        {
            DescribesSchemas = selection.Schemas.Zip(roots).Any(static s => s.First is { At: "", Section: null } && IsMetaSchema(s.Second)),
        };
    }

    private void Change(Func<SchemaStoreState, SchemaStoreState> change)
    {
        ImmutableArray<DocumentUri> affected;
        lock (_gate)
        {
            var old = _state;
            var next = change(old);
            if (ReferenceEquals(old, next))
            {
                return;
            }

            _state = next;
            foreach (var uri in ChangedDocuments(old, next).ToArray())
            {
                _sources.Remove(uri);
                DropRoots(root => root.Uses(uri));
            }

            affected = [.. _documents.Where(d => !StillHolds(d.Key, d.Value, next)).Select(static d => d.Key)];
            ForgetLookups(affected);
        }

        Announce(affected);
    }

    /// <summary>The schema documents that would be read differently now.</summary>
    private IEnumerable<DocumentUri> ChangedDocuments(SchemaStoreState old, SchemaStoreState next)
    {
        foreach (var uri in old.Inline.Keys.Union(next.Inline.Keys))
        {
            if (!(old.Inline.TryGetValue(uri, out var before) && next.Inline.TryGetValue(uri, out var after) && before.Span.SequenceEqual(after.Span)))
            {
                yield return uri;
            }
        }

        var (had, has) = (old.Access, next.Access);
        var isLess = (had.IsUnrestricted && !has.IsUnrestricted) || (!has.IsUnrestricted && had.Folders.Except(has.Folders).Any());
        var isMore = (has.IsUnrestricted && !had.IsUnrestricted) || (!had.IsUnrestricted && has.Folders.Except(had.Folders).Any());
        foreach (var uri in DownloadsToReread(old, next))
        {
            yield return uri;
        }

        // With less access nothing that came from outside is kept, also not what is still on its way.
        var reread = isLess
            ? _sources.All.Where(uri => !_options.Catalog.TryRead(uri.Text, out _))
            : _sources.Where((_, document) => isMore && document.Failure is { NeedsTrust: true });
        foreach (var uri in reread)
        {
            yield return uri;
        }
    }

    /// <summary>Whether an answer is the same under the new settings; if so, it is kept for them.</summary>
    private bool StillHolds(DocumentUri document, TrackedDocument known, SchemaStoreState state)
    {
        if (known is not { Selection: { } selection, Lookup: not null } || known.Roots.Any(static r => r.IsStale))
        {
            return false;
        }

        var isSame = selection.Level == SchemaLevel.Declared
            ? document.Path.Contains('/', StringComparison.Ordinal) || state.Associations.Folders.SequenceEqual(known.State.Associations.Folders)
            : IsSame(selection, state.Associations.SelectByName(document, _exists));
        return isSame && _documents.TryUpdate(document, known with { State = state }, known);
    }

    private static bool IsSame(SchemaSelection a, SchemaSelection b) =>
        a.Level == b.Level && a.Schemas.Length == b.Schemas.Length && a.Schemas.Zip(b.Schemas).All(static p => p.First.At == p.Second.At && p.First.Section == p.Second.Section && p.First.Schema.Uri == p.Second.Schema.Uri);

    private void DropRoots(Func<SchemaRoot, bool> predicate)
    {
        foreach (var (uri, root) in _roots)
        {
            if (predicate(root))
            {
                root.IsStale = true;
                _roots.TryRemove(KeyValuePair.Create(uri, root));
            }
        }
    }

    private HashSet<SchemaRoot> UsedRoots() => [.. _documents.Values.SelectMany(static d => d.Roots)];

    /// <summary>Gives schemas back that no tracked document uses, once they are many. Who is about to use one sees that it is stale, and asks again.</summary>
    private void DropUnused()
    {
        if (_roots.Count <= MaxUnused)
        {
            return;
        }

        lock (_gate)
        {
            var used = UsedRoots();
            var unused = _roots.Values.Where(r => !used.Contains(r) && r.Loading is { IsValueCreated: true, Value.IsCompleted: true }).ToHashSet();
            if (unused.Count <= MaxUnused)
            {
                return;
            }

            DropRoots(unused.Contains);
            var needed = _roots.Values.SelectMany(static r => r.Documents).ToHashSet();
            foreach (var document in unused.SelectMany(static r => r.Documents).Where(d => !needed.Contains(d)))
            {
                _sources.Remove(document);
            }
        }
    }

    private void ForgetLookups(ImmutableArray<DocumentUri> documents)
    {
        foreach (var document in documents)
        {
            if (_documents.TryGetValue(document, out var known))
            {
                _documents.TryUpdate(document, known with { Lookup = null }, known);
            }
        }
    }

    private void Announce(ImmutableArray<DocumentUri> documents)
    {
        if (documents.Length > 0)
        {
            SchemasChanged?.Invoke(this, new SchemasChangedEventArgs(documents));
        }
    }

    private async Task AnnounceWhenLoadedAsync(DocumentUri document, ImmutableArray<SchemaRoot> roots)
    {
        await AnnounceWhenDoneAsync(document, Task.WhenAll(roots.Select(static r => r.Loading.Value)));
        ScheduleRetry(roots);
    }

    private async Task AnnounceWhenDoneAsync(DocumentUri document, Task loads)
    {
        await loads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_lifetime.IsCancellationRequested && _documents.ContainsKey(document))
        {
            Announce([document]);
        }
    }
}
