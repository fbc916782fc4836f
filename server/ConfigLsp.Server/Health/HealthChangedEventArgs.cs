namespace ConfigLsp.Server.Health;

/// <summary>A change of the overall status.</summary>
/// <param name="report">What was found.</param>
/// <param name="oldStatus">The status before.</param>
internal sealed class HealthChangedEventArgs(HealthReport report, HealthStatus oldStatus) : EventArgs
{
    public HealthReport Report => report;

    public HealthStatus OldStatus => oldStatus;
}
