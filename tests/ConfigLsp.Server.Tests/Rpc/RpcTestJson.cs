using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Tests.Rpc;

internal sealed record Named(string? Name, int Count);

internal sealed class Strict
{
    public required string Uri { get; init; }

    public Named? Inner { get; init; }
}

internal sealed record Throwing
{
#pragma warning disable CA1822 // A property of a serialised type cannot be static.
    public string Value => throw new InvalidOperationException("/home/someone/secret");
#pragma warning restore CA1822
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Named))]
[JsonSerializable(typeof(Strict))]
[JsonSerializable(typeof(Throwing))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RpcTestJson : JsonSerializerContext;
