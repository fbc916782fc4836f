using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Documents;

/// <summary>Follows what the client opens, changes and closes. Runs in the request queue, so it only keeps the text; parsing comes later.</summary>
internal sealed class SynchronizationHandlers(SessionState state, DiagnosticsPublisher publisher, WorkspaceSchemas workspace, ServerLog log)
{
    public void Register(RpcHandlers handlers)
    {
        handlers.OnNotification("textDocument/didOpen", LspJsonContext.Default.DidOpenTextDocumentParams, (parameters, _) => Open(parameters));
        handlers.OnNotification("textDocument/didChange", LspJsonContext.Default.DidChangeTextDocumentParams, (parameters, _) => Change(parameters));
        handlers.OnNotification("textDocument/didClose", LspJsonContext.Default.DidCloseTextDocumentParams, (parameters, _) => CloseAsync(parameters));
        // What a document holds after a message that was not read is not known: it counts as closed until it is opened again.
        handlers.WhenUnread("textDocument/didOpen", instead: "textDocument/didClose");
        handlers.WhenUnread("textDocument/didChange", instead: "textDocument/didClose");
    }

    private ValueTask Open(DidOpenTextDocumentParams parameters)
    {
        OpenDocument document = state.Documents.Open(parameters.TextDocument);
        workspace.ContentChanged(document.ParsedUri);
        state.Pulse.Beat();
        return Publish(document);
    }

    private ValueTask Change(DidChangeTextDocumentParams parameters)
    {
        if (state.Documents.Change(parameters, state.Positions) is { } document)
        {
            workspace.ContentChanged(document.ParsedUri);
            return Publish(document);
        }

        log.Warn("A change of a document that is not open was ignored.", ("method", "textDocument/didChange"));
        return ValueTask.CompletedTask;
    }

    private ValueTask CloseAsync(DidCloseTextDocumentParams parameters)
    {
        string uri = parameters.TextDocument.Uri;
        if (!state.Documents.Close(uri))
            return ValueTask.CompletedTask;
        workspace.Forget(uri);
        workspace.ContentChanged(DocumentUri.TryParse(uri, out DocumentUri? parsed) ? parsed : null);
        if (parsed is not null)
            state.Closed.Add(parsed);
        ValueTask closed = !state.Features.PullsDiagnostics ? publisher.CloseAsync(uri) : ValueTask.CompletedTask;
        state.Pulse.Beat();
        return closed;
    }

    private ValueTask Publish(OpenDocument document)
    {
        if (!state.Features.PullsDiagnostics)
            publisher.Schedule(document);
        return ValueTask.CompletedTask;
    }
}
