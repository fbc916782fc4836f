using System.Text.Json;

namespace ConfigLsp.Server.Rpc;

/// <summary>The <c>error</c> member of a reply (JSON-RPC 2.0, section 5.1). It must hold no secret and no path of the user's home.</summary>
/// <param name="Code">One of <see cref="RpcErrorCodes"/>, or a code of the service's own registry.</param>
/// <param name="Message">One short sentence: what is wrong and what to do.</param>
/// <param name="Data">Details for programs, as JSON that is already built; absent when null.</param>
internal sealed record RpcError(int Code, string Message, JsonElement? Data = null)
{
    public static RpcError Overloaded(int limit) => Described(
        RpcErrorCodes.Overloaded, $"More than {limit} requests are in flight on this connection; wait for a reply and send this one again.",
        new RpcErrorData("Overloaded", "internal", Retryable: true));

    public static RpcError ShuttingDown() => Described(
        RpcErrorCodes.ShuttingDown, "The connection is closing and the request was not finished.",
        new RpcErrorData("ShuttingDown", "internal", Retryable: true));

    /// <param name="requestId">Names the log entry that holds the exception, which itself never goes on the wire.</param>
    public static RpcError Internal(string requestId) => Described(
        RpcErrorCodes.InternalError, $"Internal error; the server's log has it as request {requestId}.",
        new RpcErrorData("InternalError", "internal", Retryable: false, requestId));

    private static RpcError Described(int code, string message, RpcErrorData data) =>
        new(code, message, JsonSerializer.SerializeToElement(data, RpcJsonContext.Default.RpcErrorData));
}

/// <summary>The part of <c>error.data</c> that the transport fills in by itself.</summary>
internal sealed record RpcErrorData(string Name, string Class, bool Retryable, string? RequestId = null);
