using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record TextDocumentIdentifier(string Uri);

/// <param name="Uri">The document.</param>
/// <param name="Version">Its version; null, which is said, where it is not open (LSP 3.17, <c>OptionalVersionedTextDocumentIdentifier</c>).</param>
internal sealed record VersionedTextDocumentIdentifier(
    string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version = null);

internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, Utf8Text Text);

internal sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

internal sealed record DidChangeTextDocumentParams(
    VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextDocumentContentChangeEvent> ContentChanges);

/// <param name="Text">The new text.</param>
/// <param name="Range">What is replaced; null for the whole text.</param>
internal sealed record TextDocumentContentChangeEvent(Utf8Text Text, Range? Range = null);

internal sealed record DidCloseTextDocumentParams(TextDocumentIdentifier TextDocument);

internal sealed record DidSaveTextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>A place in a document: the parameters of hover and completion.</summary>
internal sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

internal sealed record DocumentSymbolParams(TextDocumentIdentifier TextDocument);
