using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>Our own methods about the process and the open documents: health, ping, whether a file is a settings file, which setting stands where.</summary>
internal sealed class ServiceHandlers(ServerInstance instance, HealthReporter health, WorkspaceSchemas workspace, SessionState state, EffectiveSettings? effective)
{
    public void Register(RpcHandlers handlers)
    {
        handlers.OnConcurrentRequest(
            "configlsp/ping", RpcJsonContext.Default.NoParams, LspJsonContext.Default.PingResult,
            static _ => 0,
            (_, _, _) => ValueTask.FromResult(new PingResult(ServerInstance.Version, instance.Id, instance.Time.GetUtcNow())));
        handlers.OnConcurrentRequest(
            "configlsp/health", LspJsonContext.Default.HealthParams, LspJsonContext.Default.HealthReport,
            static _ => 0,
            (_, parameters, cancellation) => health.ReportAsync(KindOf(parameters), parameters.Fresh, cancellation));
        handlers.OnConcurrentRequest(
            "configlsp/isSettingsFile", LspJsonContext.Default.IsSettingsFileParams, LspJsonContext.Default.IsSettingsFileResult,
            static _ => 0,
            (_, parameters, _) => ValueTask.FromResult(new IsSettingsFileResult(workspace.IsSettingsFile(parameters.Uri))));
        handlers.OnConcurrentRequest(
            "configlsp/keyAt", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.KeyAtResult!,
            parameters => state.Documents.TryGet(parameters.TextDocument.Uri, out OpenDocument? document) ? document : null, FindKeyAsync);
    }

    /// <summary>The setting at a place of a document that is a source.</summary>
    private async ValueTask<KeyAtResult?> FindKeyAsync(OpenDocument? document, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        if (document is null || effective is null || await effective.FindAsync(document, cancellation).ConfigureAwait(false) is not { } source)
            return null;
        int offset = state.Positions.ToOffset(document.Text, parameters.Position);
        return HoverFeature.FindTarget(document.Tree, offset) is { } target && LayerPlace.FindKey(source.Layer, target.Value) is { } key
            ? new KeyAtResult(key.Segments, source.Layer.Name)
            : null;
    }

    private static HealthKind KindOf(HealthParams parameters) => HealthKinds.Parse(parameters.Kind)
        ?? throw new RpcException(RpcErrorCodes.InvalidParams, "Parameters of 'configlsp/health': 'kind' must be live, ready or full.");
}
