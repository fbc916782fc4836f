using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>About the process itself.</summary>
internal sealed class ServerMethods(ApiContext context)
{
    public void Register(ApiRegistration registration)
    {
        registration.Global(
            ApiDescription.Ping, RpcJsonContext.Default.NoParams, ApiJsonContext.Default.PingReply,
            (_, _) => ValueTask.FromResult(new PingReply(ServerInstance.Version, context.Instance.Id, context.Instance.Time.GetUtcNow())));
        registration.Global(
            ApiDescription.Health, ApiJsonContext.Default.HealthParams, ApiJsonContext.Default.HealthReport,
            (parameters, cancellation) => context.Health.ReportAsync(KindOf(parameters), parameters.Fresh, cancellation));
    }

    private static HealthKind KindOf(HealthParams parameters) =>
        HealthKinds.Parse(parameters.Kind) ?? throw ParamsCheck.Invalid(ApiDescription.Health, "'kind' must be live, ready or full.");
}
