using System.Text;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>Reads: get, list, effective, inspect and validate.</summary>
internal sealed class ReadingMethods(ApiContext context)
{
    public const int UsualPage = 100;
    public const int LargestPage = 1000;

    public void Register(ApiRegistration registration, RpcHandlers handlers)
    {
        // Not through the registration, because this one has to be fast: what is cached is answered in the queue.
        handlers.OnPipelinedRequest(ApiDescription.Get.Name, ApiJsonContext.Default.GetParams, ApiJsonContext.Default.GetReply, GetAsync);
        registration.Concurrent(ApiDescription.List, ApiJsonContext.Default.ListParams, ApiJsonContext.Default.ListReply, ListAsync);
        registration.Concurrent(ApiDescription.Effective, ApiJsonContext.Default.EffectiveParams, ApiJsonContext.Default.EffectiveReply, EffectiveAsync);
        registration.Concurrent(ApiDescription.Inspect, ApiJsonContext.Default.InspectParams, ApiJsonContext.Default.InspectReply, InspectAsync);
        registration.Concurrent(ApiDescription.Validate, ApiJsonContext.Default.ValidateParams, ApiJsonContext.Default.ValidateReply, ValidateAsync);
    }

    private ValueTask<GetReply> GetAsync(GetParams parameters, CancellationToken cancellation)
    {
        ConfigurationService service = context.Find(ApiDescription.Get.Name, parameters.Workspace);
        if (parameters.MaxStaleMs < 0)
            throw ParamsCheck.Invalid(ApiDescription.Get, "'maxStaleMs' must not be negative.");
        if (parameters is { Keys: [var only], MaxStaleMs: null, Source: null } && service.FindRemembered(only.Text) is { Value: not null } known)
            return new ValueTask<GetReply>(new GetReply(service.RememberedRevision, known));
        var request = new GetRequest(ParamsCheck.Keys(parameters.Keys))
        {
            Default = parameters.Default?.Utf8,
            MaxStale = parameters.MaxStaleMs is { } stale ? TimeSpan.FromMilliseconds(Math.Min(stale, int.MaxValue)) : null,
            Source = parameters.Source,
        };
        ValueTask<ServiceResult<GetResult>> reading = service.GetAsync(request, cancellation);
        return reading.IsCompletedSuccessfully ? new ValueTask<GetReply>(Reply(reading.Result)) : AwaitAsync(reading);
    }

    private async ValueTask<GetReply> AwaitAsync(ValueTask<ServiceResult<GetResult>> reading) => Reply(await reading.ConfigureAwait(false));

    private GetReply Reply(ServiceResult<GetResult> result) => result.TryGet(out GetResult? found, out ServiceError? error)
        ? new GetReply(found.Revision, found.Items, HasError(found) ? context.NextRequestId() : string.Empty)
        : throw context.Failure(ApiDescription.Get.Name, error);

    private static bool HasError(GetResult result)
    {
        foreach (SettingAnswer answer in result.Items)
        {
            if (answer.Error is not null)
                return true;
        }

        return false;
    }

    private static async ValueTask<ServiceResult<ListReply>> ListAsync(ConfigurationService service, ListParams parameters, CancellationToken cancellation)
    {
        int limit = ParamsCheck.Limit(ApiDescription.List, parameters.Limit, UsualPage, LargestPage);
        ServiceResult<ListResult> listing = await service.ListAsync(ToKey(parameters.Prefix), limit, parameters.Cursor, cancellation).ConfigureAwait(false);
        return listing.TryGet(out ListResult? list, out ServiceError? error) ? new ListReply(list.Revision, list.Keys, list.Cursor) : error;
    }

    private static async ValueTask<ServiceResult<EffectiveReply>> EffectiveAsync(
        ConfigurationService service, EffectiveParams parameters, CancellationToken cancellation)
    {
        if (parameters.Format is not (null or "json" or "env"))
            throw ParamsCheck.Invalid(ApiDescription.Effective, "'format' must be json or env.");
        ServiceResult<EffectiveDocument> merging = await service.EffectiveAsync(ToKey(parameters.Section), cancellation).ConfigureAwait(false);
        if (!merging.TryGet(out EffectiveDocument? document, out ServiceError? error))
            return error;
        return parameters.Format == "env"
            ? new EffectiveReply(Document: null, EnvironmentVariablesFormat.Write(document, parameters.Prefix ?? "NOFX_", parameters.Section), document.RedactedKeys)
            : new EffectiveReply(new RawJson(document.Json), Text: null, document.RedactedKeys);
    }

    private static async ValueTask<ServiceResult<InspectReply>> InspectAsync(
        ConfigurationService service, InspectParams parameters, CancellationToken cancellation)
    {
        KeyText key = ParamsCheck.Key(ApiDescription.Inspect, parameters.Key, parameters.Path);
        ServiceResult<SettingInspection> inspecting = await service.InspectAsync(key, cancellation).ConfigureAwait(false);
        return inspecting.TryGet(out SettingInspection? inspection, out ServiceError? error) ? Bodies.Of(inspection) : error;
    }

    private static async ValueTask<ServiceResult<ValidateReply>> ValidateAsync(
        ConfigurationService service, ValidateParams parameters, CancellationToken cancellation)
    {
        int given = (parameters.Uri is null ? 0 : 1) + (parameters.Content is null ? 0 : 1) + (parameters.Operations is null ? 0 : 1);
        if (given > 1)
            throw ParamsCheck.Invalid(ApiDescription.Validate, "send one of 'uri', 'content' and 'operations', or none of them for the settings in effect.");
        var request = new ValidateRequest
        {
            File = parameters.Uri is { } uri ? FileOf(uri) : null,
            Content = parameters.Content is { } content ? Encoding.UTF8.GetBytes(content) : null,
            Operations = [.. (parameters.Operations ?? []).Select(Operation)],
            Source = parameters.Source,
        };
        ServiceResult<ValidationReport> validating = await service.ValidateAsync(request, cancellation).ConfigureAwait(false);
        return validating.TryGet(out ValidationReport? report, out ServiceError? error)
            ? new ValidateReply(report.IsValid, [.. report.Diagnostics.Select(Bodies.Of)])
            : error;
    }

    private static SettingOperation Operation(OperationBody? body) => body is null
        ? throw ParamsCheck.Invalid(ApiDescription.Validate, "'operations' must be objects.")
        : ParamsCheck.Operation(ApiDescription.Validate, body.Op, body.Key, body.Path, body.Value);

    private static KeyText? ToKey(string? text) => text is null ? default(KeyText?) : new KeyText(text);

    private static string FileOf(string uri)
    {
        if (Path.IsPathFullyQualified(uri))
            return uri;
        return DocumentUri.TryParse(uri, out DocumentUri? parsed) && parsed.TryGetFilePath(out string? path)
            ? path
            : throw ParamsCheck.Invalid(ApiDescription.Validate, "'uri' must be a file: URI or an absolute path.");
    }
}
