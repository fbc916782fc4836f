using System.Text.Json;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>The first request: that of LSP, as far as it says something to a program's connection. Members of an unexpected type are not there.</summary>
internal sealed record InitializeParams
{
    public JsonElement ProcessId { get; init; }

    public JsonElement ClientInfo { get; init; }

    public JsonElement RootUri { get; init; }

    public JsonElement WorkspaceFolders { get; init; }

    public JsonElement InitializationOptions { get; init; }
}

internal sealed record InitializeResult(EmptyBody Capabilities, ServerInfoBody ServerInfo, ApiBody Configlsp);

internal sealed record EmptyBody;

internal sealed record ServerInfoBody(string Name, string Version);

internal sealed record ApiBody(int ApiVersion, string InstanceId, IReadOnlyList<string> Methods, IReadOnlyList<string> Workspaces);
