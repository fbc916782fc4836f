using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Health;

/// <summary>What was found out about one component.</summary>
/// <param name="Name">The component, in lower case.</param>
/// <param name="Status">How well it works.</param>
/// <param name="Message">One sentence for a person.</param>
internal sealed record HealthCheck(string Name, HealthStatus Status, string Message)
{
    /// <summary>Facts for programs; no setting's value and no path of the user's home.</summary>
    public IReadOnlyDictionary<string, HealthFact> Details { get; init; } = new Dictionary<string, HealthFact>();

    /// <summary>What a person should do; only where the status is not healthy.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether the process cannot serve while this is unhealthy.</summary>
    [JsonIgnore]
    public bool DecidesReadiness { get; init; }
}
