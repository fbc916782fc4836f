using System.Text.Json;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Parameters of requests that name a document and nothing else.</summary>
internal sealed record DocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>Parameters of requests about a part of a document.</summary>
internal sealed record DocumentRangeParams(TextDocumentIdentifier TextDocument, Range Range);

/// <param name="StartLine">The first line.</param>
/// <param name="EndLine">The last line.</param>
/// <param name="Kind">LSP 3.17, <c>FoldingRangeKind</c>, or <c>object</c> and <c>array</c> as jsonls has them.</param>
internal sealed record FoldingRange(int StartLine, int EndLine, string Kind);

internal sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, IReadOnlyList<Position> Positions);

internal sealed record SelectionRange(Range Range, SelectionRange? Parent);

/// <summary>LSP 3.17, <c>Color</c>.</summary>
internal sealed record ColorValue(double Red, double Green, double Blue, double Alpha);

internal sealed record ColorInformation(Range Range, ColorValue Color);

internal sealed record ColorPresentationParams(TextDocumentIdentifier TextDocument, ColorValue Color, Range Range);

internal sealed record ColorPresentation(string Label, TextEdit TextEdit);

internal sealed record DocumentLink(Range Range, string Target);

/// <summary>Parameters of <c>json/sort</c>.</summary>
internal sealed record SortParams(string Uri, JsonElement Options = default);

internal sealed record InlayHint(Position Position, string Label, bool PaddingLeft);

internal sealed record DocumentLinkOptions(bool ResolveProvider);

internal sealed record CodeLensOptions(bool ResolveProvider);

internal sealed record CodeLens(Range Range, Command Command);

/// <param name="Title">What is shown.</param>
/// <param name="Name">The command of the client; absent where nothing happens.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Command(
    string Title,
    [property: System.Text.Json.Serialization.JsonPropertyName("command")] string Name,
    IReadOnlyList<string>? Arguments = null);
