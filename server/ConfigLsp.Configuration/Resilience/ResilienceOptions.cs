namespace ConfigLsp.Configuration.Resilience;

/// <summary>How long an operation on a source may take, how often it is tried, and when the source is left alone for a while.</summary>
public sealed record ResilienceOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ResilienceOptions Default = new();

    /// <summary>How long an operation may take with all its attempts and waits.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many operations may run on the source at a time.</summary>
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>How many more may wait for that; further ones are refused.</summary>
    public int MaxQueued { get; init; } = 64;

    /// <summary>How often an operation is tried, the first time included.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Each wait is the one before it times this number.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>What no wait exceeds, except one that the origin asks for.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether each wait is shifted at random, by at most a fifth.</summary>
    public bool Jitter { get; init; } = true;

    /// <summary>How many consecutive failed attempts open the breaker.</summary>
    public int FailureThreshold { get; init; } = 5;

    /// <summary>For how long an open breaker refuses before it lets one probe through.</summary>
    public TimeSpan OpenDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The options of one source: each number from the source, else from the workspace, else the default.</summary>
    public static ResilienceOptions Combine(ResilienceConfiguration? workspace, ResilienceConfiguration? source)
    {
        return new ResilienceOptions
        {
            TotalTimeout = Time(static c => c.TotalTimeoutMs, Default.TotalTimeout),
            AttemptTimeout = Time(static c => c.AttemptTimeoutMs, Default.AttemptTimeout),
            MaxConcurrent = Pick(static c => c.MaxConcurrent, Default.MaxConcurrent),
            MaxAttempts = Pick(static c => c.MaxAttempts, Default.MaxAttempts),
            BaseDelay = Time(static c => c.BaseDelayMs, Default.BaseDelay),
            Factor = Pick(static c => c.Factor, Default.Factor),
            MaxDelay = Time(static c => c.MaxDelayMs, Default.MaxDelay),
            Jitter = Pick(static c => c.Jitter, Default.Jitter),
            FailureThreshold = Pick(static c => c.FailureThreshold, Default.FailureThreshold),
            OpenDuration = Time(static c => c.OpenMs, Default.OpenDuration),
        };

        T Pick<T>(Func<ResilienceConfiguration, T?> read, T otherwise)
            where T : struct =>
            (source is null ? null : read(source)) ?? (workspace is null ? null : read(workspace)) ?? otherwise;

        TimeSpan Time(Func<ResilienceConfiguration, int?> read, TimeSpan otherwise) =>
            TimeSpan.FromMilliseconds(Pick(read, (int)otherwise.TotalMilliseconds));
    }
}
