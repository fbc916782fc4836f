using System.Collections;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Http;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Server;

/// <summary>What the settings service takes from this process, put together in one place for every way of running it.</summary>
internal static class HostFactory
{
    /// <summary>The options of this process. The caller adds what it alone knows, such as whether files are watched.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="catalog">The schemas that are built in.</param>
    /// <param name="placeholders">The home folder, and the environment variables.</param>
    public static HostOptions CreateOptions(IWritableFileSystem files, SchemaCatalog catalog, PathPlaceholders placeholders) => new(files, catalog)
    {
        Placeholders = placeholders,
        Variables = ReadVariables,
        HostName = Environment.MachineName,
        State = StateFolder.Find(placeholders.EnvironmentVariable),
        SchemaDownloads = () => new SchemaDownloadOptions
        {
            Cache = SchemaCache.Find(files, placeholders.EnvironmentVariable),
            Settings = new SchemaDownloadSettings { Http = HttpAccess.FromEnvironment(placeholders.EnvironmentVariable) },
        },
    };

    /// <summary>The folders that the person trusts; null where there is no place to remember them.</summary>
    public static TrustStore? FindTrust(HostOptions options) => options.State is { } state ? new TrustStore(options.Files, state.Path) : null;

    private static IEnumerable<KeyValuePair<string, string>> ReadVariables()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? string.Empty);
        }
    }
}
