namespace ConfigLsp.Server.Health;

/// <summary>Asks every component and puts the answers together. A check that throws is itself reported as unhealthy.</summary>
internal sealed class HealthReporter(ServerInstance instance)
{
    private readonly List<(string Name, Func<HealthCheck> Check)> _checks = [];

    /// <summary>Adds a component; its check must return at once and may be called from any thread. Call before the first report.</summary>
    public void Add(string name, Func<HealthCheck> check) => _checks.Add((name, check));

    /// <param name="live">Only whether the process answers at all, without asking the components.</param>
    public HealthReport Report(bool live = false)
    {
        HealthCheck[] checks = live ? [] : [.. _checks.Select(Run)];
        HealthStatus worst = checks.Length == 0 ? HealthStatus.Healthy : checks.Max(check => check.Status);
        return new HealthReport(
            worst,
            instance.Time.GetUtcNow(),
            ServerInstance.Version,
            instance.Id,
            Environment.ProcessId,
            (long)instance.Uptime.TotalMilliseconds,
            checks);
    }

    private static HealthCheck Run((string Name, Func<HealthCheck> Check) component)
    {
        try
        {
            return component.Check();
        }
        catch (Exception exception)
        {
            return new HealthCheck(component.Name, HealthStatus.Unhealthy, $"The check itself failed ({exception.GetType().Name}).")
            {
                Advice = "Restart the server. If it happens again, report it with the server's log.",
            };
        }
    }
}
