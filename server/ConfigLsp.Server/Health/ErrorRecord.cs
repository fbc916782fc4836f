namespace ConfigLsp.Server.Health;

/// <summary>Remembers the last internal error, so that a person who asks for health learns of it.</summary>
internal sealed class ErrorRecord(TimeProvider time)
{
    public const string Name = "errors";

    /// <summary>How long an error counts as recent.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private DateTimeOffset _at;
    private string? _message;
    private long _count;

    /// <param name="message">What happened: no secret, no document text, no path of the user's home.</param>
    public void Add(string message)
    {
        lock (_lock)
        {
            _at = time.GetUtcNow();
            _message = message;
            _count++;
        }
    }

    public HealthCheck Check()
    {
        lock (_lock)
        {
            if (_message is null)
                return new HealthCheck(Name, HealthStatus.Healthy, "No internal error so far.") { Details = Facts() };
            bool recent = time.GetUtcNow() - _at < Recent;
            return new HealthCheck(Name, recent ? HealthStatus.Degraded : HealthStatus.Healthy, $"Last internal error: {_message}")
            {
                Details = Facts(),
                Advice = recent ? "The server's log tells more. Please report it; restarting the server may help." : null,
            };
        }
    }

    private Dictionary<string, HealthFact> Facts()
    {
        var facts = new Dictionary<string, HealthFact> { ["count"] = _count };
        if (_message is not null)
        {
            facts["lastErrorTime"] = _at.ToString("O");
            facts["lastError"] = _message;
        }

        return facts;
    }
}
