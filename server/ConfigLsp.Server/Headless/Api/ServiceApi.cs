using ConfigLsp.Server.Headless.Notifications;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>
/// The methods of the service on one connection, of a program or of an editor. Register, attach the connection before it runs, and dispose when
/// it has ended.
/// </summary>
internal sealed class ServiceApi : IAsyncDisposable
{
    private readonly ApiContext _context;
    private readonly ClientFeed _feed;
    private readonly WatchMethods _watches;

    public ServiceApi(ApiContext context)
    {
        _context = context;
        _feed = new ClientFeed();
        _watches = new WatchMethods(context, _feed);
    }

    /// <summary>Registers every method of <see cref="ApiDescription.Methods"/>.</summary>
    /// <param name="handlers">Those of the connection.</param>
    /// <param name="withoutServer">Leaves out <c>ping</c> and <c>health</c>, which a connection may have of its own.</param>
    public void Register(RpcHandlers handlers, bool withoutServer = false)
    {
        var registration = new ApiRegistration(handlers, _context);
        if (!withoutServer)
            new ServerMethods(_context).Register(registration);
        new ReadingMethods(_context).Register(registration, handlers);
        new WritingMethods(_context).Register(registration);
        _watches.Register(registration);
        SourceMethods.Register(registration);
        new WorkspaceMethods(_context).Register(registration);
    }

    /// <summary>Begins to tell the client of changes.</summary>
    public void Attach(RpcConnection connection)
    {
        _feed.Start(connection);
        _context.Hub.Join(_feed);
        _context.Health.StatusChanged += _feed.TellHealth;
    }

    public async ValueTask DisposeAsync()
    {
        _context.Health.StatusChanged -= _feed.TellHealth;
        _context.Hub.Leave(_feed);
        _watches.Dispose();
        await _feed.DisposeAsync().ConfigureAwait(false);
    }
}
