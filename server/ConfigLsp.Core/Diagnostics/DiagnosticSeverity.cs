namespace ConfigLsp.Core.Diagnostics;

/// <summary>How serious a finding is, numbered as in LSP 3.17 (<c>DiagnosticSeverity</c>); <see cref="Off"/> silences a rule.</summary>
public enum DiagnosticSeverity
{
    Off = 0,
    Error = 1,
    Warning = 2,
    Information = 3,
    Hint = 4,
}
