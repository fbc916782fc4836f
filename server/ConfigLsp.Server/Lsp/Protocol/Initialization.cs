using System.Text.Json;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>
/// The first request. Capabilities and options are kept as JSON, because one member of an unexpected type must not refuse the whole client.
/// </summary>
internal sealed record InitializeParams
{
    public JsonElement ProcessId { get; init; }

    public ClientInfo? ClientInfo { get; init; }

    public string? RootPath { get; init; }

    public string? RootUri { get; init; }

    public JsonElement InitializationOptions { get; init; }

    public JsonElement Capabilities { get; init; }

    public string? Trace { get; init; }

    public IReadOnlyList<WorkspaceFolder>? WorkspaceFolders { get; init; }
}

internal sealed record ClientInfo(string? Name = null, string? Version = null);

internal sealed record WorkspaceFolder(string Uri, string? Name = null);

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

/// <summary>What the server offers; a member that is absent is not offered.</summary>
internal sealed record ServerCapabilities
{
    public required string PositionEncoding { get; init; }

    public required TextDocumentSyncOptions TextDocumentSync { get; init; }

    public bool HoverProvider { get; init; }

    public CompletionOptions? CompletionProvider { get; init; }

    public bool DocumentSymbolProvider { get; init; }

    public bool DocumentFormattingProvider { get; init; }

    public DocumentRangeFormattingOptions? DocumentRangeFormattingProvider { get; init; }

    public DocumentOnTypeFormattingOptions? DocumentOnTypeFormattingProvider { get; init; }

    public bool FoldingRangeProvider { get; init; }

    public bool SelectionRangeProvider { get; init; }

    public bool ColorProvider { get; init; }

    public DocumentLinkOptions? DocumentLinkProvider { get; init; }

    public SemanticTokensOptions? SemanticTokensProvider { get; init; }

    public bool InlayHintProvider { get; init; }

    public CodeLensOptions? CodeLensProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public bool WorkspaceSymbolProvider { get; init; }

    public bool DefinitionProvider { get; init; }

    public bool TypeDefinitionProvider { get; init; }

    public bool ReferencesProvider { get; init; }

    public bool DocumentHighlightProvider { get; init; }

    public RenameOptions? RenameProvider { get; init; }

    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public required WorkspaceOptions Workspace { get; init; }
}

/// <param name="OpenClose">Whether opening and closing is to be told.</param>
/// <param name="Change">2: changes are sent incrementally.</param>
/// <param name="Save">Whether saving is to be told.</param>
internal sealed record TextDocumentSyncOptions(bool OpenClose, int Change, bool Save);

internal sealed record CompletionOptions(IReadOnlyList<string> TriggerCharacters, bool ResolveProvider);

internal sealed record DiagnosticOptions(string Identifier, bool InterFileDependencies, bool WorkspaceDiagnostics);

internal sealed record WorkspaceOptions(WorkspaceFoldersOptions WorkspaceFolders);

internal sealed record WorkspaceFoldersOptions(bool Supported, bool ChangeNotifications);

internal sealed record SetTraceParams(string? Value = null);
