namespace ConfigLsp.Server.Rpc;

/// <summary>Error codes of JSON-RPC 2.0 (section 5.1), of LSP 3.17 (ErrorCodes), and the two of our own that the transport itself answers with.</summary>
internal static class RpcErrorCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int ServerNotInitialized = -32002;
    public const int RequestFailed = -32803;
    public const int ServerCancelled = -32802;
    public const int ContentModified = -32801;
    public const int RequestCancelled = -32800;

    /// <summary>Too many requests are in flight on this connection; the same request may be sent again later.</summary>
    public const int Overloaded = -33023;

    /// <summary>The connection is closing and did not finish the request in time.</summary>
    public const int ShuttingDown = -33040;
}
