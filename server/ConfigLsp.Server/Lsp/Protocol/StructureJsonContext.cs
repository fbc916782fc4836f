using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Serialisation of the messages about formatting and structure; apart from the rest because the generator takes one list for each class.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DocumentFormattingParams))]
[JsonSerializable(typeof(DocumentRangeFormattingParams))]
[JsonSerializable(typeof(DocumentRangesFormattingParams))]
[JsonSerializable(typeof(DocumentOnTypeFormattingParams))]
[JsonSerializable(typeof(UnregistrationParams))]
[JsonSerializable(typeof(DocumentParams))]
[JsonSerializable(typeof(DocumentRangeParams))]
[JsonSerializable(typeof(IReadOnlyList<FoldingRange>))]
[JsonSerializable(typeof(SelectionRangeParams))]
[JsonSerializable(typeof(IReadOnlyList<SelectionRange>))]
[JsonSerializable(typeof(IReadOnlyList<ColorInformation>))]
[JsonSerializable(typeof(ColorPresentationParams))]
[JsonSerializable(typeof(IReadOnlyList<ColorPresentation>))]
[JsonSerializable(typeof(IReadOnlyList<DocumentLink>))]
[JsonSerializable(typeof(SortParams))]
[JsonSerializable(typeof(SemanticTokens))]
[JsonSerializable(typeof(IReadOnlyList<InlayHint>))]
[JsonSerializable(typeof(IReadOnlyList<CodeLens>))]
[JsonSerializable(typeof(IReadOnlyList<TextEdit>))]
internal sealed partial class StructureJsonContext : JsonSerializerContext;
