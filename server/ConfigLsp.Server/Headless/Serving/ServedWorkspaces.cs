using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>The folders that this process serves, and the one host behind them, which is made when the first client has said how.</summary>
/// <param name="options">What the person who started the process said.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Told of what happens in every folder.</param>
internal sealed class ServedWorkspaces(HeadlessServerOptions options, TimeProvider time, Action<string, ServiceEvent> observer) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly PhysicalFileSystem _files = new();

    /// <summary>How many clients have brought a folder that the command line does not name.</summary>
    private readonly Dictionary<string, int> _brought = new(StringComparer.Ordinal);
    private ConfigurationHost? _host;

    /// <summary>Null before <see cref="Start"/>.</summary>
    public ConfigurationHost? Host => Volatile.Read(ref _host);

    /// <summary>The environment that was asked for when the host was made.</summary>
    public string? Environment { get; private set; }

    /// <summary>Makes the host, and opens the folders of the command line; where none are given, the one that the working directory belongs to.</summary>
    /// <param name="client">What the only client of the process wants; null where there are several.</param>
    /// <param name="hasOwnFolders">Whether the client brings folders, so that none has to be found.</param>
    public void Start(ClientOptions? client, bool hasOwnFolders)
    {
        lock (_lock)
        {
            if (_host is not null)
                return;
            Environment = client?.Environment ?? options.Environment;
            PathPlaceholders placeholders = options.Placeholders;
            HostOptions process = HostFactory.CreateOptions(_files, new SchemaCatalog(ignoreCase: OperatingSystem.IsWindows()), placeholders);
            var host = new ConfigurationHost(process with
            {
                Time = time,
                Placeholders = placeholders with { EnvironmentVariable = name => Variable(client, name) ?? placeholders.EnvironmentVariable(name) },
                Environment = Environment,
                WatchesFiles = true,
                CacheEnabled = client?.CacheEnabled,
                Observer = observer,
            });
            Volatile.Write(ref _host, host);
            bool trusted = options.IsTrusted || client?.IsTrusted == true;
            foreach (string folder in options.Workspaces)
                Open(host, folder, trusted);
            if (options.Workspaces.IsEmpty && !hasOwnFolders)
                Open(host, WorkspaceLocator.Find(_files, options.WorkingDirectory, placeholders.HomeFolder) ?? options.WorkingDirectory, trusted);
        }
    }

    /// <summary>Serves a folder that a client names.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="isTrusted">Whether the client trusts it; where the folder is served already, that stays as it is.</param>
    /// <param name="fault">Why it cannot be served.</param>
    /// <returns>The folder as it is served, links resolved; null with a fault.</returns>
    public string? TryOpen(string folder, bool isTrusted, out string? fault)
    {
        lock (_lock)
        {
            ConfigurationHost host = _host ?? throw new InvalidOperationException("Nothing is served yet.");
            fault = Fault(folder);
            if (fault is not null)
                return null;
            if (host.Find(folder) is { IsSuccess: true, Value: var known } && IsSame(known.Folder, folder))
            {
                if (_brought.TryGetValue(known.Folder, out int clients))
                    _brought[known.Folder] = clients + 1;
                return known.Folder;
            }

            if (host.Services.Length >= HeadlessLimits.Workspaces)
            {
                fault = $"a process serves at most {HeadlessLimits.Workspaces} folders";
                return null;
            }

            string served = Open(host, folder, options.IsTrusted || isTrusted);
            _brought[served] = 1;
            return served;
        }
    }

    /// <summary>A client that brought folders is gone: those that nobody else brought are not served any longer.</summary>
    public async ValueTask ReleaseAsync(IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            lock (_lock)
            {
                if (!_brought.TryGetValue(folder, out int clients))
                    continue;
                if (clients > 1)
                {
                    _brought[folder] = clients - 1;
                    continue;
                }

                _brought.Remove(folder);
            }

            if (_host is { } host)
                await host.CloseAsync(folder).ConfigureAwait(false);
        }
    }

    /// <summary>Why a folder cannot be served; null if it can.</summary>
    public string? Fault(string folder)
    {
        if (!Path.IsPathFullyQualified(folder))
            return $"'{folder}' is no absolute path";
        return _files.GetStatus(folder) is { IsSuccess: true, Value.Kind: FileKind.Directory } ? null : $"'{folder}' is no folder, or cannot be read";
    }

    public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Open(ConfigurationHost host, string folder, bool trusted)
    {
        // What the person has trusted before need not be said again.
        ConfigurationService service = host.Open(folder, trusted || HostFactory.FindTrust(host.Options)?.IsTrusted(folder) == true);
        // So that the first request need not wait for the sources, and health knows of them.
        _ = Task.Run(() => ReadAheadAsync(service));
        return service.Folder;
    }

    private static async Task ReadAheadAsync(ConfigurationService service)
    {
        try
        {
            await service.ListAsync(prefix: null, limit: 1, cursor: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            // The process ends already.
        }
    }

    private static string? Variable(ClientOptions? client, string name) =>
        name == ConfigurationOverrides.CacheTtlVariable ? client?.CacheTtlMs?.ToString() : null;

    private bool IsSame(string served, string folder) =>
        _files.ResolveRealPath(Path.TrimEndingDirectorySeparator(folder)) is { IsSuccess: true, Value: var real } && real == served;
}
