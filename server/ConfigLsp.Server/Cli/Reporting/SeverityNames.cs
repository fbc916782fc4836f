using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>The words for severities in the formats.</summary>
internal static class SeverityNames
{
    /// <summary>The word of the text and JSON formats, also used in settings.</summary>
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Information => "information",
        DiagnosticSeverity.Hint => "hint",
        _ => "off",
    };

    /// <summary>SARIF 2.1.0 section 3.27.10.</summary>
    public static string SarifLevel(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Off => "none",
        _ => "note",
    };
}
