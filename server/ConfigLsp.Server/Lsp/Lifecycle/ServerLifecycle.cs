using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>Where the connection stands between <c>initialize</c> and <c>exit</c> (LSP 3.17, "Server lifecycle"). Changed in the request queue only.</summary>
internal sealed class ServerLifecycle
{
    private enum Stage
    {
        New,
        Initialized,
        Serving,
        ShutDown,
    }

    private volatile Stage _stage;

    /// <summary>Whether the client said that it is done.</summary>
    public bool IsShutDown => _stage == Stage.ShutDown;

    /// <summary>Whether the client may be sent requests and log messages.</summary>
    public bool IsServing => _stage == Stage.Serving;

    /// <summary>The error for a message that may not come now, else null.</summary>
    public RpcError? Gate(string method, bool isRequest) => _stage switch
    {
        Stage.New when method != "initialize" => new RpcError(
            RpcErrorCodes.ServerNotInitialized, $"'{method}' came before 'initialize'; send that first."),
        Stage.Initialized or Stage.Serving when method == "initialize" => new RpcError(
            RpcErrorCodes.InvalidRequest, "'initialize' was already sent; a server is initialized once."),
        Stage.ShutDown => new RpcError(
            RpcErrorCodes.InvalidRequest, $"'{method}' came after 'shutdown'; only 'exit' may follow it."),
        _ => null,
    };

    /// <summary>True once, for the first message after <c>initialize</c>.</summary>
    public bool TryBegin()
    {
        if (_stage != Stage.Initialized)
            return false;
        _stage = Stage.Serving;
        return true;
    }

    public void Initialized() => _stage = Stage.Initialized;

    public void ShutDown() => _stage = Stage.ShutDown;
}
