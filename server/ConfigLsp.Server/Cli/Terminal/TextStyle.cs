using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Server.Cli.Terminal;

/// <summary>Colours of the text format (ECMA-48 "select graphic rendition"), or none.</summary>
/// <param name="Enabled">Whether escape sequences are written at all.</param>
internal readonly record struct TextStyle(bool Enabled)
{
    public string Error(string text) => Apply("1;31", text);

    public string Emphasis(string text) => Apply("1", text);

    public string Faint(string text) => Apply("2", text);

    public string Success(string text) => Apply("32", text);

    /// <summary>The text in the colour of a severity.</summary>
    public string Severity(DiagnosticSeverity severity, string text) => severity switch
    {
        DiagnosticSeverity.Error => Error(text),
        DiagnosticSeverity.Warning => Apply("1;33", text),
        DiagnosticSeverity.Information => Apply("1;34", text),
        _ => Apply("1;36", text),
    };

    private string Apply(string code, string text) => Enabled && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
