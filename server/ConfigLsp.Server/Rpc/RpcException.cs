namespace ConfigLsp.Server.Rpc;

/// <summary>Thrown by a handler to answer its request with <see cref="Error"/>, and by <see cref="RpcConnection.RequestAsync"/> when the client answered with one.</summary>
internal sealed class RpcException(RpcError error) : Exception(error.Message)
{
    public RpcException(int code, string message)
        : this(new RpcError(code, message))
    {
    }

    public RpcError Error { get; } = error;
}

/// <summary>The connection ended before the client answered a request of the server.</summary>
internal sealed class RpcConnectionClosedException(string method)
    : IOException($"The connection closed before the client answered '{method}'.");
