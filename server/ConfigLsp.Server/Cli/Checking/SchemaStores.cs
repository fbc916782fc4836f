using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Schemas.Downloading;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Opens schemas for the command line.</summary>
internal static class SchemaStores
{
    /// <summary>A one-time run can wait longer for a schema than a person at a keyboard.</summary>
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A run that ends at once takes the news of a schema in itself, if the server is quick.</summary>
    private static readonly TimeSpan RevalidationWait = TimeSpan.FromSeconds(5);

    public static SchemaStore Create(CommandLineHost host, SchemaAccess access)
    {
        var store = new SchemaStore(new SchemaStoreOptions(host.Files, host.Catalog)
        {
            LoadTimeout = LoadTimeout,
            Time = host.Time,
            Downloads = new SchemaDownloadOptions
            {
                Cache = SchemaCache.Find(host.Files, host.Variable),
                Settings = access.ToSettings(host),
                RevalidationWait = RevalidationWait,
            },
        });
        store.SetTrust(access.Trust);
        return store;
    }

    /// <summary>The absolute URI of a schema that is given as a URI or as a path.</summary>
    public static string ToUri(string schema, string workingDirectory) =>
        schema.Contains("://", StringComparison.Ordinal) && DocumentUri.TryParse(schema, out var uri) ? uri.Text : DocumentUri.FromFilePath(Path.GetFullPath(schema, workingDirectory)).Text;
}
