using System.Collections.Concurrent;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Documents;

namespace ConfigLsp.Server.Lsp.Effective;

/// <summary>
/// The configuration service of the session's folders, for the features of the editor: which documents are sources, and what is effective. Nothing
/// is made or read until it is first needed.
/// </summary>
internal sealed class EffectiveSettings : IAsyncDisposable
{
    /// <summary>How long an answer of the editor's features waits for the first view of a folder. Later ones are there at once.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly ConfigurationAccess _access;
    private readonly EditorBuffers _buffers;
    private readonly TimeProvider _time;
    private readonly ServerLog _log;
    private readonly ErrorRecord _errors;
    private readonly Action<Func<OpenDocument, bool>> _changed;
    private readonly ConcurrentDictionary<ConfigurationService, Lazy<Task<ConfigurationSnapshot>>> _first = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private List<string> _folders = [];
    private bool _isTrusted;
    private ConfigurationHost? _host;
    private IDisposable? _registration;
    private SchemaDownloadSettings _downloads = new();
    private bool _isClosed;

    /// <param name="access">How the service is come by.</param>
    /// <param name="buffers">The documents that are open.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="errors">Where bugs are counted.</param>
    /// <param name="changed">Told which documents are to be checked again; on any thread.</param>
    public EffectiveSettings(
        ConfigurationAccess access, EditorBuffers buffers, TimeProvider time, ServerLog log, ErrorRecord errors, Action<Func<OpenDocument, bool>> changed)
    {
        _access = access;
        _buffers = buffers;
        _time = time;
        _log = log;
        _errors = errors;
        _changed = changed;
    }

    /// <summary>The host if there is one already.</summary>
    public ConfigurationHost? KnownHost
    {
        get
        {
            lock (_lock)
                return _host;
        }
    }

    /// <summary>The host, which serves the folders of the session; made when it is first asked for.</summary>
    public ConfigurationHost Host
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (_host is { } known)
                    return known;
                ConfigurationHost host = _access.CreateHost(new ConfigurationHostRequest(() => Volatile.Read(ref _downloads), Observe));
                _registration = host.Register(_buffers);
                foreach (string folder in _folders)
                    host.Open(folder, _isTrusted);
                return _host = host;
            }
        }
    }

    /// <summary>Whether every folder has been read, so that <see cref="FindAsync"/> has its answer at once.</summary>
    public bool IsReady => KnownHost is { } host
        && host.Services.All(service => _first.TryGetValue(service, out Lazy<Task<ConfigurationSnapshot>>? first) && first is { IsValueCreated: true, Value.IsCompleted: true });

    /// <summary>Serves these folders; those that are no files are left out.</summary>
    public void Open(IEnumerable<string> folders, bool isTrusted)
    {
        lock (_lock)
        {
            _isTrusted = isTrusted;
            _folders = [.. Paths(folders)];
        }
    }

    public void ChangeFolders(IEnumerable<string> added, IEnumerable<string> removed)
    {
        lock (_lock)
        {
            List<string> gone = [.. Paths(removed)];
            List<string> fresh = [.. Paths(added)];
            _folders = [.. _folders.Except(gone).Union(fresh)];
            if (_host is not { } host)
                return;
            foreach (string folder in gone.Except(_folders))
                _ = CloseAsync(host, folder);
            foreach (string folder in fresh)
                host.Open(folder, _isTrusted);
        }
    }

    /// <summary>Takes over the person's settings for HTTP and for downloading schemas.</summary>
    public void Apply(SchemaDownloadSettings downloads)
    {
        lock (_lock)
        {
            if (downloads == _downloads)
                return;
            Volatile.Write(ref _downloads, downloads);
            _host?.HttpAccessChanged();
        }
    }

    /// <summary>The place of a document among the sources; null where it is none, or where that is not known in time.</summary>
    public ValueTask<SourceDocument?> FindAsync(OpenDocument document, CancellationToken cancellation) =>
        MayBeSource(document) ? new ValueTask<SourceDocument?>(SearchAsync(document, cancellation)) : default;

    /// <summary>The same for those who must be right and can wait: until the folders have been read, however long a source takes.</summary>
    public ValueTask<SourceDocument?> LocateAsync(OpenDocument document, CancellationToken cancellation) => MayBeSource(document)
        ? new ValueTask<SourceDocument?>(Task.Run(() => SearchAsync(document), CancellationToken.None).WaitAsync(cancellation))
        : default;

    /// <summary>Reads the folders, without anybody waiting, and has the document checked again where that makes a difference.</summary>
    public void CheckWhenReady(OpenDocument document)
    {
        if (MayBeSource(document))
            _ = CheckAgainAsync(Task.Run(() => SearchAsync(document), CancellationToken.None), document);
    }

    public async ValueTask DisposeAsync()
    {
        ConfigurationHost? host;
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            host = _host;
            _registration?.Dispose();
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (host is not null)
            await host.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private bool MayBeSource(OpenDocument document) => document.ParsedUri is { IsFile: true } && _folders.Count > 0;

    private static IEnumerable<string> Paths(IEnumerable<string> uris)
    {
        foreach (string text in uris)
        {
            if (DocumentUri.TryParse(text, out DocumentUri? uri) && uri.TryGetFilePath(out string? path))
                yield return path;
        }
    }

    private async Task<SourceDocument?> SearchAsync(OpenDocument document, CancellationToken cancellation)
    {
        // Files are looked at, which may take its time; whoever waits does so on a thread of his own.
        Task<SourceDocument?> search = Task.Run(() => SearchAsync(document), CancellationToken.None);
        try
        {
            return await search.WaitAsync(LongestWait, _time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is missing from this answer is brought later.
            _ = CheckAgainAsync(search, document);
            return null;
        }
    }

    private async Task CheckAgainAsync(Task<SourceDocument?> search, OpenDocument document)
    {
        if (await search.ConfigureAwait(false) is not { } source || _stop.IsCancellationRequested)
            return;
        try
        {
            if (source.Layer.Section is not null || source.View.Findings.Any(finding => finding.Outcome == FindingOutcome.Reported && finding.Layer == source.Index)
                || EffectiveHints.FindOverridden(source, document.Tree, document.Text.FullSpan, _stop.Token).Any())
                _changed(other => other.Uri == document.Uri);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    private async Task<SourceDocument?> SearchAsync(OpenDocument document)
    {
        try
        {
            if (_buffers.RealPathOf(document) is not { } path)
                return null;
            // The user's own file belongs to every folder; a file of a folder belongs to that one.
            IEnumerable<ConfigurationService> services = Host.Services
                .OrderByDescending(service => path.StartsWith(service.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? service.Folder.Length : 0);
            foreach (ConfigurationService service in services)
            {
                ConfigurationSnapshot view = await ViewAsync(service).ConfigureAwait(false);
                for (int i = view.Layers.Length - 1; i >= 0; i--)
                {
                    if (view.Layers[i].Content?.FilePath == path)
                        return new SourceDocument(view, i) { IsTrusted = service.IsTrusted };
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The folder or the session was closed meanwhile.
        }
        catch (Exception exception)
        {
            Failed(exception);
        }

        return null;
    }

    private async ValueTask<ConfigurationSnapshot> ViewAsync(ConfigurationService service)
    {
        Lazy<Task<ConfigurationSnapshot>> first = _first.GetOrAdd(
            service, static (key, stop) => new Lazy<Task<ConfigurationSnapshot>>(() => Task.Run(() => key.GetSnapshotAsync(stop).AsTask(), stop)), _stop.Token);
        try
        {
            _ = await first.Value.ConfigureAwait(false);
            // From then on it is kept up to date by what watches the files. Where a configlsp.json was changed, there is none for a moment.
            return service.Current ?? await service.GetSnapshotAsync(_stop.Token).ConfigureAwait(false);
        }
        catch
        {
            _first.TryRemove(service, out _);
            throw;
        }
    }

    private async Task CloseAsync(ConfigurationHost host, string folder)
    {
        try
        {
            foreach (ConfigurationService service in _first.Keys.Where(service => service.Folder == folder))
                _first.TryRemove(service, out _);
            await host.CloseAsync(folder).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    private void Observe(string folder, ServiceEvent happened)
    {
        if (happened is ServiceEvent.ViewChanged change)
            _ = Task.Run(() => CheckAgain(folder, change), CancellationToken.None);
        if (ServiceLog.Write(_log, happened) is { } failure)
            _errors.Add($"The configuration service failed ({failure.GetType().Name}).");
    }

    private void CheckAgain(string folder, ServiceEvent.ViewChanged change)
    {
        try
        {
            HashSet<string> files = new(change.Files, StringComparer.Ordinal);
            if (KnownHost?.Services.FirstOrDefault(service => service.Folder == folder)?.Current is { } view)
                files.UnionWith(view.Layers.Select(layer => layer.Content?.FilePath).OfType<string>());
            _changed(document => _buffers.RealPathOf(document) is { } path && files.Contains(path));
        }
        catch (ObjectDisposedException)
        {
            // The folder was closed meanwhile.
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    private void Failed(Exception exception)
    {
        _log.Failure("The configuration service failed.", exception);
        _errors.Add($"The configuration service failed ({exception.GetType().Name}).");
    }
}
