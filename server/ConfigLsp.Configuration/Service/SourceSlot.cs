using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Sources;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// A source at its place in the order of precedence: reads it through its pipeline, and keeps the last good content while it is ill.
/// </summary>
internal sealed class SourceSlot : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Task<SourceStatus>? _loading;
    private Task<SourceStatus>? _attempting;
    private long _written;
    private volatile SourceStatus _status;

    /// <param name="plan">The source as it is planned.</param>
    /// <param name="source">What reads it; null where the plan refuses it.</param>
    /// <param name="pipeline">What guards it.</param>
    /// <param name="time">The clock.</param>
    public SourceSlot(PlannedSource plan, ISettingsSource? source, SourcePipeline pipeline, TimeProvider time)
    {
        Plan = plan;
        Source = source;
        Pipeline = pipeline;
        _time = time;
        _status = source is null ? new SourceStatus(LayerState.Refused) { Error = plan.Refusal } : SourceStatus.NotLoaded;
    }

    public PlannedSource Plan { get; }

    public string Name => Plan.Name;

    public ISettingsSource? Source { get; }

    public SourcePipeline Pipeline { get; }

    /// <summary>Told when the state is another than before: what it was, and what it is.</summary>
    public Action<SourceStatus, SourceStatus>? Changed { get; init; }

    /// <summary>What is known now.</summary>
    public SourceStatus Status => _status;

    /// <summary>
    /// Reads the source, together with everybody who wants it read at the same time. The last good content stays where the attempt fails.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the attempt goes on for the others.</exception>
    public Task<SourceStatus> LoadAsync(AttemptMode mode, CancellationToken cancellationToken)
    {
        if (Source is null)
        {
            return Task.FromResult(_status);
        }

        Task<SourceStatus> loading;
        lock (_lock)
        {
            // Who wants one attempt does not wait for the retries of another.
            ref var own = ref mode == AttemptMode.Single ? ref _attempting : ref _loading;
            loading = own is { IsCompleted: false } running ? running : own = RunAsync(Source, mode);
        }

        return loading.WaitAsync(cancellationToken);
    }

    /// <summary>Takes over what an update of this process has written.</summary>
    public void Accept(SourceContent content)
    {
        lock (_lock)
        {
            _written++;
            var now = _time.GetUtcNow();
            _status = _status with { State = LayerState.Loaded, Content = content, Error = null, AttemptedAt = now, LoadedAt = now };
        }
    }

    public void Dispose()
    {
        Source?.Dispose();
        Pipeline.Dispose();
    }

    private async Task<SourceStatus> RunAsync(ISettingsSource source, AttemptMode mode)
    {
        // Off the caller's thread, which may be a connection's queue: reading a file can wait for a disk.
        await Task.Yield();
        var before = _status;
        var written = Volatile.Read(ref _written);
        var started = _time.GetTimestamp();
        var reading = await Pipeline.LoadAsync(token => source.LoadAsync(before.Content, token), mode, CancellationToken.None).ConfigureAwait(false);
        SourceStatus old, next;
        lock (_lock)
        {
            if (written != _written)
            {
                // What was read may be from before the update.
                return _status;
            }

            old = _status;
            next = _status = Next(old, reading) with { AttemptedAt = _time.GetUtcNow(), Duration = _time.GetElapsedTime(started) };
        }

        if (old.State != next.State)
        {
            Changed?.Invoke(old, next);
        }

        return next;
    }

    private SourceStatus Next(SourceStatus before, SourceReading reading) => reading switch
    {
        SourceReading.Loaded loaded => before with { State = LayerState.Loaded, Content = loaded.Content, Error = null, LoadedAt = _time.GetUtcNow() },
        SourceReading.Missing => before with { State = LayerState.Missing, Content = null, Error = MissingError(), LoadedAt = _time.GetUtcNow() },
        SourceReading.Failed failed => before with
        {
            State = before.Content is null ? LayerState.Failed : LayerState.LastGood,
            Error = failed.Error with { Source = Name },
            Failures = before.Failures + 1,
        },
        _ => throw new InvalidOperationException("There is no such reading."),
    };

    private ServiceError? MissingError() => Plan.Optional
        ? null
        : new ServiceError(ServiceErrors.SourceMissing, $"The document of the source '{Name}' is not there.") { Source = Name };
}
