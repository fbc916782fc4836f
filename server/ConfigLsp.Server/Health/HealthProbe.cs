namespace ConfigLsp.Server.Health;

/// <summary>Asks one component, or several that belong together, within a bounded time.</summary>
/// <param name="name">The component.</param>
/// <param name="check">Asks it; may be called from any thread.</param>
internal sealed class HealthProbe(string name, Func<IReadOnlyList<HealthCheck>> check)
{
    /// <summary>How long a component may take to answer.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<HealthCheck>>? _running;

    /// <summary>The component's answer. One that throws, or does not come in time, is itself a finding.</summary>
    public async Task<IReadOnlyList<HealthCheck>> RunAsync(TimeProvider time)
    {
        try
        {
            return await Start().WaitAsync(Limit, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return [new HealthCheck(name, HealthStatus.Unhealthy, $"It did not answer within {Limit.TotalSeconds:0} seconds.")
            {
                Advice = "A disk or the network may hang; see what the folders and sources of this component lie on. Restart the server if it stays so.",
            }];
        }
        catch (Exception exception)
        {
            return [new HealthCheck(name, HealthStatus.Unhealthy, $"The check itself failed ({exception.GetType().Name}).")
            {
                Advice = "Restart the server. If it happens again, report it with the server's log.",
            }];
        }
    }

    // One that hangs is waited for again instead of being asked again, or its threads would pile up.
    private Task<IReadOnlyList<HealthCheck>> Start()
    {
        lock (_lock)
            return _running is { IsCompleted: false } running ? running : _running = Task.Run(check);
    }
}
