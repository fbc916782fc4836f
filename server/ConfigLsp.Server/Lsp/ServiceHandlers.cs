using ConfigLsp.Server.Health;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp;

/// <summary>Our own methods: health, ping, and whether a file is a settings file.</summary>
internal sealed class ServiceHandlers(ServerInstance instance, HealthReporter health, WorkspaceSchemas workspace)
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
    }

    private static HealthKind KindOf(HealthParams parameters) => HealthKinds.Parse(parameters.Kind)
        ?? throw new RpcException(RpcErrorCodes.InvalidParams, "Parameters of 'configlsp/health': 'kind' must be live, ready or full.");
}
