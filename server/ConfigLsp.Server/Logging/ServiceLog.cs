using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Logging;

/// <summary>Writes to the log what happens in the service of a folder.</summary>
internal static class ServiceLog
{
    /// <returns>The exception of a bug; null for everything else.</returns>
    public static Exception? Write(ServerLog log, ServiceEvent happened)
    {
        switch (happened)
        {
            case ServiceEvent.BreakerChanged change:
                log.Warn("A circuit breaker changed.", ("source", change.Source), ("from", change.Old.ToString()), ("to", change.New.State.ToString()));
                break;
            case ServiceEvent.SourceStateChanged change:
                log.Info("A source is in another state.", ("source", change.Source), ("from", change.Old.ToString()), ("to", change.New.ToString()));
                break;
            case ServiceEvent.OperationEnded { Operation: { IsSlow: true } operation }:
                log.Warn(
                    "A source was slow.",
                    ("source", operation.Source), ("outcome", operation.Outcome.ToString()), ("durationMs", (long)operation.Duration.TotalMilliseconds));
                break;
            case ServiceEvent.Warning warning:
                log.Warn(warning.Message);
                break;
            case ServiceEvent.InternalError error:
                log.Failure("The service failed.", error.Exception);
                return error.Exception;
        }

        return null;
    }
}
