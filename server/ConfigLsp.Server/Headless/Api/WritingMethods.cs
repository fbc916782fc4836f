using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>Writes and what came of them: update, history and restore.</summary>
internal sealed class WritingMethods(ApiContext context)
{
    public const int UsualPage = 50;
    public const int LargestPage = 500;

    private readonly UpdateOrder _order = new();

    public void Register(ApiRegistration registration)
    {
        registration.Pipelined(ApiDescription.Update, ApiJsonContext.Default.UpdateParams, ApiJsonContext.Default.UpdateReply, UpdateAsync);
        registration.Pipelined(ApiDescription.Restore, ApiJsonContext.Default.RestoreParams, ApiJsonContext.Default.UpdateReply, RestoreAsync);
        registration.Concurrent(ApiDescription.History, ApiJsonContext.Default.HistoryParams, ApiJsonContext.Default.HistoryReply, HistoryAsync);
    }

    private ValueTask<ServiceResult<UpdateReply>> UpdateAsync(ConfigurationService service, UpdateParams parameters, CancellationToken cancellation)
    {
        var request = new UpdateRequest(ParamsCheck.Operation(ApiDescription.Update, parameters.Op, parameters.Key, parameters.Path, parameters.Value))
        {
            Source = parameters.Source,
            Expect = parameters.Expect is { } expect
                ? new UpdateExpectation { Revision = expect.Revision, IsAbsent = expect.Absent, Etag = expect.Etag }
                : null,
            TransactionId = parameters.TransactionId,
            IsDryRun = parameters.DryRun,
            Actor = context.Actor(),
            Buffers = context.Buffers,
        };
        return ReplyAsync(_order.RunAsync(() => service.UpdateAsync(request, cancellation), cancellation));
    }

    private ValueTask<ServiceResult<UpdateReply>> RestoreAsync(ConfigurationService service, RestoreParams parameters, CancellationToken cancellation)
    {
        if (parameters.Revision < 0)
            throw ParamsCheck.Invalid(ApiDescription.Restore, "'revision' must not be negative.");
        var request = new RestoreRequest(parameters.Revision)
        {
            Source = parameters.Source,
            TransactionId = parameters.TransactionId,
            IsDryRun = parameters.DryRun,
            Actor = context.Actor(),
            Buffers = context.Buffers,
        };
        return ReplyAsync(_order.RunAsync(() => service.RestoreAsync(request, cancellation), cancellation));
    }

    private static async ValueTask<ServiceResult<UpdateReply>> ReplyAsync(ValueTask<ServiceResult<UpdateResult>> updating) =>
        (await updating.ConfigureAwait(false)).TryGet(out UpdateResult? result, out ServiceError? error) ? Bodies.Of(result) : error;

    private static async ValueTask<ServiceResult<HistoryReply>> HistoryAsync(
        ConfigurationService service, HistoryParams parameters, CancellationToken cancellation)
    {
        var request = new HistoryRequest
        {
            Key = ParamsCheck.OptionalKey(ApiDescription.History, parameters.Key, parameters.Path),
            Source = parameters.Source,
            Limit = ParamsCheck.Limit(ApiDescription.History, parameters.Limit, UsualPage, LargestPage),
            Before = parameters.Before,
        };
        ServiceResult<HistoryResult> reading = await service.HistoryAsync(request, cancellation).ConfigureAwait(false);
        return reading.TryGet(out HistoryResult? history, out ServiceError? error) ? Bodies.Of(history) : error;
    }
}
