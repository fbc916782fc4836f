using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Sources.Http;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Service;

/// <summary>A workspace as its <c>configlsp.json</c> says at one time: its sources, its schema, its view. Another content makes another one.</summary>
internal sealed class OpenWorkspace : IAsyncDisposable
{
    private readonly SchemaStore _schemas;
    private readonly CancellationTokenSource _lifetime = new();
    private volatile JsonSchema? _schema;
    private volatile string? _schemaFault;

    /// <param name="host">What the process gave.</param>
    /// <param name="folder">The folder with its <c>configlsp.json</c>.</param>
    /// <param name="changed">Told of every new view, in order.</param>
    /// <param name="observe">Told of what happens at the sources.</param>
    /// <param name="ledger">The revisions of the workspace.</param>
    /// <param name="before">The workspace that this one takes the place of, or null.</param>
    public OpenWorkspace(
        ConfigurationHost host,
        WorkspaceFolder folder,
        Action<OpenWorkspace, ViewChange> changed,
        Action<ServiceEvent> observe,
        RevisionLedger ledger,
        OpenWorkspace? before)
    {
        var options = host.Options;
        Folder = folder;
        Environment = EnvironmentDetector.Detect(new EnvironmentInputs
        {
            Explicit = options.Environment,
            Configured = EnvironmentInputs.ConfiguredIn(folder.Configuration),
            Variable = options.Placeholders.EnvironmentVariable,
            HostName = options.HostName,
        });
        Plan = SourcePlan.Create(folder, Environment.Name, ConfigurationOverrides.Read(options.Placeholders.EnvironmentVariable), options.Placeholders);
        _schema = before is not null && before.Plan.Schema.Uri == Plan.Schema.Uri ? before._schema : null;
        _schemas = new SchemaStore(new SchemaStoreOptions(options.Files, options.Catalog) { Time = options.Time, Downloads = options.SchemaDownloads?.Invoke() });
        _schemas.SetTrust(folder.IsTrusted);
        _schemas.AddWorkspaceFolder(folder);

        var isCached = options.CacheEnabled ?? Plan.Cache.Enabled;
        var timeToLive = isCached ? TimeSpan.FromMilliseconds(Plan.Cache.TtlMs) : TimeSpan.Zero;
        Cache = new SettingCache<SettingAnswer>(timeToLive, options.Time);
        View = new LayeredView([.. Plan.Sources.Select(CreateSlot)], GetSchemaAsync, timeToLive, change => changed(this, change), options.Time)
        {
            Failed = exception => observe(new ServiceEvent.InternalError(exception)),
        };
        DefaultTarget = View.Slots.FirstOrDefault(s => s.Plan == Plan.DefaultTarget);
        Parts = new WorkspaceParts
        {
            Files = options.Files,
            Time = options.Time,
            View = View,
            Ledger = ledger,
            KeyLocks = host.KeyLocks,
            PathLocks = host.PathLocks,
            Buffers = () => host.Buffers,
        };
        Reader = new SettingReader(View, ledger, Cache, () => DefaultTarget);
        Updater = new SettingsUpdater(Parts);

        SourceSlot CreateSlot(PlannedSource plan)
        {
            var resilience = ResilienceOptions.Combine(folder.Configuration.Resilience, plan.Configuration.Resilience);
            var pipeline = new SourcePipeline(plan.Name, resilience, options.Time, operation => observe(new ServiceEvent.OperationEnded(operation)));
            pipeline.Breaker.Changed += (_, change) => observe(new ServiceEvent.BreakerChanged(change.Source, change.OldState, change.Snapshot));
            var source = plan.Refusal is null ? CreateSource(host, plan, () => _schema) : null;
            return new SourceSlot(plan, source, pipeline, options.Time)
            {
                Changed = (old, now) => observe(new ServiceEvent.SourceStateChanged(plan.Name, old.State, now.State, now.Error)),
            };
        }
    }

    public WorkspaceFolder Folder { get; }

    public DetectedEnvironment Environment { get; }

    public SourcePlan Plan { get; }

    public SettingCache<SettingAnswer> Cache { get; }

    public LayeredView View { get; }

    public WorkspaceParts Parts { get; }

    public SettingReader Reader { get; }

    public SettingsUpdater Updater { get; }

    /// <summary>The source that updates go to where they name none; null if nothing can be written.</summary>
    public SourceSlot? DefaultTarget { get; }

    /// <summary>The files besides those of the sources on which it depends: its <c>configlsp.json</c>, and its schema if that is a file.</summary>
    public IEnumerable<string> OtherFiles =>
        new[] { DocumentUri.TryParse(Plan.Schema.Uri, out var schema) && schema.TryGetFilePath(out var path) ? path : null, ConfigurationFile }.OfType<string>();

    private string? ConfigurationFile => Folder.Uri.TryGetFilePath(out var folder) ? Path.Join(folder, WorkspaceConfiguration.FileName) : null;

    /// <summary>
    /// Why settings cannot be checked; null if they can. Without the schema nobody knows what is valid and what is secret: nothing is written then, and
    /// nothing shown but what is asked for by its key.
    /// </summary>
    public ServiceError? SchemaFault => View.Current is { Schema: null }
        ? new ServiceError(ServiceErrors.Unavailable, $"The schema of the settings could not be loaded: {_schemaFault ?? "it is not there yet"}.")
        : null;

    /// <summary>The slot that an update or a read of revisions means.</summary>
    public ServiceResult<SourceSlot> FindTarget(string? source)
    {
        if (source is null)
        {
            return DefaultTarget is { } target ? target : new ServiceError(ServiceErrors.SourceNotWritable, "No source of this workspace can be written.");
        }

        var slot = View.Slots.FirstOrDefault(s => s.Name == source);
        return slot switch
        {
            null => new ServiceError(ServiceErrors.SourceNotWritable, "There is no source of that name.") { Source = Shorten(source) },
            { Plan.Refusal: { } refusal } => refusal with { Source = slot.Name },
            { Plan.IsWritable: false } => new ServiceError(ServiceErrors.SourceNotWritable, $"The source '{slot.Name}' cannot be written.") { Source = slot.Name },
            _ => slot,
        };
    }

    /// <summary>Says that the file of the schema may have another content.</summary>
    public void InvalidateSchema()
    {
        if (DocumentUri.TryParse(Plan.Schema.Uri, out var uri))
        {
            _schemas.Invalidate(uri);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync().ConfigureAwait(false);
        await View.DisposeAsync().ConfigureAwait(false);
        _schemas.Dispose();
        _lifetime.Dispose();
    }

    private static ISettingsSource CreateSource(ConfigurationHost host, PlannedSource plan, Func<JsonSchema?> schema)
    {
        var options = host.Options;
        var http = options.Http?.Invoke() ?? new HttpAccess { AllowPrivateAddresses = options.AllowPrivateAddresses };
        return plan.Type switch
        {
            SourceType.Defaults => new DefaultsSource(plan.Name, schema),
            SourceType.Environment => new EnvironmentVariablesSource(plan.Name, plan.Configuration.Prefix ?? string.Empty, options.Variables, schema),
            SourceType.Http => new HttpSource(
                plan.Name,
                plan.Configuration.Url ?? string.Empty,
                new HttpSourceOptions
                {
                    Format = plan.Configuration.Format,
                    RefreshInterval = plan.Configuration.RefreshMs is { } refresh ? TimeSpan.FromMilliseconds(refresh) : null,
                    AllowPrivateAddresses = http.AllowPrivateAddresses,
                    Proxy = http.Proxy,
                    NoProxy = http.NoProxy,
                    VerifyCertificates = http.VerifyCertificates,
                },
                options.Time),
            _ => new FileSource(plan, options.Files, host.Changes, schema),
        };
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";

    /// <summary>The schema; while it cannot be read, for instance because it is being written, the one from before.</summary>
    private async ValueTask<JsonSchema?> GetSchemaAsync(CancellationToken cancellationToken)
    {
        var lookup = await _schemas.GetSchemaByUriAsync(Plan.Schema.Uri, cancellationToken).ConfigureAwait(false);
        _schemaFault = lookup.Schema is null && lookup.Problems is [var first, ..] ? first.Reason : null;
        return _schema = lookup.Schema ?? _schema;
    }
}
