using System.Text.Json;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Headless.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Headless.Serving;

/// <summary>What a client says with <c>initialize</c>: LSP's members, and <c>initializationOptions.configlsp</c>.</summary>
internal sealed record ClientOptions
{
    private const string UsualName = "client";
    private const int MaxNameLength = 100;

    /// <summary>The program, for the history.</summary>
    public string Name { get; private init; } = UsualName;

    public int? ProcessId { get; private init; }

    /// <summary>The folders that the client wants to be served, absolute; the first is meant where a request names none.</summary>
    public IReadOnlyList<string> Folders { get; private init; } = [];

    public string? Environment { get; private init; }

    public bool IsTrusted { get; private init; }

    public bool? CacheEnabled { get; private init; }

    public int? CacheTtlMs { get; private init; }

    /// <exception cref="RpcException">A member of our own is not as it must be. Those of LSP are taken as far as they can be understood.</exception>
    public static ClientOptions Read(InitializeParams parameters)
    {
        JsonElement own = Member(parameters.InitializationOptions, "configlsp");
        JsonElement cache = Member(own, "cache");
        if (!IsAbsent(cache) && cache.ValueKind != JsonValueKind.Object)
            throw Invalid("cache", "must be an object");
        if (!IsAbsent(Member(own, "sources")))
            throw Invalid("sources", "is not taken from a client; list the sources in the folder's configlsp.json");
        return new ClientOptions
        {
            Name = ReadName(parameters.ClientInfo),
            ProcessId = parameters.ProcessId.ValueKind == JsonValueKind.Number && parameters.ProcessId.TryGetInt32(out int id) && id > 0 ? id : null,
            Folders = ReadFolders(parameters, own),
            Environment = ReadEnvironment(own),
            IsTrusted = Flag(own, "trust") ?? false,
            CacheEnabled = Flag(cache, "enabled"),
            CacheTtlMs = ReadTimeToLive(cache),
        };
    }

    public static RpcException Invalid(string member, string fault) => new(
        RpcErrorCodes.InvalidParams, $"Parameters of 'initialize': 'initializationOptions.configlsp.{member}' {fault}.");

    private static string[] ReadFolders(InitializeParams parameters, JsonElement own)
    {
        JsonElement workspaces = Member(own, "workspaces");
        if (workspaces.ValueKind == JsonValueKind.Array)
            return [.. workspaces.EnumerateArray().Select(static item => PathOf(item) ?? throw Invalid("workspaces", "must be absolute paths or file: URIs"))];
        if (!IsAbsent(workspaces))
            throw Invalid("workspaces", "must be an array");
        if (parameters.WorkspaceFolders.ValueKind == JsonValueKind.Array)
        {
            string[] folders = [.. parameters.WorkspaceFolders.EnumerateArray().Select(static folder => PathOf(Member(folder, "uri"))).OfType<string>()];
            if (folders.Length > 0)
                return folders;
        }

        return PathOf(parameters.RootUri) is { } root ? [root] : [];
    }

    private static string? PathOf(JsonElement value)
    {
        if (Text(value) is not { Length: > 0 } text)
            return null;
        if (Path.IsPathFullyQualified(text))
            return text;
        return DocumentUri.TryParse(text, out DocumentUri? uri) && uri.TryGetFilePath(out string? path) ? path : null;
    }

    private static string ReadName(JsonElement info)
    {
        if (Text(Member(info, "name")) is not { } name)
            return UsualName;
        string printable = string.Concat(name.Where(static c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MaxNameLength)).Trim();
        return printable.Length == 0 ? UsualName : printable;
    }

    private static string? ReadEnvironment(JsonElement own)
    {
        JsonElement value = Member(own, "environment");
        string? text = Text(value);
        if (IsAbsent(value) || text == EnvironmentName.Auto)
            return null;
        return text is not null && EnvironmentName.TryParse(text, out string? name) ? name : throw Invalid("environment", "must be the name of an environment");
    }

    private static int? ReadTimeToLive(JsonElement cache)
    {
        JsonElement value = Member(cache, "ttlMs");
        if (IsAbsent(value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int milliseconds) && milliseconds is >= 0 and <= CacheConfiguration.MaxTtlMs
            ? milliseconds
            : throw Invalid("cache.ttlMs", $"must be milliseconds from 0 to {CacheConfiguration.MaxTtlMs}");
    }

    private static bool? Flag(JsonElement own, string name) => Member(own, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => throw Invalid(name, "must be true or false"),
    };

    private static bool IsAbsent(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static JsonElement Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return default;
        try
        {
            return element.TryGetProperty(name, out JsonElement value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A member beside it has a name that is not valid Unicode.
            return default;
        }
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            return null;
        }
    }
}
