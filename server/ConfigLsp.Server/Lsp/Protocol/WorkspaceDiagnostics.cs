using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record WorkspaceDiagnosticParams(
    IReadOnlyList<PreviousResultId>? PreviousResultIds = null, string? Identifier = null, JsonElement PartialResultToken = default);

internal sealed record PreviousResultId(string Uri, string Value);

internal sealed record WorkspaceDiagnosticReport(IReadOnlyList<WorkspaceDocumentReport> Items);

/// <summary>The value of <c>$/progress</c> for a client that takes partial results.</summary>
internal sealed record WorkspaceDiagnosticProgress(JsonElement Token, WorkspaceDiagnosticReport Value);

/// <summary>The findings of one file that is not open; it has no version, which is said.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FullWorkspaceReport), "full")]
[JsonDerivedType(typeof(UnchangedWorkspaceReport), "unchanged")]
internal abstract record WorkspaceDocumentReport(string Uri, string ResultId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Version { get; init; }
}

internal sealed record FullWorkspaceReport(string Uri, string ResultId, IReadOnlyList<Diagnostic> Items) : WorkspaceDocumentReport(Uri, ResultId);

internal sealed record UnchangedWorkspaceReport(string Uri, string ResultId) : WorkspaceDocumentReport(Uri, ResultId);
