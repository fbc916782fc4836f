using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Configuration.Service;

/// <summary>The words for the values of enumerations, the same on the wire and on the command line.</summary>
public static class ServiceWords
{
    public static string Of(ErrorClass value) => value switch
    {
        ErrorClass.Validation => "validation",
        ErrorClass.Configuration => "configuration",
        ErrorClass.Conflict => "conflict",
        ErrorClass.Timeout => "timeout",
        ErrorClass.Circuit => "circuit",
        ErrorClass.Storage => "storage",
        _ => "internal",
    };

    public static string Of(Freshness value) => value switch
    {
        Freshness.Fresh => "fresh",
        Freshness.Cached => "cached",
        _ => "lastGood",
    };

    public static string Of(DiagnosticSeverity value) => value switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Hint => "hint",
        _ => "information",
    };

    public static string Of(SourceType value) => value switch
    {
        SourceType.Defaults => "defaults",
        SourceType.File => "file",
        SourceType.VsCode => "vscode",
        SourceType.Environment => "environment",
        _ => "http",
    };

    public static string Of(LayerState value) => value switch
    {
        LayerState.NotLoaded => "notLoaded",
        LayerState.Loaded => "loaded",
        LayerState.Missing => "missing",
        LayerState.LastGood => "lastGood",
        LayerState.Failed => "failed",
        _ => "refused",
    };

    public static string Of(BreakerState value) => value switch
    {
        BreakerState.Closed => "closed",
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "halfOpen",
        _ => "isolated",
    };

    public static string Of(ProbeStatus value) => value switch
    {
        ProbeStatus.Healthy => "healthy",
        ProbeStatus.Unavailable => "unavailable",
        _ => "error",
    };

    public static string Of(ContributionUse value) => value switch
    {
        ContributionUse.Effective => "effective",
        ContributionUse.Overridden => "overridden",
        _ => "skipped",
    };

    public static string Of(ChangeKind value) => value switch
    {
        ChangeKind.Update => "update",
        ChangeKind.Outside => "outside",
        _ => "restore",
    };

    public static string Of(EnvironmentOutcome value) => value switch
    {
        EnvironmentOutcome.NotSet => "notSet",
        EnvironmentOutcome.Automatic => "automatic",
        EnvironmentOutcome.Unknown => "unknown",
        EnvironmentOutcome.NotAsked => "notAsked",
        EnvironmentOutcome.Ambiguous => "ambiguous",
        _ => "chosen",
    };
}
