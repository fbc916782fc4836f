using System.Collections.Immutable;
using ConfigLsp.Configuration.Concurrency;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Files;

namespace ConfigLsp.Configuration.Service;

/// <summary>The services of all workspaces in this process. Safe for use by several threads.</summary>
public sealed class ConfigurationHost : IAsyncDisposable
{
    /// <summary>How long operations may take to finish when the host ends.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private static readonly ErrorDescriptor NotServed = ServiceErrors.Unavailable with
    {
        IsRetryable = false,
        Help = "Name a folder that is served, or leave `workspace` out for the first one.",
    };

    private readonly Lock _lock = new();
    private readonly List<IEditorBuffers> _buffers = [];
    private ImmutableArray<ConfigurationService> _services = [];

    public ConfigurationHost(HostOptions options)
    {
        Options = options;
        PathLocks = options.State is { } state ? new PathLocks(state, options.Time) : null;
        Changes = options.WatchesFiles ? new FileChanges(options.Files, options.Time) : null;
    }

    /// <summary>What the process gave.</summary>
    public HostOptions Options { get; }

    /// <summary>The services, in the order in which their folders were opened.</summary>
    public ImmutableArray<ConfigurationService> Services
    {
        get
        {
            lock (_lock)
            {
                return _services;
            }
        }
    }

    internal KeyLocks KeyLocks { get; } = new();

    internal PathLocks? PathLocks { get; }

    internal FileChanges? Changes { get; }

    /// <summary>The editors that have files open.</summary>
    internal IEnumerable<IEditorBuffers> Buffers
    {
        get
        {
            lock (_lock)
            {
                return [.. _buffers];
            }
        }
    }

    /// <summary>Serves a folder; the same service for each way of naming it. Reads nothing yet.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    /// <param name="isTrusted">Whether the person trusts what is in it.</param>
    public ConfigurationService Open(string folder, bool isTrusted)
    {
        var path = Canonical(folder);
        lock (_lock)
        {
            if (_services.FirstOrDefault(s => s.Folder == path) is { } known)
            {
                if (known.IsTrusted == isTrusted)
                {
                    return known;
                }

                // With another trust it is another service; the old one ends once its operations have.
                _ = Task.Run(async () => await known.DisposeAsync().ConfigureAwait(false));
            }

            var service = new ConfigurationService(this, path, isTrusted);
            _services = [.. _services.Where(s => s.Folder != path), service];
            return service;
        }
    }

    /// <summary>Stops serving a folder.</summary>
    public async ValueTask CloseAsync(string folder)
    {
        var path = Canonical(folder);
        ConfigurationService? service;
        lock (_lock)
        {
            service = _services.FirstOrDefault(s => s.Folder == path);
            _services = [.. _services.Where(s => s != service)];
        }

        if (service is not null)
        {
            await service.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The service that a request means.</summary>
    /// <param name="workspace">The path or <c>file:</c> URI of a served folder, or of something in it; null for the first one.</param>
    public ServiceResult<ConfigurationService> Find(string? workspace)
    {
        var services = Services;
        if (services.IsEmpty)
        {
            return new ServiceError(ServiceErrors.Unavailable, "No workspace is served.");
        }

        if (workspace is null)
        {
            return services[0];
        }

        var path = DocumentUri.TryParse(workspace, out var uri) && uri.TryGetFilePath(out var file) ? file : workspace;
        if (!Path.IsPathFullyQualified(path))
        {
            return new ServiceError(NotServed, "`workspace` must be an absolute path or a file: URI of a folder that is served.");
        }

        var canonical = Canonical(path);
        return services.Where(s => canonical == s.Folder || canonical.StartsWith(s.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)).MaxBy(static s => s.Folder.Length) is { } service
            ? service
            : new ServiceError(NotServed, "The workspace is not served here.");
    }

    /// <summary>Says that <see cref="HostOptions.Http"/> gives something else than before. Returns at once.</summary>
    public void HttpAccessChanged()
    {
        foreach (var service in Services)
        {
            service.Reopen();
        }
    }

    /// <summary>Takes the files of an editor into account, until the result is disposed.</summary>
    public IDisposable Register(IEditorBuffers buffers)
    {
        lock (_lock)
        {
            _buffers.Add(buffers);
        }

        return new Registration(this, buffers);
    }

    /// <summary>Takes no more updates, lets those finish that are there, up to <see cref="DrainTime"/>, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(DrainTime, Options.Time);
        await KeyLocks.DrainAsync(patience.Token).WaitAsync(DrainTime * 2, Options.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var service in Services)
        {
            await service.DisposeAsync().ConfigureAwait(false);
        }

        Changes?.Dispose();
        lock (_lock)
        {
            _services = [];
        }
    }

    private string Canonical(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Options.Files.ResolveRealPath(path) is { IsSuccess: true, Value: var real } ? real : path;
    }

    private sealed class Registration(ConfigurationHost host, IEditorBuffers buffers) : IDisposable
    {
        public void Dispose()
        {
            lock (host._lock)
            {
                host._buffers.Remove(buffers);
            }
        }
    }
}
