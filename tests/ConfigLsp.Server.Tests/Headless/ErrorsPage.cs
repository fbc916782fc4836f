using System.Reflection;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Headless;

/// <summary>Makes <c>docs/errors.md</c> of the registry of errors and of the codes of the protocol.</summary>
internal static class ErrorsPage
{
    private static readonly Dictionary<int, string> Meanings = new()
    {
        [RpcErrorCodes.ParseError] = "The message is not JSON in UTF-8, or is nested too deeply; or the framing was lost, and the connection closes.",
        [RpcErrorCodes.InvalidRequest] = "The message is no request of JSON-RPC 2.0, is larger than a message may be, or may not come now (before `initialize` a second time, or after `shutdown`).",
        [RpcErrorCodes.MethodNotFound] = "There is no such method.",
        [RpcErrorCodes.InvalidParams] = "The parameters are not as the method needs them; the message names the member.",
        [RpcErrorCodes.InternalError] = "The server failed. Its log has the reason under `error.data.requestId`.",
        [RpcErrorCodes.ServerNotInitialized] = "Send `initialize` first.",
        [RpcErrorCodes.RequestFailed] = "The request is right, and could not be carried out.",
        [RpcErrorCodes.ServerCancelled] = "The server gave the request up; send it again.",
        [RpcErrorCodes.ContentModified] = "The document changed while the request was carried out; send it again.",
        [RpcErrorCodes.RequestCancelled] = "The client cancelled the request.",
    };

    public static string Write()
    {
        var page = new StringBuilder("""
            # Errors

            <!-- Generated from the registry of errors. Do not edit. -->

            An error of the service has in `error.data`:

            | member | |
            |---|---|
            | `name` | The name below. |
            | `class` | `validation`, `configuration`, `conflict`, `timeout`, `circuit`, `storage` or `internal`. |
            | `retryable` | Whether the same request can succeed later without anybody changing it. |
            | `retryAfterMs` | After which time, where that is known. |
            | `key`, `source` | What it is about. |
            | `requestId` | Finds the request in the server's log. |
            | `help` | What to do. |
            | `diagnostics` | Of ValidationFailed: what the schema says. |
            | `current` | Of Conflict: `{revision, value?, etag?}`, what is there now. |
            | `applied` | Of DurabilityUnknown: `true`, the update was made. |

            Messages are for people, short, and hold no secret value.

            ## Errors of the service

            """);
        page.Append("\n| code | name | class | retry | when | what to do |\n|---|---|---|---|---|---|\n");
        foreach (ErrorDescriptor error in ServiceErrors.All)
            page.Append($"| {error.Code} | {error.Name} | {ServiceWords.Of(error.Class)} | {(error.IsRetryable ? "yes" : "no")} | {Cell(error.Meaning)} | {Cell(error.Help)} |\n");
        page.Append("\n## Errors of the protocol\n\nDefined by [JSON-RPC 2.0](https://www.jsonrpc.org/specification#error_object) and the Language Server Protocol.\n");
        page.Append("\n| code | name | when |\n|---|---|---|\n");
        foreach ((string name, int code) in ProtocolCodes())
            page.Append($"| {code} | {name} | {Meanings[code]} |\n");
        return page.ToString();
    }

    /// <summary>Every code of the transport that is not the service's own.</summary>
    private static IEnumerable<(string Name, int Code)> ProtocolCodes() =>
        from field in typeof(RpcErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        let code = (int)field.GetRawConstantValue()!
        where ServiceErrors.All.All(error => error.Code != code)
        orderby code
        select (field.Name, code);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
