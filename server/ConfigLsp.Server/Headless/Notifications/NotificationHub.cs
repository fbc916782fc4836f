using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Headless.Protocol;

namespace ConfigLsp.Server.Headless.Notifications;

/// <summary>Tells every connected client what happens to sources and breakers, whichever folder they belong to.</summary>
internal sealed class NotificationHub
{
    private ImmutableArray<ClientFeed> _feeds = [];

    /// <summary>Clients that are told.</summary>
    public int Clients => _feeds.Length;

    public void Join(ClientFeed feed) => ImmutableInterlocked.Update(ref _feeds, static (feeds, added) => feeds.Add(added), feed);

    public void Leave(ClientFeed feed) => ImmutableInterlocked.Update(ref _feeds, static (feeds, removed) => feeds.Remove(removed), feed);

    /// <summary>Called for everything that happens in a service; passes on what clients are to know, without waiting.</summary>
    public void Tell(string folder, ServiceEvent happened)
    {
        switch (happened)
        {
            case ServiceEvent.SourceStateChanged { Old: LayerState.NotLoaded, Error: null }:
                // It was read for the first time, and all is well: no news.
                break;
            case ServiceEvent.SourceStateChanged state:
                Post(
                    ApiDescription.SourceState,
                    new SourceStateParams(folder, state.Source, ServiceWords.Of(state.Old), ServiceWords.Of(state.New), state.Error is { } error ? ErrorMapping.ToBody(error) : null),
                    ApiJsonContext.Default.SourceStateParams);
                break;
            case ServiceEvent.BreakerChanged change:
                Post(
                    ApiDescription.Breaker,
                    new BreakerChangedParams(folder, change.Source, ServiceWords.Of(change.Old), Bodies.Of(change.New)),
                    ApiJsonContext.Default.BreakerChangedParams);
                break;
        }
    }

    private void Post<TParams>(ApiMethod method, TParams parameters, JsonTypeInfo<TParams> type)
    {
        foreach (ClientFeed feed in _feeds)
            feed.Post(method.Name, parameters, type);
    }
}
