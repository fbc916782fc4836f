using System.Collections.Immutable;
using System.Text.Json;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Protocol;

namespace ConfigLsp.Server.Lsp.Lifecycle;

/// <summary>What the client decides once, with <c>initialize</c>.</summary>
internal sealed record InitializationOptions
{
    /// <summary>Schemes of schemas that the server reads itself; all others are asked from the client (<c>handledSchemaProtocols</c> of jsonls).</summary>
    public required ImmutableArray<string> SchemaProtocols { get; init; }

    /// <summary>
    /// Whether the person trusts the folders (<c>configlsp.trust</c>). An editor without that notion says nothing: there, opening a folder is
    /// trusting it. Anything but <c>true</c> counts as no.
    /// </summary>
    public required bool IsTrusted { get; init; }

    /// <summary>
    /// Whether the client wants the server as its formatter (<c>provideFormatter</c> of jsonls); null where it says nothing, so that its settings decide.
    /// </summary>
    public bool? ProvideFormatter { get; init; }

    /// <summary>More changes of a document than this are given as one (<c>customCapabilities.rangeFormatting.editLimit</c> of jsonls); 0 for no limit.</summary>
    public int FormattingEditLimit { get; init; }

    /// <summary>Whether the client has the commands that our code lenses run (<c>configlsp.commands</c>).</summary>
    public bool HasCommands { get; init; }

    /// <summary>URIs of the folders that are served.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    public static InitializationOptions Read(InitializeParams parameters)
    {
        JsonElement options = parameters.InitializationOptions;
        JsonElement protocols = options.At("handledSchemaProtocols");
        JsonElement trust = options.At("configlsp", "trust");
        JsonElement editLimit = options.At("customCapabilities", "rangeFormatting", "editLimit");
        return new InitializationOptions
        {
            SchemaProtocols = protocols.ValueKind == JsonValueKind.Array ? [.. protocols.Texts()] : ["file", "http", "https"],
            IsTrusted = trust.ValueKind is JsonValueKind.Undefined or JsonValueKind.True,
            ProvideFormatter = options.At("provideFormatter").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            FormattingEditLimit = editLimit.ValueKind == JsonValueKind.Number && editLimit.TryGetInt32(out int limit) ? Math.Max(0, limit) : 0,
            HasCommands = options.IsTrue("configlsp", "commands"),
            Folders = [.. FindFolders(parameters)],
        };
    }

    /// <summary>The newest member that the client fills in counts (LSP 3.17, <c>InitializeParams</c>).</summary>
    private static IEnumerable<string> FindFolders(InitializeParams parameters)
    {
        if (parameters.WorkspaceFolders is { Count: > 0 } folders)
            return folders.Select(folder => folder.Uri);
        if (parameters.RootUri is { Length: > 0 } uri)
            return [uri];
        return parameters.RootPath is { Length: > 0 } path && Path.IsPathRooted(path) ? [DocumentUri.FromFilePath(path).Text] : [];
    }
}
