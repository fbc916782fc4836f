using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Environments;

/// <summary>The environment whose settings apply, and how that was found out.</summary>
/// <param name="Name">The name.</param>
/// <param name="DetectedBy">
/// What decided: <c>--env</c>, the name of an environment variable, <c>configlsp.json</c>, <c>host name</c> or <c>default</c>.
/// </param>
/// <param name="Trail">What was looked at, in order; the last step is the one that decided.</param>
/// <param name="Warnings">Values that mean no environment, each with what to do: sentences for people.</param>
public sealed record DetectedEnvironment(
    string Name,
    string DetectedBy,
    ImmutableArray<EnvironmentStep> Trail,
    ImmutableArray<string> Warnings);

/// <summary>One place where an environment was looked for.</summary>
/// <param name="Where">The place.</param>
/// <param name="Value">What stands there, shortened and made printable; null for nothing.</param>
/// <param name="Outcome">What came of it.</param>
public readonly record struct EnvironmentStep(string Where, string? Value, EnvironmentOutcome Outcome);

/// <summary>What came of looking in one place.</summary>
public enum EnvironmentOutcome
{
    /// <summary>Nothing stands there.</summary>
    NotSet,

    /// <summary>It says <c>auto</c>: look further.</summary>
    Automatic,

    /// <summary>What stands there is no environment.</summary>
    Unknown,

    /// <summary>It is not looked at in this workspace: the host name counts only where <c>configlsp.json</c> asks for detection.</summary>
    NotAsked,

    /// <summary>It names more than one environment.</summary>
    Ambiguous,

    /// <summary>It decided.</summary>
    Chosen,
}
