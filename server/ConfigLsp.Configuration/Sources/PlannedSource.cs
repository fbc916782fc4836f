using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Sources;

/// <summary>One source as it takes part in a <see cref="SourcePlan"/>: its paths expanded, or refused with the reason.</summary>
/// <param name="Name">How logs, health and the API call it; unique in the plan.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Configuration">The source as it is configured or implied.</param>
public sealed record PlannedSource(string Name, SourceType Type, SourceConfiguration Configuration)
{
    /// <summary>The absolute path of its file in the current environment; null where it has none or may not be used.</summary>
    public string? FilePath { get; init; }

    /// <summary>The path for a person: relative to the workspace, or to the home folder (~); null where there is none.</summary>
    public string? DisplayPath { get; init; }

    /// <summary>
    /// The folder in which the file must lie when it is read or written, links resolved, since the workspace is not trusted; null if it may lie
    /// anywhere.
    /// </summary>
    public string? AllowedRoot { get; init; }

    /// <summary>Why the source takes no part, and what to do; null if it does.</summary>
    public ServiceError? Refusal { get; init; }

    /// <summary>Whether it comes from no configuration, but from the default list.</summary>
    public bool IsImplied { get; init; }

    /// <summary>Whether updates can be sent to it.</summary>
    public bool IsWritable => Refusal is null && FilePath is not null;

    /// <summary>Whether its absence is normal.</summary>
    public bool Optional => Configuration.Optional;

    /// <summary>Whether settings count as not loaded while it cannot be read.</summary>
    public bool Required => Configuration.Required;
}
