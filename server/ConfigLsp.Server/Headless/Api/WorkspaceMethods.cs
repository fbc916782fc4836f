using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Headless.Serving;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>About the service of a folder as a whole, and its cache.</summary>
internal sealed class WorkspaceMethods(ApiContext context)
{
    public void Register(ApiRegistration registration)
    {
        registration.Concurrent(
            ApiDescription.Info, ApiJsonContext.Default.OnlyWorkspaceParams, ApiJsonContext.Default.InfoReply,
            (service, _, _) => ValueTask.FromResult<ServiceResult<InfoReply>>(Info(service)));
        registration.Concurrent(
            ApiDescription.CacheStats, ApiJsonContext.Default.OnlyWorkspaceParams, ApiJsonContext.Default.CacheBody,
            static (service, _, _) => ValueTask.FromResult<ServiceResult<CacheBody>>(Bodies.Of(service.Cache)));
        registration.Concurrent(ApiDescription.CacheInvalidate, ApiJsonContext.Default.InvalidateParams, ApiJsonContext.Default.InvalidateReply, Invalidate);
    }

    private static ValueTask<ServiceResult<InvalidateReply>> Invalidate(
        ConfigurationService service, InvalidateParams parameters, CancellationToken cancellation)
    {
        ServiceResult<int> removing = service.InvalidateCache(ParamsCheck.OptionalKey(ApiDescription.CacheInvalidate, parameters.Key, parameters.Path));
        ServiceResult<InvalidateReply> reply = removing.TryGet(out int removed, out ServiceError? error) ? new InvalidateReply(removed) : error;
        return ValueTask.FromResult(reply);
    }

    private InfoReply Info(ConfigurationService service)
    {
        // First, so that the revision is known.
        StorageReport storage = service.GetStorage(open: true);
        ServiceInfo info = service.GetInfo();
        return new InfoReply
        {
            Version = ServerInstance.Version,
            ApiVersion = ApiDescription.Version,
            InstanceId = context.Instance.Id,
            Workspace = service.Folder,
            Trusted = service.IsTrusted,
            StoreId = storage.StoreId,
            Revision = info.Revision,
            Environment = Bodies.Of(service.Environment),
            Loaded = info.IsLoaded,
            LastLoad = info.LastLoad,
            ErrorCount = info.ErrorCount,
            Sources = [.. info.Sources.Select(Bodies.Of)],
            Cache = Bodies.Of(info.Cache),
            Limits = Limits,
            Warnings = info.Warnings,
        };
    }

    private static LimitsBody Limits { get; } = new(
        RpcLimits.Default.MessageBytes,
        RpcLimits.Default.Depth,
        RpcLimits.Default.RequestsInFlight,
        ApiDescription.KeysPerGet,
        SettingKey.MaxBytes,
        SettingKey.MaxSegments,
        WatchMethods.MaxWatches,
        HeadlessLimits.Connections,
        HeadlessLimits.Workspaces);
}
