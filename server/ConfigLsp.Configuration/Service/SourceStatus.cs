using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Sources;

namespace ConfigLsp.Configuration.Service;

/// <summary>What is known of a source after its last attempt. Immutable.</summary>
/// <param name="State">How its content was come by.</param>
public sealed record SourceStatus(LayerState State)
{
    /// <summary>Nothing has been tried yet.</summary>
    public static readonly SourceStatus NotLoaded = new(LayerState.NotLoaded);

    /// <summary>What is served; null where there is nothing.</summary>
    public SourceContent? Content { get; init; }

    /// <summary>Why the last attempt failed, or why the source takes no part; null where all is well.</summary>
    public ServiceError? Error { get; init; }

    /// <summary>When the last attempt ended; null if there was none.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>When the source last answered, also that its document is not there; null if it never did.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>How long the last attempt took, with its retries.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many attempts failed since the start.</summary>
    public long Failures { get; init; }
}
