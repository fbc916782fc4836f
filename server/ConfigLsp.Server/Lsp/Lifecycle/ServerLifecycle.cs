using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>Where the connection stands between <c>initialize</c> and <c>exit</c> (LSP 3.17, "Server lifecycle"). Changed in the request queue only.</summary>
internal sealed class ServerLifecycle
{
    private enum Stage
    {
        New,
        Initialized,
        ShutDown,
    }

    private volatile Stage _stage;

    /// <summary>Whether the client said that it is done.</summary>
    public bool IsShutDown => _stage == Stage.ShutDown;

    /// <summary>The error for a message that may not come now, else null.</summary>
    public RpcError? Gate(string method, bool isRequest) => _stage switch
    {
        Stage.New when method != "initialize" => new RpcError(
            RpcErrorCodes.ServerNotInitialized, $"'{method}' came before 'initialize'; send that first."),
        Stage.Initialized when method == "initialize" => new RpcError(
            RpcErrorCodes.InvalidRequest, "'initialize' was already sent; a server is initialized once."),
        Stage.ShutDown => new RpcError(
            RpcErrorCodes.InvalidRequest, $"'{method}' came after 'shutdown'; only 'exit' may follow it."),
        _ => null,
    };

    public void Initialized() => _stage = Stage.Initialized;

    public void ShutDown() => _stage = Stage.ShutDown;
}
