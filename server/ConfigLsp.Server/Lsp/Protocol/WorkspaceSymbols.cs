namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record WorkspaceSymbolParams(string Query = "");

/// <param name="Name">The dotted key.</param>
/// <param name="Kind">LSP 3.17, <c>SymbolKind</c>.</param>
/// <param name="Location">The key in its file.</param>
/// <param name="ContainerName">The file, relative to its folder.</param>
internal sealed record WorkspaceSymbol(string Name, int Kind, Location Location, string? ContainerName = null);
