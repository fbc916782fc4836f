using System.Reflection;

namespace ConfigLsp.Server.Health;

/// <summary>This run of the server.</summary>
internal sealed class ServerInstance(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The version of the product, for instance <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ServerInstance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Tells runs apart in logs and reports; random.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N")[..12];

    public TimeProvider Time { get; } = time;

    public TimeSpan Uptime => Time.GetElapsedTime(_started);
}
