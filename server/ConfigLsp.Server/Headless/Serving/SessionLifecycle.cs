using ConfigLsp.Server.Headless.Api;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>Where a program's connection stands between <c>initialize</c> and <c>exit</c>, as in LSP 3.17. Changed in the request queue only.</summary>
internal sealed class SessionLifecycle
{
    private enum Stage
    {
        New,
        Serving,
        ShutDown,
    }

    private volatile Stage _stage;

    /// <summary>Whether the client said that it is done.</summary>
    public bool IsShutDown => _stage == Stage.ShutDown;

    /// <summary>The error for a message that may not come now, else null. <c>ping</c> may always come before the end, for probes.</summary>
    public RpcError? Gate(string method) => _stage switch
    {
        Stage.New when method != "initialize" && method != ApiDescription.Ping.Name => new RpcError(
            RpcErrorCodes.ServerNotInitialized, $"'{method}' came before 'initialize'; send that first."),
        Stage.Serving when method == "initialize" => new RpcError(
            RpcErrorCodes.InvalidRequest, "'initialize' was already sent; a connection is initialized once."),
        Stage.ShutDown => new RpcError(
            RpcErrorCodes.InvalidRequest, $"'{method}' came after 'shutdown'; only 'exit' may follow it."),
        _ => null,
    };

    public void Initialized() => _stage = Stage.Serving;

    public void ShutDown() => _stage = Stage.ShutDown;
}
