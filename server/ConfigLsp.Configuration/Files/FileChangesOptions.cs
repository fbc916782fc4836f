namespace ConfigLsp.Configuration.Files;

/// <summary>How changes of files are noticed.</summary>
public sealed record FileChangesOptions
{
    /// <summary>How long it must be quiet before a change is said, so that a burst of writes is one change: 50 ms.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After which time a change is said though it is not quiet: 500 ms.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often files are looked at besides: 5 s. It finds what the operating system does not tell, as on network drives.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the operating system is asked to tell of changes. Otherwise files are only looked at.</summary>
    public bool UsesNotifications { get; init; } = true;
}
