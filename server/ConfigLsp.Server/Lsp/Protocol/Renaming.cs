namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

/// <param name="Range">The name without its quotes.</param>
/// <param name="Placeholder">What the person begins with.</param>
internal sealed record PrepareRenameResult(Range Range, string Placeholder);

internal sealed record RenameOptions(bool PrepareProvider);
