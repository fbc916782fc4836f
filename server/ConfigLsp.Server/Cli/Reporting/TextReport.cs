using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>
/// The format for people. Each finding starts with <c>path:line:column:</c>, which terminals and editors make a link, followed by the source
/// line, the places that explain it and, once in a file for each rule, the page that documents the rule.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="messages">Standard error, for what could not be checked.</param>
/// <param name="style">Colours of <paramref name="output"/>.</param>
/// <param name="messageStyle">Colours of <paramref name="messages"/>.</param>
/// <param name="locator">Gives the paths of other files, such as schemas.</param>
/// <param name="width">Columns that a line may take; messages are longer where they must.</param>
internal sealed class TextReport(TextWriter output, TextWriter messages, TextStyle style, TextStyle messageStyle, FileLocator locator, int width) : ICheckReport
{
    public void Begin()
    {
    }

    public void Add(CheckedFile file)
    {
        var explained = new HashSet<string>(StringComparer.Ordinal);
        foreach (var diagnostic in file.Diagnostics)
        {
            Write(file, diagnostic, explained.Add(diagnostic.Descriptor.Id));
        }

        if (!file.Diagnostics.IsEmpty)
        {
            output.Flush();
        }
    }

    public void Add(CheckFailure failure)
    {
        messages.WriteLine($"configlsp: {messageStyle.Error("error:")} {TerminalText.Sanitize(failure.Message)}");
        messages.Flush();
    }

    public void End(CheckSummary summary, int exitCode)
    {
        var line = SummaryLine.Of(summary);
        output.WriteLine(summary switch
        {
            { Errors: > 0 } or { Failures: > 0 } => style.Error(line),
            { Warnings: > 0 } => style.Severity(DiagnosticSeverity.Warning, line),
            _ => style.Success(line),
        });
        output.Flush();
    }

    private void Write(CheckedFile file, Diagnostic diagnostic, bool explain)
    {
        var range = TextRange.Of(file.Text, diagnostic.Span);
        var severity = style.Severity(diagnostic.Severity, SeverityNames.Of(diagnostic.Severity) + ":");
        var message = TerminalText.Sanitize(diagnostic.Message);
        output.WriteLine($"{Place(file.Location.DisplayPath, range)} {severity} {style.Emphasis(message)} {style.Faint($"[{diagnostic.Descriptor.Id}]")}");
        var frame = CodeFrame.Create(file.Text, diagnostic.Span, SourceWidth, file.SecretSpans.AsSpan());
        WriteFrame(frame, diagnostic.Severity);
        foreach (var related in diagnostic.Related)
        {
            WriteRelated(file, related);
        }

        if (explain)
        {
            output.WriteLine($"{Gutter(string.Empty)}{style.Faint("= " + diagnostic.Descriptor.HelpUri)}");
        }

        output.WriteLine();
    }

    private void WriteRelated(CheckedFile file, RelatedInformation related)
    {
        var text = related.Uri is null ? file.Text : related.Text;
        var path = related.Uri is { } uri ? locator.Name(uri) : file.Location.DisplayPath;
        var place = text is null ? TerminalText.Sanitize(path) + ":" : Place(path, TextRange.Of(text, related.Span));
        output.WriteLine($"{Gutter(string.Empty)}{place} {TerminalText.Sanitize(related.Message)}");
        if (related.Uri is null)
        {
            WriteFrame(CodeFrame.Create(file.Text, related.Span, SourceWidth, file.SecretSpans.AsSpan()), DiagnosticSeverity.Information);
        }
    }

    private void WriteFrame(CodeFrame frame, DiagnosticSeverity severity)
    {
        output.WriteLine((Gutter(frame.Line.ToString()) + frame.Source).TrimEnd());
        output.WriteLine(Gutter(string.Empty) + new string(' ', frame.Indent) + style.Severity(severity, frame.Underline));
    }

    private int SourceWidth => Math.Max(20, width - 8);

    private string Gutter(string number) => style.Faint($"{number,5} | ");

    private static string Place(string path, TextRange range) => $"{TerminalText.Sanitize(path)}:{range.Line}:{range.Column}:";
}
