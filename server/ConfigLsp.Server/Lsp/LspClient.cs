using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>What the server says to and asks of the client.</summary>
internal sealed class LspClient
{
    private RpcConnection? _connection;

    private RpcConnection Connection => _connection ?? throw new InvalidOperationException("The connection is not attached yet.");

    /// <summary>Called once, before the connection runs.</summary>
    public void Attach(RpcConnection connection) => _connection = connection;

    public ValueTask PublishAsync(PublishDiagnosticsParams diagnostics) =>
        Connection.NotifyAsync("textDocument/publishDiagnostics", diagnostics, LspJsonContext.Default.PublishDiagnosticsParams);

    /// <summary>A part of the answer to <c>workspace/diagnostic</c>.</summary>
    public ValueTask ProgressAsync(WorkspaceDiagnosticProgress progress) =>
        Connection.NotifyAsync("$/progress", progress, LspJsonContext.Default.WorkspaceDiagnosticProgress);

    public ValueTask LogMessageAsync(LogMessageParams message) =>
        Connection.NotifyAsync("window/logMessage", message, LspJsonContext.Default.LogMessageParams);

    /// <summary>Asks the client to ask again for something that it shows.</summary>
    /// <param name="method">One of the methods <c>workspace/…/refresh</c>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task RefreshAsync(string method, CancellationToken cancellation) =>
        Connection.RequestAsync(method, new NoParams(), NoParamsType, NoResultType, cancellation);

    public Task RegisterAsync(RegistrationParams registrations, CancellationToken cancellation) =>
        Connection.RequestAsync("client/registerCapability", registrations, LspJsonContext.Default.RegistrationParams, NoResultType, cancellation);

    public Task UnregisterAsync(UnregistrationParams registrations, CancellationToken cancellation) =>
        Connection.RequestAsync("client/unregisterCapability", registrations, LspJsonContext.Default.UnregistrationParams, NoResultType, cancellation);

    /// <summary>Asks for a change of documents.</summary>
    /// <exception cref="RpcException">The client refuses.</exception>
    /// <exception cref="RpcConnectionClosedException">The connection ended first.</exception>
    public Task<ApplyWorkspaceEditResult> ApplyEditAsync(ApplyWorkspaceEditParams edit, CancellationToken cancellation) =>
        Connection.RequestAsync(
            "workspace/applyEdit", edit, LspJsonContext.Default.ApplyWorkspaceEditParams, LspJsonContext.Default.ApplyWorkspaceEditResult, cancellation);

    /// <summary>The values of the sections, as a JSON array in the same order.</summary>
    /// <exception cref="RpcException">The client refuses.</exception>
    /// <exception cref="RpcConnectionClosedException">The connection ended first.</exception>
    public Task<JsonElement> ConfigurationAsync(ConfigurationParams sections, CancellationToken cancellation) =>
        Connection.RequestAsync(
            "workspace/configuration", sections, LspJsonContext.Default.ConfigurationParams, LspJsonContext.Default.JsonElement, cancellation);

    /// <summary>The text of a schema that the server does not read itself (<c>vscode/content</c> of jsonls).</summary>
    /// <exception cref="RpcException">The client has no such content.</exception>
    /// <exception cref="RpcConnectionClosedException">The connection ended first.</exception>
    public Task<JsonElement> ContentAsync(string uri, CancellationToken cancellation) =>
        Connection.RequestAsync("vscode/content", uri, LspJsonContext.Default.String, LspJsonContext.Default.JsonElement, cancellation);

    private static JsonTypeInfo<NoParams> NoParamsType => RpcJsonContext.Default.NoParams;

    private static JsonTypeInfo<NoResult> NoResultType => RpcJsonContext.Default.NoResult;
}
