using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>What a <see cref="SchemaStore"/> works with.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Catalog">The embedded catalogue.</param>
public sealed record SchemaStoreOptions(IFileSystem Files, SchemaCatalog Catalog)
{
    /// <summary>Asks the client for a document (<c>vscode/content</c>); null if there is no client that can answer.</summary>
    public Func<string, CancellationToken, ValueTask<SchemaContent>>? ReadFromClient { get; init; }

    /// <summary>The text of a document that is open in the editor, which counts instead of what is on the disk; null if there is no editor.</summary>
    public Func<DocumentUri, SourceText?>? ReadOpen { get; init; }

    /// <summary>How http(s) schemas are downloaded; null if they are not.</summary>
    public SchemaDownloadOptions? Downloads { get; init; }

    /// <summary>The URI schemes that are read here; all others are asked from the client (init option <c>handledSchemaProtocols</c>).</summary>
    public ImmutableArray<string> HandledProtocols { get; init; } = ["file", "http", "https"];

    /// <summary>How long the first lookup of a document waits for its schemas before it answers without them.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After what time a load that failed for a passing reason is tried again, when somebody asks.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
