using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;

namespace ConfigLsp.Configuration.Service;

/// <summary>Something that happened in the service of a workspace, for logs, notifications and the editor. Holds no value of a setting.</summary>
public abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary>A source is in another state than before.</summary>
    public sealed record SourceStateChanged(string Source, LayerState Old, LayerState New, ServiceError? Error) : ServiceEvent;

    /// <summary>A breaker is in another state than before.</summary>
    public sealed record BreakerChanged(string Source, BreakerState Old, BreakerSnapshot New) : ServiceEvent;

    /// <summary>There is a new view.</summary>
    /// <param name="Files">The files whose content is another than before.</param>
    /// <param name="Keys">The keys whose effective value is another than before, at most 1,000.</param>
    public sealed record ViewChanged(ImmutableArray<string> Files, ImmutableArray<string> Keys) : ServiceEvent;

    /// <summary>An operation on a source has ended.</summary>
    public sealed record OperationEnded(SourceOperation Operation) : ServiceEvent;

    /// <summary>Something was passed over that a person should know of.</summary>
    public sealed record Warning(string Message) : ServiceEvent;

    /// <summary>A bug.</summary>
    public sealed record InternalError(Exception Exception) : ServiceEvent;
}
