using ConfigLsp.Configuration.Documents;
using ConfigLsp.Server.Lsp.Lifecycle;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>
/// Addresses under which a client can open schemas. Files are opened as they are. What the server has itself (embedded, downloaded, written in
/// settings) gets an address of the scheme <c>configlsp-schema</c>, whose content a client asks for by <c>configlsp/schemaContent</c>.
/// </summary>
internal static class SchemaAddress
{
    public const string Scheme = "configlsp-schema";

    /// <summary>The address of a schema document; null where this client cannot open it.</summary>
    public static string? ForClient(string uri, ClientFeatures client)
    {
        if (!DocumentUri.TryParse(uri, out DocumentUri? document))
            return null;
        if (document.Scheme is not ("http" or "https" or "configlsp"))
            return uri;
        string name = document.Name.Length == 0 ? "schema" : document.Name;
        return client.OpensSchemaContent ? $"{Scheme}:///{Uri.EscapeDataString(name)}?{Uri.EscapeDataString(uri)}" : null;
    }

    /// <summary>The schema that an address stands for; the text itself where it is no such address.</summary>
    public static string ToSchema(string address)
    {
        if (!address.StartsWith(Scheme + ":", StringComparison.Ordinal) || address.IndexOf('?', StringComparison.Ordinal) is not (> 0 and var query))
            return address;
        // Editors escape the query once more, or less, than they were given it.
        string uri = Uri.UnescapeDataString(address[(query + 1)..]);
        return uri.Contains("%3A", StringComparison.OrdinalIgnoreCase) && !uri.Contains(':', StringComparison.Ordinal) ? Uri.UnescapeDataString(uri) : uri;
    }
}
