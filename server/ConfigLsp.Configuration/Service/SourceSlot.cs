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
    private Task<SourceStatus>? _following;
    private long _written;
    private int _writing;
    private bool _passedOver;
    private long _lastTurn;
    private long _appliedTurn;
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
    /// Reads the source. What is given was read after the call: an attempt that had begun before may have read what the caller knows to be old, so
    /// those who come meanwhile share the next one. The last good content stays where the attempt fails.
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
            if (mode == AttemptMode.Full)
            {
                loading = _loading is { IsCompleted: false } running ? running : _loading = RunAsync(Source, mode);
            }
            else if (_attempting is { IsCompleted: false } attempting)
            {
                loading = _following ??= FollowAsync(Source, attempting);
            }
            else
            {
                // Who wants one attempt does not wait for the retries of another.
                loading = _attempting = RunAsync(Source, mode);
            }
        }

        return loading.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Begins an update of this process. Until it ends nothing that is read of the source is taken over: the file may be ahead of the record of its
    /// revision, and those who watch would be told of the change with the revision before it.
    /// </summary>
    /// <param name="readAgain">Called at the end where something that was read has been passed over.</param>
    public SourceWrite BeginWrite(Action<SourceSlot> readAgain)
    {
        lock (_lock)
        {
            _writing++;
        }

        return new SourceWrite(this, readAgain);
    }

    /// <summary>Takes over what an update of this process has written.</summary>
    internal void Accept(SourceContent content)
    {
        lock (_lock)
        {
            _written++;
            var now = _time.GetUtcNow();
            _status = _status with { State = LayerState.Loaded, Content = content, Error = null, AttemptedAt = now, LoadedAt = now };
        }
    }

    /// <summary>Ends an update.</summary>
    /// <returns>Whether something that was read meanwhile has been passed over.</returns>
    internal bool EndWrite()
    {
        lock (_lock)
        {
            if (--_writing > 0 || !_passedOver)
            {
                return false;
            }

            _passedOver = false;
            return true;
        }
    }

    public void Dispose()
    {
        Source?.Dispose();
        Pipeline.Dispose();
    }

    private async Task<SourceStatus> FollowAsync(ISettingsSource source, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<SourceStatus> next;
        lock (_lock)
        {
            _following = null;
            next = _attempting = RunAsync(source, AttemptMode.Single);
        }

        return await next.ConfigureAwait(false);
    }

    private async Task<SourceStatus> RunAsync(ISettingsSource source, AttemptMode mode)
    {
        // Off the caller's thread, which may be a connection's queue: reading a file can wait for a disk.
        await Task.Yield();
        while (true)
        {
            // Read again where an update overtook the reading: what else happened to the source meanwhile would stay unseen.
            if (await TryRunAsync(source, mode).ConfigureAwait(false) is { } status)
            {
                return status;
            }
        }
    }

    private async Task<SourceStatus?> TryRunAsync(ISettingsSource source, AttemptMode mode)
    {
        var before = _status;
        var written = Volatile.Read(ref _written);
        var turn = Interlocked.Increment(ref _lastTurn);
        var started = _time.GetTimestamp();
        var reading = await Pipeline.LoadAsync(token => source.LoadAsync(before.Content, token), mode, CancellationToken.None).ConfigureAwait(false);
        SourceStatus old, next;
        lock (_lock)
        {
            if (_writing > 0)
            {
                // It may be from the middle of the update.
                _passedOver = true;
                return _status;
            }

            if (written != _written)
            {
                return null;
            }

            if (turn < _appliedTurn)
            {
                // From before what somebody else read meanwhile.
                return _status;
            }

            _appliedTurn = turn;

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
        SourceReading.Missing when Plan.Required => Next(before, new SourceReading.Failed(MissingError()!, IsTransient: false)),
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
