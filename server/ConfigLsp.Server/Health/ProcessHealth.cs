namespace ConfigLsp.Server.Health;

/// <summary>The process: that it runs, and what it needs of the machine.</summary>
internal static class ProcessHealth
{
    public const string Name = "server";
    public const string Resources = "resources";

    /// <summary>Resident memory above which a person should look, in bytes.</summary>
    private const long MemoryWarning = 2L * 1024 * 1024 * 1024;

    /// <summary>Work items that wait for a thread above which answers are late.</summary>
    private const long QueueWarning = 1000;

    /// <summary>Threads above which something waits that should not.</summary>
    private const long ThreadWarning = 200;

    public static HealthCheck Check(ServerInstance instance) => new(Name, HealthStatus.Healthy, $"Version {ServerInstance.Version} is running.")
    {
        Details = new Dictionary<string, HealthFact>
        {
            ["version"] = ServerInstance.Version,
            ["processId"] = Environment.ProcessId,
            ["uptimeMs"] = (long)instance.Uptime.TotalMilliseconds,
        },
    };

    public static HealthCheck CheckResources() => CheckResources(Environment.WorkingSet, ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);

    public static HealthCheck CheckResources(long resident, long threads, long queued)
    {
        (HealthStatus status, string message, string? advice) = (resident, queued, threads) switch
        {
            ( > MemoryWarning, _, _) => (
                HealthStatus.Degraded, $"The server uses {resident >> 20} MiB of memory.", "Close very large files, or restart the server."),
            (_, > QueueWarning, _) => (
                HealthStatus.Degraded, $"{queued} pieces of work wait for a thread.", "Wait a moment; if it stays like this, restart the server."),
            (_, _, > ThreadWarning) => (
                HealthStatus.Degraded, $"{threads} threads are busy.", "A slow disk or network may hold them; if it stays like this, restart the server."),
            _ => (HealthStatus.Healthy, $"{resident >> 20} MiB of memory, {threads} threads.", (string?)null),
        };
        return new HealthCheck(Resources, status, message)
        {
            Advice = advice,
            Details = new Dictionary<string, HealthFact>
            {
                ["residentBytes"] = resident,
                ["managedBytes"] = GC.GetTotalMemory(forceFullCollection: false),
                ["threads"] = threads,
                ["queuedWork"] = queued,
            },
        };
    }
}
