using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Service;

/// <summary>What the service takes from the process that it runs in.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Catalog">The schemas that are built in.</param>
public sealed record HostOptions(IWritableFileSystem Files, SchemaCatalog Catalog)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Placeholders in paths, and with them the environment variables.</summary>
    public required PathPlaceholders Placeholders { get; init; }

    /// <summary>All environment variables, for the sources of that type.</summary>
    public required Func<IEnumerable<KeyValuePair<string, string>>> Variables { get; init; }

    /// <summary>The name of the machine.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The environment that the caller states (<c>--env</c>); null if none.</summary>
    public string? Environment { get; init; }

    /// <summary>Where state is kept; null if there is no place: then reads work, and updates do not.</summary>
    public StateFolder? State { get; init; }

    /// <summary>Whether changes of files are looked for, as a server must; a command that ends at once need not.</summary>
    public bool WatchesFiles { get; init; }

    /// <summary>Whether HTTP sources may lead to addresses that are not public. The person's setting, never the workspace's.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// How HTTP sources reach their addresses, where that can change (<see cref="ConfigurationHost.HttpAccessChanged"/>); null for
    /// <see cref="AllowPrivateAddresses"/> alone. The person's settings, never the workspace's. Called from any thread; must return at once.
    /// </summary>
    public Func<HttpAccess>? Http { get; init; }

    /// <summary>How http(s) schemas are downloaded, asked when a folder is opened; null if they are not. Called from any thread; must return at once.</summary>
    public Func<SchemaDownloadOptions>? SchemaDownloads { get; init; }

    /// <summary>Whether the cache is used, in place of what the workspace says; null for what it says.</summary>
    public bool? CacheEnabled { get; init; }

    /// <summary>Told of what happens: (workspace folder, event). Called from any thread; must return at once.</summary>
    public Action<string, ServiceEvent>? Observer { get; init; }
}
