using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Protocol;
using CoreDiagnostic = ConfigLsp.Core.Diagnostics.Diagnostic;
using Diagnostic = ConfigLsp.Server.Lsp.Protocol.Diagnostic;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>Findings as the client understands them. Only related places are left out where a client cannot use them; other members it ignores.</summary>
internal sealed class LspDiagnosticConverter(ClientFeatures features, LspPositions positions)
{
    private const string Source = "configlsp";

    /// <param name="uri">The document, as the client spells it.</param>
    /// <param name="text">The text that the spans refer to.</param>
    /// <param name="diagnostics">The findings.</param>
    public Diagnostic[] Convert(string uri, SourceText text, ReadOnlySpan<CoreDiagnostic> diagnostics)
    {
        var converted = new Diagnostic[diagnostics.Length];
        for (int i = 0; i < diagnostics.Length; i++)
            converted[i] = Convert(uri, text, diagnostics[i]);
        return converted;
    }

    private Diagnostic Convert(string uri, SourceText text, CoreDiagnostic diagnostic) => new()
    {
        Range = positions.ToRange(text, diagnostic.Span),
        Severity = (int)diagnostic.Severity,
        Code = diagnostic.Descriptor.Id,
        CodeDescription = new CodeDescription(diagnostic.Descriptor.HelpUri),
        Source = Source,
        Message = diagnostic.Message,
        Tags = Tags(diagnostic.Descriptor.Tags),
        RelatedInformation = features.RelatedInformation && !diagnostic.Related.IsEmpty
            ? [.. diagnostic.Related.Select(related => Convert(uri, text, related))]
            : null,
        Data = diagnostic.Data is { } data
            ? new DiagnosticFacts(data.Path, data.SchemaPointer, data.SchemaUri, data.Expected, data.Actual, data.Suggestions)
            : null,
    };

    private DiagnosticRelatedInformation Convert(string uri, SourceText text, RelatedInformation related) => new(
        related.Uri is null
            ? new Location(uri, positions.ToRange(text, related.Span))
            : new Location(related.Uri, positions.ToRange(related.Text ?? SourceText.Empty, related.Span)),
        related.Message);

    private static List<int>? Tags(DiagnosticTags tags)
    {
        if (tags == DiagnosticTags.None)
            return null;
        var supported = new List<int>(2);
        if (tags.HasFlag(DiagnosticTags.Unnecessary))
            supported.Add(1);
        if (tags.HasFlag(DiagnosticTags.Deprecated))
            supported.Add(2);
        return supported;
    }
}
