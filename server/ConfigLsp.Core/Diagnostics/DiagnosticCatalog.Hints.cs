namespace ConfigLsp.Core.Diagnostics;

/// <summary>The rules about what is right but has no effect.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor OverriddenValue = new(
        "overridden-value",
        DiagnosticSeverity.Hint,
        "A value in a settings file is one that programs can read",
        "A stronger source, for instance an environment variable, sets the same key, so that this value never wins. Change the key in the stronger source, or remove it from there; the hover says where each value comes from.")
    {
        Tags = DiagnosticTags.Unnecessary,
    };

    public static readonly DiagnosticDescriptor EqualsDefault = new(
        "equals-default",
        DiagnosticSeverity.Off,
        "A value in a settings file differs from the default",
        "The schema gives the key the same value by default, so that it can be left out. Off unless it is asked for: set `\"equals-default\": \"hint\"` in `configlsp.severity` to see such values faded.")
    {
        Tags = DiagnosticTags.Unnecessary,
    };

    private static IEnumerable<DiagnosticDescriptor> Hints => [OverriddenValue, EqualsDefault];
}
