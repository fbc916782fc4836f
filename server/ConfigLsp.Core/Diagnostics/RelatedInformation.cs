using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Diagnostics;

/// <summary>A place that explains a finding.</summary>
/// <param name="Uri">The document, or null for the one that the finding is in.</param>
/// <param name="Span">The bytes in that document.</param>
/// <param name="Message">How the place is related.</param>
public sealed record RelatedInformation(string? Uri, TextSpan Span, string Message)
{
    /// <summary>The text of another document, so that <see cref="Span"/> can be turned into lines; null where <see cref="Uri"/> is.</summary>
    public SourceText? Text { get; init; }
}
