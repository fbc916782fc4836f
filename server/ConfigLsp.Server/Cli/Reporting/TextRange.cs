using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Reporting;

/// <summary>A span as lines and columns. All formats count columns in UTF-16 code units, as editors do by default.</summary>
/// <param name="Start">Zero-based position of the first character.</param>
/// <param name="End">Zero-based position behind the last one.</param>
internal readonly record struct TextRange(LinePosition Start, LinePosition End)
{
    public int Line => Start.Line + 1;

    public int Column => Start.Character + 1;

    public int EndLine => End.Line + 1;

    public int EndColumn => End.Character + 1;

    public static TextRange Of(SourceText text, TextSpan span) =>
        new(text.Lines.GetPosition(span.Start, PositionEncoding.Utf16), text.Lines.GetPosition(span.End, PositionEncoding.Utf16));
}
