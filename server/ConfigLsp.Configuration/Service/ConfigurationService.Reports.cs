using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;

namespace ConfigLsp.Configuration.Service;

/// <summary>The state of the service, its sources and their breakers.</summary>
public sealed partial class ConfigurationService
{
    /// <summary>The state of the service; looks at nothing.</summary>
    public ServiceInfo GetInfo()
    {
        var workspace = Workspace;
        var sources = ListSources();
        return new ServiceInfo
        {
            Revision = _ledger.IsOpen ? _ledger.Revision : 0,
            IsLoaded = workspace.View.Current is not null && sources.All(static s => !s.IsRequired || s.State is LayerState.Loaded or LayerState.LastGood),
            LastLoad = _lastLoad,
            ErrorCount = sources.Count(static s => s.Error is not null) + (workspace.View.Current?.Findings.Length ?? 0),
            Sources = sources,
            Cache = Cache,
            Warnings = [.. workspace.Environment.Warnings, .. workspace.Plan.Warnings],
        };
    }

    /// <summary>The sources, weakest first, with what is known of them.</summary>
    public ImmutableArray<SourceReport> ListSources() => [.. Workspace.View.Slots.Select(Report)];

    /// <summary>Asks sources once, past cache and breaker, without taking over what they say.</summary>
    /// <param name="name">The source; null for all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<ServiceResult<ImmutableArray<SourceProbe>>> TestSourcesAsync(string? name, CancellationToken cancellationToken) =>
        RunAsync<ImmutableArray<SourceProbe>>("test", async () =>
        {
            var slots = Workspace.View.Slots.Where(s => name is null || s.Name == name).ToList();
            return slots.Count == 0
                ? new ServiceError(ServiceErrors.Unavailable, "There is no source of that name. `configlsp/sources/list` tells which there are.")
                : ImmutableArray.Create(await Task.WhenAll(slots.Select(s => ProbeAsync(s, cancellationToken))).ConfigureAwait(false));
        });

    /// <summary>Opens or closes the breaker of a source.</summary>
    public ServiceResult<BreakerSnapshot> ControlBreaker(string source, BreakerCommand command)
    {
        if (Workspace.View.Slots.FirstOrDefault(s => s.Name == source) is not { } slot)
        {
            return new ServiceError(ServiceErrors.Unavailable, "There is no source of that name. `configlsp/sources/list` tells which there are.");
        }

        var breaker = slot.Pipeline.Breaker;
        switch (command)
        {
            case BreakerCommand.Isolate:
                breaker.Isolate();
                break;
            case BreakerCommand.Close:
                breaker.Close();
                break;
            default:
                breaker.Reset();
                break;
        }

        return breaker.Snapshot;
    }

    /// <summary>The state of the state database; opens it if need be.</summary>
    public StorageReport GetStorage(bool open)
    {
        if (!open && !_ledger.IsOpen)
        {
            return new StorageReport(_host.Options.State?.WorkspaceFolder(Folder), IsOpen: false, StoreId: null, FreeBytes: null, Error: null, Quarantined: null);
        }

        if (_ledger.Database is not { } database)
        {
            return new StorageReport(null, IsOpen: false, null, null, _ledger.Open().Error, null);
        }

        var id = database.StoreId;
        return new StorageReport(database.Path, IsOpen: id.IsSuccess, id.IsSuccess ? id.Value : null, database.FreeSpace, id.Error, database.Quarantined?.ToString());
    }

    private SourceReport Report(SourceSlot slot)
    {
        var status = slot.Status;
        return new SourceReport
        {
            Name = slot.Name,
            Type = slot.Plan.Type,
            State = status.State,
            Location = slot.Source?.Location,
            File = slot.Status.Content?.FilePath ?? slot.Plan.FilePath,
            Section = slot.Plan.Configuration.Section,
            IsWritable = slot.Plan.IsWritable,
            IsDefaultTarget = Workspace.DefaultTarget == slot,
            IsOptional = slot.Plan.Optional,
            IsRequired = slot.Plan.Required,
            LoadedAt = status.LoadedAt,
            Duration = status.Duration,
            Size = status.Content?.Tree.Text.Length,
            Error = status.Error,
            Breaker = slot.Pipeline.Breaker.Snapshot,
            Failures = status.Failures,
        };
    }

    private static ProbeStatus StatusOf(SourceReading.Failed failed) => failed.IsTransient ? ProbeStatus.Unavailable : ProbeStatus.Error;

    private async Task<SourceProbe> ProbeAsync(SourceSlot slot, CancellationToken cancellationToken)
    {
        if (slot.Source is not { } source)
        {
            return new SourceProbe(slot.Name, ProbeStatus.Error, TimeSpan.Zero, Size: null, slot.Plan.Refusal);
        }

        var time = _host.Options.Time;
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var reading = await source.LoadAsync(previous: null, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            var duration = time.GetElapsedTime(started);
            return reading switch
            {
                SourceReading.Loaded loaded => new SourceProbe(slot.Name, ProbeStatus.Healthy, duration, loaded.Content.Tree.Text.Length, Error: null),
                SourceReading.Failed failed => new SourceProbe(slot.Name, StatusOf(failed), duration, Size: null, failed.Error),
                _ when slot.Plan.Optional => new SourceProbe(slot.Name, ProbeStatus.Healthy, duration, Size: null, Error: null),
                _ => new SourceProbe(
                    slot.Name, ProbeStatus.Unavailable, duration, Size: null, new ServiceError(ServiceErrors.SourceMissing, $"The document of the source '{slot.Name}' is not there.")),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SourceProbe(
                slot.Name, ProbeStatus.Unavailable, time.GetElapsedTime(started), Size: null, new ServiceError(ServiceErrors.Timeout, $"The source '{slot.Name}' did not answer within 5 s."));
        }
    }
}
