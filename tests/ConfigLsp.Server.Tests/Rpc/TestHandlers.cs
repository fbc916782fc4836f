using System.Text.Json;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Tests.Rpc;

/// <summary>The methods that most tests talk to.</summary>
internal static class TestHandlers
{
    public static RpcHandlers Create()
    {
        var handlers = new RpcHandlers();
        RpcTestJson json = RpcTestJson.Default;
        handlers.OnRequest("ping", RpcNoParams, json.String, (_, _) => ValueTask.FromResult("pong"));
        handlers.OnRequest("nothing", RpcNoParams, RpcJsonContext.Default.NoResult, (_, _) => ValueTask.FromResult(default(NoResult)));
        handlers.OnRequest<NoParams, string>("null", RpcNoParams, json.String, (_, _) => ValueTask.FromResult<string>(null!));
        handlers.OnRequest("name", json.Named, json.String, (named, _) => ValueTask.FromResult($"{named.Name ?? "-"}:{named.Count}"));
        handlers.OnRequest("strict", json.Strict, json.String, (strict, _) => ValueTask.FromResult(strict.Uri));
        handlers.OnRequest("text", json.String, json.String, (text, _) => ValueTask.FromResult(text), ParamsShape.Value);
        handlers.OnRequest("texts", json.StringArray, json.Int32, (texts, _) => ValueTask.FromResult(texts.Length), ParamsShape.Value);
        handlers.OnRequest("any", json.JsonElement, json.String, (any, _) => ValueTask.FromResult(any.GetRawText()), ParamsShape.Value);
        handlers.OnRequest<NoParams, string>("throw", RpcNoParams, json.String, (_, _) => throw new IOException("/home/someone/secret"));
        handlers.OnRequest("badResult", RpcNoParams, json.Throwing, (_, _) => ValueTask.FromResult(new Throwing()));
        handlers.OnRequest<NoParams, string>(
            "refuse", RpcNoParams, json.String, (_, _) => throw new RpcException(new RpcError(-33010, "Conflict.", JsonElement.Parse("""{"current":7}"""))));
        handlers.OnConcurrentRequest(
            "read", json.Named, json.String, named => named.Count + 1, (next, named, _) => ValueTask.FromResult($"{named.Count}->{next}"));
        handlers.OnNotification("note", json.Named, (_, _) => ValueTask.CompletedTask);
        handlers.OnNotification<NoParams>("throwNote", RpcNoParams, (_, _) => throw new IOException("note"));
        handlers.OnExit("exit");
        return handlers;
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<NoParams> RpcNoParams => RpcJsonContext.Default.NoParams;
}
