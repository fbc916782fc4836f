using System.Collections.Immutable;
using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Health;

/// <summary>
/// The components of the configuration service. Where several folders are served, those of the second and later ones carry the folder's name behind
/// <c>@</c>. Says no value of a setting and no path.
/// </summary>
internal static class ServiceHealth
{
    public const string Service = "configuration-manager";
    public const string Breakers = "breakers";
    public const string Cache = "cache";
    public const string Storage = "storage";
    public const string Operations = "operations";
    public const string SourcePrefix = "source:";

    /// <summary>Free space of the state folder's disk below which updates will soon fail, in bytes.</summary>
    private const long LittleSpace = 100L * 1024 * 1024;

    /// <summary>Free space below which they do fail.</summary>
    private const long NoSpace = 1024 * 1024;

    /// <summary>Share of operations that must succeed, in percent.</summary>
    private const int SuccessPercent = 95;

    /// <summary>Fewer operations than this say nothing about a share.</summary>
    private const long MinOperations = 20;

    /// <summary>Adds the components of every folder that the host serves, also of those that it will serve.</summary>
    /// <param name="health">What is asked.</param>
    /// <param name="host">The host; null while there is none.</param>
    public static void AddTo(HealthReporter health, Func<ConfigurationHost?> host)
    {
        health.Revision = () => host()?.Services is { IsEmpty: false } services ? services[0].RememberedRevision : null;
        health.AddGroup(Service, () => [.. Each(host, static (service, name) => [Manager(service, name), .. Sources(service, name)])]);
        health.AddGroup(Breakers, () => [.. Each(host, static (service, name) => [CheckBreakers(service, name), CheckCache(service, name)])]);
        health.AddGroup(Storage, () => [.. Each(host, static (service, name) => [CheckStorage(service.GetStorage(open: true), Storage + name)])]);
        health.AddGroup(Operations, () => [.. Each(host, static (service, name) => [CheckOperations(service.Statistics.Counts, Operations + name)])]);
    }

    public static HealthCheck CheckStorage(StorageReport storage, string name)
    {
        var details = new Dictionary<string, HealthFact> { ["open"] = storage.IsOpen };
        if (storage.StoreId is { } store)
            details["storeId"] = store;
        if (storage.FreeBytes is { } bytes)
            details["freeBytes"] = bytes;
        return storage switch
        {
            { Error: { } error } => new HealthCheck(name, HealthStatus.Unhealthy, $"The state database cannot be used: {error.Message}")
            {
                Advice = $"Reads go on; updates and history do not. {error.Descriptor.Help}",
                Details = details,
            },
            { FreeBytes: < NoSpace } => new HealthCheck(name, HealthStatus.Unhealthy, "The disk of the state folder is full.")
            {
                Advice = "Free space on it: updates are refused until then.",
                Details = details,
            },
            { FreeBytes: < LittleSpace } => new HealthCheck(name, HealthStatus.Degraded, $"Only {storage.FreeBytes >> 20} MiB are free on the disk of the state folder.")
            {
                Advice = "Free space on it before updates are refused.",
                Details = details,
            },
            { Quarantined: not null } => new HealthCheck(name, HealthStatus.Degraded, "The state database was damaged; a new one was begun, and the history until then is put aside.")
            {
                Advice = "Look after the disk. Settings are not concerned; revisions count on from a new store.",
                Details = details,
            },
            _ => new HealthCheck(name, HealthStatus.Healthy, "The state database is usable.") { Details = details },
        };
    }

    public static HealthCheck CheckOperations(ImmutableSortedDictionary<string, OperationCount> counts, string name)
    {
        long operations = counts.Values.Sum(static count => count.Operations);
        long errors = counts.Values.Sum(static count => count.Errors);
        var slow = counts.Where(static count => count.Value.Slow > 0).Select(static count => count.Key).ToList();
        bool failing = operations >= MinOperations && (operations - errors) * 100 < operations * SuccessPercent;
        string worst = counts.OrderByDescending(static count => count.Value.Errors).Select(static count => count.Key).FirstOrDefault() ?? string.Empty;
        (HealthStatus status, string message, string? advice) = (failing, slow.Count) switch
        {
            (true, _) => (
                HealthStatus.Degraded,
                $"{errors} of {operations} operations failed, most of them '{worst}'.",
                "See the checks of sources and storage for the cause, and the server's log."),
            (_, > 0) => (
                HealthStatus.Degraded,
                $"Some operations took longer than {OperationStatistics.SlowThreshold.TotalSeconds:0} seconds: {string.Join(", ", slow)}.",
                "A slow disk or source may be the cause; see `configlsp sources test`."),
            _ => (HealthStatus.Healthy, $"{operations} operations, {errors} failed.", (string?)null),
        };
        return new HealthCheck(name, status, message)
        {
            Advice = advice,
            Details = new Dictionary<string, HealthFact>
            {
                ["operations"] = operations,
                ["errors"] = errors,
                ["slow"] = counts.Values.Sum(static count => count.Slow),
                ["averageMs"] = operations == 0 ? 0 : (long)(counts.Values.Sum(static count => count.TotalDuration.TotalMilliseconds) / operations),
            },
        };
    }

    public static HealthCheck CheckSource(SourceReport source, string name)
    {
        var details = new Dictionary<string, HealthFact>
        {
            ["type"] = source.Type.ToString().ToLowerInvariant(),
            ["state"] = source.State.ToString(),
            ["breaker"] = source.Breaker.State.ToString(),
            ["failures"] = source.Failures,
            ["durationMs"] = (long)source.Duration.TotalMilliseconds,
            ["required"] = source.IsRequired,
        };
        if (source.LoadedAt is { } loaded)
            details["loadedAt"] = loaded.ToString("O");
        string reason = source.Error?.Message ?? "It cannot be read.";
        HealthCheck Ill(HealthStatus status, string message) => new(name, status, message)
        {
            Details = details,
            Advice = source.Error?.Descriptor.Help ?? "See `configlsp sources test`.",
            DecidesReadiness = source.IsRequired,
        };
        return source.State switch
        {
            LayerState.Failed => Ill(source.IsRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded, reason),
            LayerState.LastGood => Ill(HealthStatus.Degraded, $"{reason} Its last good content serves."),
            LayerState.Refused => Ill(source.IsRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded, reason),
            LayerState.Missing when source.IsRequired => Ill(HealthStatus.Unhealthy, reason),
            LayerState.Missing when !source.IsOptional => Ill(HealthStatus.Degraded, reason),
            LayerState.Missing => new HealthCheck(name, HealthStatus.Healthy, "Not there, which is normal.") { Details = details, DecidesReadiness = source.IsRequired },
            LayerState.NotLoaded => new HealthCheck(name, HealthStatus.Healthy, "Not read yet.") { Details = details, DecidesReadiness = source.IsRequired },
            _ => new HealthCheck(name, HealthStatus.Healthy, "Loaded.") { Details = details, DecidesReadiness = source.IsRequired },
        };
    }

    private static IEnumerable<HealthCheck> Each(
        Func<ConfigurationHost?> host, Func<ConfigurationService, string, IEnumerable<HealthCheck>> check)
    {
        ImmutableArray<ConfigurationService> services = host()?.Services ?? [];
        for (int i = 0; i < services.Length; i++)
        {
            foreach (HealthCheck found in check(services[i], i == 0 ? string.Empty : "@" + Path.GetFileName(services[i].Folder)))
                yield return found;
        }
    }

    private static HealthCheck Manager(ConfigurationService service, string suffix)
    {
        ServiceInfo info = service.GetInfo();
        var details = new Dictionary<string, HealthFact>
        {
            ["loaded"] = info.IsLoaded,
            ["errorCount"] = info.ErrorCount,
            ["revision"] = info.Revision,
            ["environment"] = service.Environment.Name,
            ["trusted"] = service.IsTrusted,
            ["watches"] = service.WatchCount,
        };
        if (info.LastLoad is { } load)
            details["lastLoad"] = load.ToString("O");
        (HealthStatus status, string message, string? advice) = info switch
        {
            { LastLoad: null } => (HealthStatus.Healthy, "Nothing was asked for yet.", null),
            { IsLoaded: false } => (
                HealthStatus.Unhealthy, "A required source could not be read, so not all settings are loaded.", "See the checks of the sources for what to do."),
            { ErrorCount: > 0 } => (
                HealthStatus.Degraded,
                $"Settings are served, but {info.ErrorCount} sources or values are not as they should be.",
                "Run `configlsp check` in the folder, and see the checks of the sources."),
            _ => (HealthStatus.Healthy, "Settings are loaded.", (string?)null),
        };
        return new HealthCheck(Service + suffix, status, message) { Advice = advice, Details = details, DecidesReadiness = true };
    }

    private static IEnumerable<HealthCheck> Sources(ConfigurationService service, string suffix) =>
        service.ListSources().Select(source => CheckSource(source, SourcePrefix + source.Name + suffix));

    private static HealthCheck CheckBreakers(ConfigurationService service, string suffix)
    {
        var open = service.ListSources().Where(static source => source.Breaker.State != BreakerState.Closed).ToList();
        return open.Count == 0
            ? new HealthCheck(Breakers + suffix, HealthStatus.Healthy, "All are closed.")
            : new HealthCheck(Breakers + suffix, HealthStatus.Degraded, $"Not closed: {string.Join(", ", open.Select(static source => source.Name))}.")
            {
                Advice = "Mend the source and wait for the next probe, or reset its breaker.",
                Details = open.ToDictionary(static source => source.Name, static source => (HealthFact)source.Breaker.State.ToString()),
            };
    }

    private static HealthCheck CheckCache(ConfigurationService service, string suffix)
    {
        CacheStatistics cache = service.Cache;
        return new HealthCheck(Cache + suffix, HealthStatus.Healthy, cache.IsEnabled ? $"{cache.Size} answers are remembered." : "Switched off.")
        {
            Details = new Dictionary<string, HealthFact>
            {
                ["enabled"] = cache.IsEnabled,
                ["ttlMs"] = (long)cache.TimeToLive.TotalMilliseconds,
                ["hits"] = cache.Hits,
                ["misses"] = cache.Misses,
                ["size"] = cache.Size,
            },
        };
    }
}
