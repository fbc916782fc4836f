using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigLsp.Server.Health;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>Serialisation of every message of the service, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(InitializeResult))]
[JsonSerializable(typeof(OnlyWorkspaceParams))]
[JsonSerializable(typeof(PingReply))]
[JsonSerializable(typeof(InfoReply))]
[JsonSerializable(typeof(GetParams))]
[JsonSerializable(typeof(GetReply))]
[JsonSerializable(typeof(ListParams))]
[JsonSerializable(typeof(ListReply))]
[JsonSerializable(typeof(EffectiveParams))]
[JsonSerializable(typeof(EffectiveReply))]
[JsonSerializable(typeof(InspectParams))]
[JsonSerializable(typeof(InspectReply))]
[JsonSerializable(typeof(ValidateParams))]
[JsonSerializable(typeof(ValidateReply))]
[JsonSerializable(typeof(UpdateParams))]
[JsonSerializable(typeof(UpdateReply))]
[JsonSerializable(typeof(HistoryParams))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(RestoreParams))]
[JsonSerializable(typeof(WatchParams))]
[JsonSerializable(typeof(WatchReply))]
[JsonSerializable(typeof(UnwatchParams))]
[JsonSerializable(typeof(ReloadParams))]
[JsonSerializable(typeof(ReloadReply))]
[JsonSerializable(typeof(SourcesReply))]
[JsonSerializable(typeof(SourceNameParams))]
[JsonSerializable(typeof(ProbesReply))]
[JsonSerializable(typeof(BreakerParams))]
[JsonSerializable(typeof(BreakerReply))]
[JsonSerializable(typeof(CacheBody))]
[JsonSerializable(typeof(InvalidateParams))]
[JsonSerializable(typeof(InvalidateReply))]
[JsonSerializable(typeof(HealthParams))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(DidChangeParams))]
[JsonSerializable(typeof(WatchCancelledParams))]
[JsonSerializable(typeof(SourceStateParams))]
[JsonSerializable(typeof(BreakerChangedParams))]
[JsonSerializable(typeof(HealthChangedParams))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ErrorData))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
