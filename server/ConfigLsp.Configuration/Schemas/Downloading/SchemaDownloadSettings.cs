using ConfigLsp.Configuration.Http;

namespace ConfigLsp.Configuration.Schemas.Downloading;

/// <summary>What the person permits of downloading schemas. Never the workspace's to say.</summary>
public sealed record SchemaDownloadSettings
{
    /// <summary>Whether anything is downloaded (<c>json.schemaDownload.enable</c>). Copies that are there already serve all the same.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether the person has asked to stay off the network for this run (<c>--offline</c>).</summary>
    public bool IsOffline { get; init; }

    /// <summary>Where from.</summary>
    public TrustedSchemaAddresses Trusted { get; init; } = TrustedSchemaAddresses.Default;

    /// <summary>How addresses are reached.</summary>
    public HttpAccess Http { get; init; } = new();
}

/// <summary>What downloading schemas needs of the process.</summary>
public sealed record SchemaDownloadOptions
{
    /// <summary>The settings to start with; see <see cref="SchemaStore.SetDownloads"/>.</summary>
    public SchemaDownloadSettings Settings { get; init; } = new();

    /// <summary>Where copies are kept; null for nowhere.</summary>
    public SchemaCache? Cache { get; init; }

    /// <summary>
    /// How long a caller waits for the server to say whether an old copy still holds, before that copy serves. Zero for a program that goes on
    /// running, and takes the news when they come.
    /// </summary>
    public TimeSpan RevalidationWait { get; init; } = TimeSpan.Zero;

    /// <summary>How long one download may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Makes the connections; null for the usual way.</summary>
    internal HttpConnector? Connector { get; init; }
}
