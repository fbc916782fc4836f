using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Headless.Protocol;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>The watches of one connection.</summary>
internal sealed class WatchMethods(ApiContext context, ClientFeed feed) : IDisposable
{
    /// <summary>The most watches of one connection.</summary>
    public const int MaxWatches = 256;

    private readonly ConcurrentDictionary<string, Subscription> _open = new(StringComparer.Ordinal);
    private volatile bool _isClosed;

    public void Register(ApiRegistration registration)
    {
        registration.Pipelined(
            ApiDescription.Watch, ApiJsonContext.Default.WatchParams, ApiJsonContext.Default.WatchReply, WatchAsync,
            // The client knows the id now, so it can be told what happened since.
            reply => _open.GetValueOrDefault(reply.WatchId)?.Release());
        registration.Global(ApiDescription.Unwatch, ApiJsonContext.Default.UnwatchParams, Rpc.RpcJsonContext.Default.NoResult, (parameters, _) => Unwatch(parameters));
    }

    public void Dispose()
    {
        _isClosed = true;
        foreach (Subscription subscription in _open.Values)
            subscription.Dispose();
        _open.Clear();
    }

    private async ValueTask<ServiceResult<WatchReply>> WatchAsync(ConfigurationService service, WatchParams parameters, CancellationToken cancellation)
    {
        if (parameters is { Prefix: not null, Keys: not null })
            throw ParamsCheck.Invalid(ApiDescription.Watch, "send 'prefix' or 'keys', not both.");
        if (_open.Count >= MaxWatches)
            throw context.Failure(ApiDescription.Watch.Name, new ServiceError(ServiceErrors.LimitExceeded, $"A connection has at most {MaxWatches} watches."));
        var subscription = new Subscription(feed, ended => _open.TryRemove(ended.Id, out _));
        var request = new WatchRequest
        {
            Prefix = parameters.Prefix is { Length: > 0 } prefix ? new KeyText(prefix) : default(KeyText?),
            Keys = parameters.Keys switch
            {
                null => [],
                [] => throw ParamsCheck.Invalid(ApiDescription.Watch, "'keys' must not be empty; leave it out to watch everything."),
                { } keys => ParamsCheck.Keys(keys),
            },
        };
        ServiceResult<Watch> starting = await service.WatchAsync(request, subscription.Deliver, cancellation).ConfigureAwait(false);
        if (!starting.TryGet(out Watch? watch, out ServiceError? error))
            return error;
        subscription.Begin(watch);
        _open[watch.Id] = subscription;
        if (_isClosed)
            // The connection ended meanwhile, and nobody will end this one.
            Dispose();
        return new WatchReply(watch.Id, watch.Revision);
    }

    private ValueTask<Rpc.NoResult> Unwatch(UnwatchParams parameters)
    {
        if (!_open.TryRemove(parameters.WatchId, out Subscription? subscription))
            throw ParamsCheck.Invalid(ApiDescription.Unwatch, "this connection has no watch with that 'watchId'.");
        subscription.Dispose();
        return default;
    }
}
