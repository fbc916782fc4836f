using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record Diagnostic
{
    public required Range Range { get; init; }

    /// <summary>1 error, 2 warning, 3 information, 4 hint.</summary>
    public required int Severity { get; init; }

    public required string Code { get; init; }

    public CodeDescription? CodeDescription { get; init; }

    public required string Source { get; init; }

    public required string Message { get; init; }

    /// <summary>1 unnecessary, 2 deprecated.</summary>
    public IReadOnlyList<int>? Tags { get; init; }

    public IReadOnlyList<DiagnosticRelatedInformation>? RelatedInformation { get; init; }

    public DiagnosticFacts? Data { get; init; }
}

internal sealed record CodeDescription(string Href);

internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

/// <summary>The machine-readable half of a diagnostic, which a client hands back with a request for quick fixes.</summary>
internal sealed record DiagnosticFacts(
    string? Path, string? SchemaPointer, string? SchemaUri, string? Expected, string? Actual, IReadOnlyList<string> Suggestions);

internal sealed record PublishDiagnosticsParams(string Uri, int? Version, IReadOnlyList<Diagnostic> Diagnostics);

internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument, string? PreviousResultId = null);

/// <summary>All findings of one document, or the word that nothing changed since the result that the client named.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FullDocumentDiagnosticReport), "full")]
[JsonDerivedType(typeof(UnchangedDocumentDiagnosticReport), "unchanged")]
internal abstract record DocumentDiagnosticReport(string ResultId);

internal sealed record FullDocumentDiagnosticReport(string ResultId, IReadOnlyList<Diagnostic> Items) : DocumentDiagnosticReport(ResultId);

internal sealed record UnchangedDocumentDiagnosticReport(string ResultId) : DocumentDiagnosticReport(ResultId);
