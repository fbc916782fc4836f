using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>The words of the output for the values of enumerations, the same as on the wire.</summary>
internal static class SettingsWords
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
}
