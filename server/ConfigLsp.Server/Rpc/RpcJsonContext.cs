using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Rpc;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoParams))]
[JsonSerializable(typeof(NoResult))]
[JsonSerializable(typeof(RpcErrorData))]
[JsonSerializable(typeof(RpcError))]
[JsonSerializable(typeof(CancelParams))]
internal sealed partial class RpcJsonContext : JsonSerializerContext;
