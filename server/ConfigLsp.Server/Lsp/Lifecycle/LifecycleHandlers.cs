using System.Text.Json;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>Begins and ends the conversation.</summary>
/// <param name="state">The connection's knowledge.</param>
/// <param name="started">Called in the queue with the first message, before it is answered.</param>
/// <param name="ready">Called in the queue with the first message after that, when the client is ready to be asked.</param>
internal sealed class LifecycleHandlers(SessionState state, Action<InitializeParams> started, Action ready)
{
    private const int Incremental = 2;

    public void Register(RpcHandlers handlers)
    {
        handlers.Gate = (method, isRequest) =>
        {
            RpcError? refusal = state.Lifecycle.Gate(method, isRequest);
            // Usually this is 'initialized'; a client that forgets to send it is served all the same.
            if (refusal is null && state.Lifecycle.TryBegin())
                ready();
            return refusal;
        };
        handlers.OnRequest("initialize", LspJsonContext.Default.InitializeParams, LspJsonContext.Default.InitializeResult, (parameters, _) => Initialize(parameters));
        handlers.OnNotification("initialized", RpcJsonContext.Default.NoParams, (_, _) => ValueTask.CompletedTask);
        handlers.OnNotification("$/setTrace", LspJsonContext.Default.SetTraceParams, (_, _) => ValueTask.CompletedTask);
        handlers.OnRequest("shutdown", RpcJsonContext.Default.NoParams, RpcJsonContext.Default.NoResult, (_, _) =>
        {
            state.Lifecycle.ShutDown();
            // An answer that waits for news must not keep the session.
            state.Pulse.Stop();
            return default;
        });
        handlers.OnExit("exit");
    }

    private ValueTask<InitializeResult> Initialize(InitializeParams parameters)
    {
        if (parameters.Capabilities.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
            throw new RpcException(RpcErrorCodes.InvalidParams, "Parameters of 'initialize': 'capabilities' must be an object.");
        ClientFeatures features = ClientFeatures.Read(parameters.Capabilities) with
        {
            OpensSchemaContent = parameters.InitializationOptions.IsTrue("configlsp", "schemaContent"),
        };
        state.Negotiated(features, InitializationOptions.Read(parameters));
        started(parameters);
        state.Lifecycle.Initialized();
        return ValueTask.FromResult(new InitializeResult(Capabilities(), new ServerInfo("configlsp", ServerInstance.Version)));
    }

    private ServerCapabilities Capabilities() => new()
    {
        PositionEncoding = PositionEncodingNames.Of(state.Features.PositionEncoding),
        TextDocumentSync = new TextDocumentSyncOptions(OpenClose: true, Incremental, Save: false),
        HoverProvider = true,
        CompletionProvider = new CompletionOptions(CompletionHandlers.Triggers, ResolveProvider: true),
        DocumentSymbolProvider = true,
        DocumentFormattingProvider = state.OffersFormatter,
        DocumentRangeFormattingProvider = state.OffersFormatter ? new DocumentRangeFormattingOptions(RangesSupport: true) : null,
        DocumentOnTypeFormattingProvider = state.OffersFormatter ? FormattingHandlers.OnTypeOptions : null,
        FoldingRangeProvider = true,
        SelectionRangeProvider = true,
        ColorProvider = true,
        DocumentLinkProvider = new DocumentLinkOptions(ResolveProvider: false),
        SemanticTokensProvider = SemanticTokenHandlers.Options,
        InlayHintProvider = true,
        CodeLensProvider = state.Initialization is { HasCommands: true } ? new CodeLensOptions(ResolveProvider: false) : null,
        // A client that knows commands only has no use for ours.
        CodeActionProvider = state.Features.CodeActionLiterals ? new CodeActionOptions(CodeActionKinds.All, state.Features.CodeActionResolve) : null,
        WorkspaceSymbolProvider = true,
        DefinitionProvider = true,
        TypeDefinitionProvider = true,
        ReferencesProvider = true,
        DocumentHighlightProvider = true,
        RenameProvider = new RenameOptions(PrepareProvider: true),
        DiagnosticProvider = state.Features.PullsDiagnostics
            ? new DiagnosticOptions("configlsp", InterFileDependencies: true, WorkspaceDiagnostics: true)
            : null,
        Workspace = new WorkspaceOptions(new WorkspaceFoldersOptions(Supported: true, ChangeNotifications: true)),
    };
}
