using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// Workflow commands of GitHub Actions: the runner turns each line into an annotation of the file. A message cannot start a command of its
/// own, since line ends in it are escaped.
/// </summary>
internal sealed class GitHubReport(TextWriter output, TextWriter messages) : ICheckReport
{
    public void Begin()
    {
    }

    public void Add(CheckedFile file)
    {
        foreach (var diagnostic in file.Diagnostics)
        {
            var range = TextRange.Of(file.Text, diagnostic.Span);
            var place = $"file={Property(file.Location.DisplayPath)},line={range.Line},endLine={range.EndLine}";
            if (range.Line == range.EndLine)
            {
                // Columns are only understood within one line.
                place += $",col={range.Column},endColumn={range.EndColumn}";
            }

            output.WriteLine($"::{Command(diagnostic.Severity)} {place},title={Property("configlsp " + diagnostic.Descriptor.Id)}::{Data($"{diagnostic.Message} ({diagnostic.Descriptor.HelpUri})")}");
        }

        output.Flush();
    }

    public void Add(CheckFailure failure)
    {
        var place = failure.Location is { } location ? $"file={Property(location.DisplayPath)}," : string.Empty;
        output.WriteLine($"::error {place}title={Property("configlsp " + failure.Code)}::{Data(failure.Message)}");
        output.Flush();
        messages.WriteLine($"configlsp: error: {TerminalText.Sanitize(failure.Message)}");
        messages.Flush();
    }

    public void End(CheckSummary summary, int exitCode)
    {
        output.WriteLine(SummaryLine.Of(summary));
        output.Flush();
    }

    private static string Command(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "notice",
    };

    /// <summary>Escapes the text behind the second pair of colons.</summary>
    private static string Data(string text) => Escape(text);

    /// <summary>Escapes the value of a property, which also ends at a colon or a comma.</summary>
    private static string Property(string text) => Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string Escape(string text)
    {
        var escaped = text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        return TerminalText.Sanitize(escaped);
    }
}
