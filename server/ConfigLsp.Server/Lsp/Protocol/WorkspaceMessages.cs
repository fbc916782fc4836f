using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConfigLsp.Server.Lsp.Protocol;

internal sealed record DidChangeConfigurationParams(JsonElement Settings = default);

internal sealed record ConfigurationParams(IReadOnlyList<ConfigurationItem> Items);

internal sealed record ConfigurationItem(string Section);

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent(IReadOnlyList<WorkspaceFolder>? Added = null, IReadOnlyList<WorkspaceFolder>? Removed = null);

internal sealed record DidChangeWatchedFilesParams(IReadOnlyList<FileEvent> Changes);

/// <param name="Uri">The file.</param>
/// <param name="Type">1 created, 2 changed, 3 deleted.</param>
internal sealed record FileEvent(string Uri, int Type);

internal sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

internal sealed record Registration(string Id, string Method, RegistrationOptions? RegisterOptions);

internal sealed record UnregistrationParams(
    // The name that LSP 3.17 gives it, misspelt since its first version.
    [property: JsonPropertyName("unregisterations")] IReadOnlyList<Unregistration> Unregistrations);

internal sealed record Unregistration(string Id, string Method);

/// <summary>The options of the registrations we make: watched files, a configuration section, or formatting.</summary>
internal sealed record RegistrationOptions
{
    public IReadOnlyList<FileSystemWatcher>? Watchers { get; init; }

    public IReadOnlyList<string>? Section { get; init; }

    public string? FirstTriggerCharacter { get; init; }

    public IReadOnlyList<string>? MoreTriggerCharacter { get; init; }

    public bool? RangesSupport { get; init; }
}

internal sealed record FileSystemWatcher(string GlobPattern);

/// <param name="Type">1 error, 2 warning, 3 information, 4 log.</param>
/// <param name="Message">One line.</param>
internal sealed record LogMessageParams(int Type, string Message);
