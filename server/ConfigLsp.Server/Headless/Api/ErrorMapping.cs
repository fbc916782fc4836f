using System.Text.Json;
using System.Text;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>What an error of the service is on the wire.</summary>
internal static class ErrorMapping
{
    public static RpcError ToRpc(ServiceError error, string requestId) => new(
        error.Descriptor.Code,
        error.Message,
        JsonSerializer.SerializeToElement(Data(error, requestId), ApiJsonContext.Default.ErrorData));

    public static ErrorBody ToBody(ServiceError error, string? requestId = null) => new(error.Descriptor.Code, error.Message, Data(error, requestId));

    private static ErrorData Data(ServiceError error, string? requestId) => new()
    {
        Name = error.Descriptor.Name,
        Class = ServiceWords.Of(error.Descriptor.Class),
        Retryable = error.Descriptor.IsRetryable,
        RetryAfterMs = error.RetryAfter is { } after ? (long)Math.Ceiling(after.TotalMilliseconds) : null,
        Key = error.Key,
        Source = error.Source,
        RequestId = requestId,
        Help = error.Descriptor.Help,
        Diagnostics = error.Diagnostics.IsEmpty ? null : [.. error.Diagnostics.Select(Bodies.Of)],
        Current = error.Current is { } current
            ? new CurrentBody(current.Revision, current.Value is { } value ? new RawJson(Encoding.UTF8.GetBytes(value)) : null, current.Etag)
            : null,
        Applied = error.IsApplied ? true : null,
    };
}
