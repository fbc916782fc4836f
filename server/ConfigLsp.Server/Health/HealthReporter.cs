namespace ConfigLsp.Server.Health;

/// <summary>
/// Asks every component and puts the answers together. What was found is kept for <see cref="Kept"/>, and components are never asked by two at
/// a time.
/// </summary>
internal sealed class HealthReporter(ServerInstance instance)
{
    /// <summary>For how long an answer is given again.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Who asks for a fresh answer gets one that is not older than this.</summary>
    public static TimeSpan Freshest { get; } = TimeSpan.FromSeconds(1);

    private readonly List<HealthProbe> _probes = [];
    private readonly Lock _lock = new();
    private Task<Findings>? _running;
    private Findings? _last;
    private int _touched;

    /// <summary>Told when the overall status has changed. Called on any thread; must not wait.</summary>
    public event EventHandler<HealthChangedEventArgs>? StatusChanged;

    /// <summary>The revision of the settings; null where none are served.</summary>
    public Func<long?> Revision { get; set; } = static () => null;

    /// <summary>Adds a component. Call before the first report.</summary>
    public void Add(string name, Func<HealthCheck> check) => AddGroup(name, () => [check()]);

    /// <summary>Adds components that come and go, such as the sources of the served folders. Call before the first report.</summary>
    /// <param name="name">What they are called where they do not answer.</param>
    /// <param name="check">Asks all of them.</param>
    public void AddGroup(string name, Func<IReadOnlyList<HealthCheck>> check) => _probes.Add(new HealthProbe(name, check));

    /// <summary>The state of the process.</summary>
    /// <param name="kind">How much to say.</param>
    /// <param name="fresh">Ask the components again, unless that was just done.</param>
    /// <param name="cancellation">Ends the wait, not the asking.</param>
    public async ValueTask<HealthReport> ReportAsync(HealthKind kind, bool fresh, CancellationToken cancellation)
    {
        if (kind == HealthKind.Live)
            return Report(new Findings(HealthStatus.Healthy, instance.Time.GetTimestamp(), instance.Time.GetUtcNow(), []), []);
        Findings found = await FindAsync(fresh ? Freshest : Kept).WaitAsync(cancellation).ConfigureAwait(false);
        return Report(found, kind == HealthKind.Full ? found.Checks : [.. found.Checks.Where(check => check.DecidesReadiness)]);
    }

    /// <summary>Something happened that may change the status: looks soon, without anybody waiting.</summary>
    public void Touch()
    {
        if (Interlocked.Exchange(ref _touched, 1) == 0)
            _ = LookAsync();
    }

    private async Task LookAsync()
    {
        // Many events in a row are looked at together.
        await Task.Delay(Freshest, instance.Time).ConfigureAwait(false);
        Volatile.Write(ref _touched, 0);
        await FindAsync(TimeSpan.Zero).ConfigureAwait(false);
    }

    private Task<Findings> FindAsync(TimeSpan age)
    {
        lock (_lock)
        {
            if (_running is { IsCompleted: false } running)
                return running;
            if (_last is { } last && instance.Time.GetElapsedTime(last.Stamp) < age)
                return Task.FromResult(last);
            return _running = AskAsync();
        }
    }

    private async Task<Findings> AskAsync()
    {
        await Task.Yield();
        IReadOnlyList<HealthCheck>[] answers = await Task.WhenAll(_probes.Select(probe => probe.RunAsync(instance.Time))).ConfigureAwait(false);
        HealthCheck[] checks = [.. answers.SelectMany(static answer => answer)];
        var found = new Findings(Worst(checks), instance.Time.GetTimestamp(), instance.Time.GetUtcNow(), checks);
        HealthStatus before;
        lock (_lock)
        {
            // Nothing was known before the first look, and nobody expects anything but health.
            before = _last?.Status ?? HealthStatus.Healthy;
            _last = found;
        }

        if (before != found.Status)
            StatusChanged?.Invoke(this, new HealthChangedEventArgs(Report(found, checks), before));
        return found;
    }

    private HealthReport Report(Findings found, IReadOnlyList<HealthCheck> checks) => new(
        ReferenceEquals(checks, found.Checks) ? found.Status : Worst(checks),
        found.Timestamp,
        (long)instance.Time.GetElapsedTime(found.Stamp).TotalMilliseconds,
        Revision(),
        ServerInstance.Version,
        instance.Id,
        Environment.ProcessId,
        (long)instance.Uptime.TotalMilliseconds,
        checks);

    private static HealthStatus Worst(IReadOnlyList<HealthCheck> checks) =>
        checks.Count == 0 ? HealthStatus.Healthy : checks.Max(static check => check.Status);

    private sealed record Findings(HealthStatus Status, long Stamp, DateTimeOffset Timestamp, IReadOnlyList<HealthCheck> Checks);
}
