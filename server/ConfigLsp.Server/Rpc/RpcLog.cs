namespace ConfigLsp.Server.Rpc;

/// <summary>Where a connection reports what it cannot tell the client. The delegates are called from several threads.</summary>
/// <param name="Warning">A fault of the peer, already limited in number.</param>
/// <param name="Failure">A handler that threw: request id as told to the client (empty for a notification), method, exception.</param>
internal sealed record RpcLog(Action<string> Warning, Action<string, string, Exception> Failure)
{
    public static RpcLog None { get; } = new(_ => { }, (_, _, _) => { });
}
