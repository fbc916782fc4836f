using System.Text.Json.Serialization.Metadata;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>Registers described methods on a connection: finds the folder that a request is about, and turns expected failures into error replies.</summary>
internal sealed class ApiRegistration(RpcHandlers handlers, ApiContext context)
{
    /// <summary>Registers a method that answers beside everything else.</summary>
    public void Concurrent<TParams, TResult>(
        ApiMethod method,
        JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType,
        Func<ConfigurationService, TParams, CancellationToken, ValueTask<ServiceResult<TResult>>> handle)
        where TParams : WorkspaceParams =>
        handlers.OnConcurrentRequest(
            method.Name, paramsType, resultType,
            parameters => context.Find(method.Name, parameters.Workspace),
            async (service, parameters, cancellation) => Unwrap(method, await handle(service, parameters, cancellation).ConfigureAwait(false)));

    /// <summary>Registers a method that begins in arrival order, as everything must that changes or follows settings.</summary>
    public void Pipelined<TParams, TResult>(
        ApiMethod method,
        JsonTypeInfo<TParams> paramsType,
        JsonTypeInfo<TResult> resultType,
        Func<ConfigurationService, TParams, CancellationToken, ValueTask<ServiceResult<TResult>>> handle,
        Action<TResult>? answered = null)
        where TParams : WorkspaceParams =>
        handlers.OnPipelinedRequest(
            method.Name, paramsType, resultType,
            (parameters, cancellation) =>
            {
                ValueTask<ServiceResult<TResult>> work = handle(context.Find(method.Name, parameters.Workspace), parameters, cancellation);
                return work.IsCompletedSuccessfully ? new ValueTask<TResult>(Unwrap(method, work.Result)) : UnwrapAsync(method, work);
            },
            answered);

    /// <summary>Registers a method that is about no folder.</summary>
    public void Global<TParams, TResult>(
        ApiMethod method, JsonTypeInfo<TParams> paramsType, JsonTypeInfo<TResult> resultType, Func<TParams, CancellationToken, ValueTask<TResult>> handle) =>
        handlers.OnConcurrentRequest(
            method.Name, paramsType, resultType, static _ => 0, (_, parameters, cancellation) => handle(parameters, cancellation));

    private async ValueTask<TResult> UnwrapAsync<TResult>(ApiMethod method, ValueTask<ServiceResult<TResult>> work) =>
        Unwrap(method, await work.ConfigureAwait(false));

    private TResult Unwrap<TResult>(ApiMethod method, ServiceResult<TResult> result) =>
        result.IsSuccess ? result.Value : throw context.Failure(method.Name, result.Error);
}
