using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Serialisation of what is said about the whole workspace; the options are those of <see cref="LspJsonContext"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WorkspaceDiagnosticParams))]
[JsonSerializable(typeof(WorkspaceDiagnosticReport))]
[JsonSerializable(typeof(WorkspaceDiagnosticProgress))]
[JsonSerializable(typeof(WorkspaceSymbolParams))]
[JsonSerializable(typeof(IReadOnlyList<WorkspaceSymbol>))]
internal sealed partial class DiagnosticsJsonContext : JsonSerializerContext;
