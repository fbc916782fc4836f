namespace ConfigLsp.Server.Health;

/// <summary>Memory, threads and age of the process.</summary>
internal static class ProcessHealth
{
    public const string Name = "server";

    /// <summary>Resident memory above which a person should look, in bytes.</summary>
    private const long MemoryWarning = 2L * 1024 * 1024 * 1024;

    /// <summary>Work items that wait for a thread above which answers are late.</summary>
    private const long QueueWarning = 1000;

    public static HealthCheck Check(ServerInstance instance)
    {
        long resident = Environment.WorkingSet;
        long queued = ThreadPool.PendingWorkItemCount;
        (HealthStatus status, string message, string? advice) = (resident, queued) switch
        {
            ( > MemoryWarning, _) => (
                HealthStatus.Degraded, $"The server uses {resident >> 20} MiB of memory.", "Close very large files, or restart the server."),
            (_, > QueueWarning) => (
                HealthStatus.Degraded, $"{queued} pieces of work wait for a thread.", "Wait a moment; if it stays like this, restart the server."),
            _ => (HealthStatus.Healthy, $"Version {ServerInstance.Version} is running.", null),
        };
        return new HealthCheck(Name, status, message)
        {
            Advice = advice,
            Details = new Dictionary<string, HealthFact>
            {
                ["version"] = ServerInstance.Version,
                ["processId"] = Environment.ProcessId,
                ["uptimeMs"] = (long)instance.Uptime.TotalMilliseconds,
                ["residentBytes"] = resident,
                ["managedBytes"] = GC.GetTotalMemory(forceFullCollection: false),
                ["threads"] = ThreadPool.ThreadCount,
                ["queuedWork"] = queued,
            },
        };
    }
}
