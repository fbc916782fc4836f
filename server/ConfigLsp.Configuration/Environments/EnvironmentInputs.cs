using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Environments;

/// <summary>What an environment is detected from.</summary>
public sealed record EnvironmentInputs
{
    /// <summary>The name that the caller states (<c>--env</c>); null if none.</summary>
    public string? Explicit { get; init; }

    /// <summary>How the trail calls <see cref="Explicit"/>.</summary>
    public string ExplicitOrigin { get; init; } = "--env";

    /// <summary>
    /// What the <c>configlsp.json</c> of the workspace says, which is <c>auto</c> where it says nothing, as its schema does; null without a
    /// <c>configlsp.json</c>.
    /// </summary>
    public string? Configured { get; init; }

    /// <summary>The value of an environment variable; null if it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The name of the machine.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The inputs of a workspace in this process.</summary>
    /// <param name="configuration">The workspace's <c>configlsp.json</c>.</param>
    /// <param name="stated">The name that the caller states; null if none.</param>
    public static EnvironmentInputs FromProcess(WorkspaceConfiguration configuration, string? stated) => new()
    {
        Explicit = stated,
        Configured = ConfiguredIn(configuration),
        Variable = Environment.GetEnvironmentVariable,
        HostName = Environment.MachineName,
    };

    /// <summary>The value of <see cref="Configured"/> for a workspace.</summary>
    public static string? ConfiguredIn(WorkspaceConfiguration configuration) =>
        configuration.Uri is null ? null : configuration.Environment ?? EnvironmentName.Auto;
}
