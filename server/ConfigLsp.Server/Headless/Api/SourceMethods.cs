using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>About the sources: their state, probes, breakers and reading them again.</summary>
internal static class SourceMethods
{
    public static void Register(ApiRegistration registration)
    {
        registration.Concurrent(
            ApiDescription.SourcesList, ApiJsonContext.Default.OnlyWorkspaceParams, ApiJsonContext.Default.SourcesReply,
            static (service, _, _) => ValueTask.FromResult<ServiceResult<SourcesReply>>(new SourcesReply([.. service.ListSources().Select(Bodies.Of)])));
        registration.Concurrent(ApiDescription.SourcesTest, ApiJsonContext.Default.SourceNameParams, ApiJsonContext.Default.ProbesReply, TestAsync);
        registration.Concurrent(ApiDescription.SourcesBreaker, ApiJsonContext.Default.BreakerParams, ApiJsonContext.Default.BreakerReply, Control);
        registration.Concurrent(ApiDescription.Reload, ApiJsonContext.Default.ReloadParams, ApiJsonContext.Default.ReloadReply, ReloadAsync);
    }

    private static async ValueTask<ServiceResult<ProbesReply>> TestAsync(
        ConfigurationService service, SourceNameParams parameters, CancellationToken cancellation)
    {
        ServiceResult<ImmutableArray<SourceProbe>> testing = await service.TestSourcesAsync(parameters.Source, cancellation).ConfigureAwait(false);
        return testing.TryGet(out ImmutableArray<SourceProbe> probes, out ServiceError? error) ? new ProbesReply([.. probes.Select(Bodies.Of)]) : error;
    }

    private static ValueTask<ServiceResult<BreakerReply>> Control(ConfigurationService service, BreakerParams parameters, CancellationToken cancellation)
    {
        BreakerCommand command = parameters.Action switch
        {
            "reset" => BreakerCommand.Reset,
            "isolate" => BreakerCommand.Isolate,
            "close" => BreakerCommand.Close,
            _ => throw ParamsCheck.Invalid(ApiDescription.SourcesBreaker, "'action' must be reset, isolate or close."),
        };
        ServiceResult<BreakerReply> result = service.ControlBreaker(parameters.Source, command).TryGet(out BreakerSnapshot? breaker, out ServiceError? error)
            ? new BreakerReply(parameters.Source, Bodies.Of(breaker))
            : error;
        return ValueTask.FromResult(result);
    }

    private static async ValueTask<ServiceResult<ReloadReply>> ReloadAsync(
        ConfigurationService service, ReloadParams parameters, CancellationToken cancellation)
    {
        ImmutableArray<string>? names = ParamsCheck.Names(ApiDescription.Reload, "sources", parameters.Sources);
        ServiceResult<ReloadResult> reloading = await service.ReloadAsync(names, cancellation).ConfigureAwait(false);
        return reloading.TryGet(out ReloadResult? result, out ServiceError? error)
            ? new ReloadReply(result.Revision, result.ClearedEntries, [.. result.Sources.Select(Bodies.Of)])
            : error;
    }
}
