using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record WorkspaceDiagnosticParams(IReadOnlyList<PreviousResultId>? PreviousResultIds = null);

internal sealed record PreviousResultId(string Uri, string Value);

internal sealed record WorkspaceDiagnosticReport(IReadOnlyList<WorkspaceDocumentDiagnosticReport> Items);

/// <summary>As <see cref="DocumentDiagnosticReport"/>, of a document that may not be open; <c>version</c> is null then.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WorkspaceFullDocumentDiagnosticReport), "full")]
[JsonDerivedType(typeof(WorkspaceUnchangedDocumentDiagnosticReport), "unchanged")]
internal abstract record WorkspaceDocumentDiagnosticReport(
    string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version, string ResultId);

internal sealed record WorkspaceFullDocumentDiagnosticReport(string Uri, int? Version, string ResultId, IReadOnlyList<Diagnostic> Items)
    : WorkspaceDocumentDiagnosticReport(Uri, Version, ResultId);

internal sealed record WorkspaceUnchangedDocumentDiagnosticReport(string Uri, int? Version, string ResultId)
    : WorkspaceDocumentDiagnosticReport(Uri, Version, ResultId);
