using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>Opens schemas for the command line.</summary>
internal static class SchemaStores
{
    /// <summary>A one-time run can wait longer for a schema than a person at a keyboard.</summary>
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(30);

    public static SchemaStore Create(CommandLineHost host, bool isTrusted)
    {
        var store = new SchemaStore(new SchemaStoreOptions(host.Files, host.Catalog) { LoadTimeout = LoadTimeout, Time = host.Time });
        store.SetTrust(isTrusted);
        return store;
    }

    /// <summary>The absolute URI of a schema that is given as a URI or as a path.</summary>
    public static string ToUri(string schema, string workingDirectory) =>
        schema.Contains("://", StringComparison.Ordinal) && DocumentUri.TryParse(schema, out var uri) ? uri.Text : DocumentUri.FromFilePath(Path.GetFullPath(schema, workingDirectory)).Text;
}
