using System.Text.Json;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <param name="TextDocument">The document.</param>
/// <param name="Options">How it is to look; kept as JSON, because clients add members of any type.</param>
internal sealed record DocumentFormattingParams(TextDocumentIdentifier TextDocument, JsonElement Options = default);

internal sealed record DocumentRangeFormattingParams(TextDocumentIdentifier TextDocument, Range Range, JsonElement Options = default);

/// <summary>LSP 3.18.</summary>
internal sealed record DocumentRangesFormattingParams(TextDocumentIdentifier TextDocument, IReadOnlyList<Range> Ranges, JsonElement Options = default);

/// <param name="TextDocument">The document, in which the character already stands.</param>
/// <param name="Position">Where the caret is, usually behind the character.</param>
/// <param name="Ch">The character.</param>
/// <param name="Options">How the document is to look.</param>
internal sealed record DocumentOnTypeFormattingParams(TextDocumentIdentifier TextDocument, Position Position, string Ch, JsonElement Options = default);

/// <param name="RangesSupport">Whether several ranges may be asked for at once (LSP 3.18).</param>
internal sealed record DocumentRangeFormattingOptions(bool RangesSupport);

internal sealed record DocumentOnTypeFormattingOptions(string FirstTriggerCharacter, IReadOnlyList<string> MoreTriggerCharacter);
