using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Serialisation of the messages of navigation and renaming, generated at build time; the options are those of <see cref="LspJsonContext"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TextDocumentPositionParams))]
[JsonSerializable(typeof(IReadOnlyList<NavigationTarget>))]
[JsonSerializable(typeof(ReferenceParams))]
[JsonSerializable(typeof(IReadOnlyList<Location>))]
[JsonSerializable(typeof(IReadOnlyList<DocumentHighlight>))]
[JsonSerializable(typeof(SchemaContentParams))]
[JsonSerializable(typeof(SchemaContentResult))]
[JsonSerializable(typeof(RenameParams))]
[JsonSerializable(typeof(PrepareRenameResult))]
[JsonSerializable(typeof(WorkspaceEdit))]
internal sealed partial class NavigationJsonContext : JsonSerializerContext;
