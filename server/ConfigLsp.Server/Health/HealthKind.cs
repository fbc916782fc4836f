namespace ConfigLsp.Server.Health;

/// <summary>How much a health report is to say.</summary>
internal enum HealthKind
{
    /// <summary>Whether the process answers at all.</summary>
    Live,

    /// <summary>Whether it can serve: only the components that decide that.</summary>
    Ready,

    /// <summary>Every component.</summary>
    Full,
}

/// <summary>The words of the wire.</summary>
internal static class HealthKinds
{
    /// <summary>The kind with a name; full where none is given, null for an unknown one.</summary>
    public static HealthKind? Parse(string? name) => name switch
    {
        "live" => HealthKind.Live,
        "ready" => HealthKind.Ready,
        "full" or null => HealthKind.Full,
        _ => null,
    };

    public static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
