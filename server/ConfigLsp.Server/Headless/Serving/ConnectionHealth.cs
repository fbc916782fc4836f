using System.Collections.Concurrent;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>The clients of the process, for the health report.</summary>
internal sealed class ConnectionHealth
{
    public const string Name = "connections";

    /// <summary>Internal errors, as a share of all messages in percent, from which the connections count as degraded.</summary>
    private const int FailurePercent = 5;

    private readonly ConcurrentDictionary<RpcConnection, bool> _open = [];
    private long _messages;
    private long _failures;
    private long _malformed;

    /// <summary>Clients that are connected.</summary>
    public int Count => _open.Count;

    public void Opened(RpcConnection connection) => _open[connection] = true;

    public void Closed(RpcConnection connection)
    {
        _open.TryRemove(connection, out _);
        Interlocked.Add(ref _messages, connection.Statistics.Messages);
        Interlocked.Add(ref _failures, connection.Statistics.Failures);
        Interlocked.Add(ref _malformed, connection.Statistics.Malformed);
    }

    public HealthCheck Check()
    {
        long messages = Interlocked.Read(ref _messages) + _open.Keys.Sum(static connection => connection.Statistics.Messages);
        long failures = Interlocked.Read(ref _failures) + _open.Keys.Sum(static connection => connection.Statistics.Failures);
        long malformed = Interlocked.Read(ref _malformed) + _open.Keys.Sum(static connection => connection.Statistics.Malformed);
        int open = Count;
        (HealthStatus status, string message, string? advice) = (failures * 100 > messages * FailurePercent, open >= HeadlessLimits.Connections) switch
        {
            (true, _) => (
                HealthStatus.Degraded, $"{failures} of {messages} messages failed in the server.",
                "The server's log tells more. Please report it; restarting the server may help."),
            (_, true) => (
                HealthStatus.Degraded, $"All {HeadlessLimits.Connections} connections are taken; further clients are refused.",
                "Let clients keep one connection open instead of many, and close those that are not needed."),
            _ => (HealthStatus.Healthy, $"{open} connected, {messages} messages handled.", (string?)null),
        };
        return new HealthCheck(Name, status, message)
        {
            Advice = advice,
            Details = new Dictionary<string, HealthFact> { ["open"] = open, ["messages"] = messages, ["failures"] = failures, ["malformed"] = malformed },
        };
    }
}
