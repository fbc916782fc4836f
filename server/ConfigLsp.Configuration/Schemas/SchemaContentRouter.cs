using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// Chooses where a schema document is read: what is embedded, which nobody can replace, and what settings hold in place come first and touch
/// neither disk nor network; then the schemes that are handled here; everything else is asked from the client.
/// </summary>
internal sealed class SchemaContentRouter(SchemaStoreOptions options, Func<DocumentUri, SourceText?> findInline, ISchemaContentSource files) : ISchemaContentSource
{
    public ValueTask<SchemaContent> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        if (!DocumentUri.TryParse(uri, out var document))
        {
            return new(SchemaContent.Failure("It is not an absolute URI."));
        }

        if (options.Catalog.TryRead(uri, out var text) || (text = findInline(document)) is not null)
        {
            return new(new SchemaContent.Loaded(text));
        }

        if (uri.StartsWith(SchemaCatalog.PublishedFolder, StringComparison.OrdinalIgnoreCase))
        {
            return new(SchemaContent.Failure("This version of ConfigLsp has no schema of that name. `configlsp schema list` shows those that it has."));
        }

        var isHandled = options.HandledProtocols.Contains(document.Scheme, StringComparer.OrdinalIgnoreCase);
        return (document.Scheme, isHandled || options.ReadFromClient is null) switch
        {
            (_, false) => options.ReadFromClient!(uri, cancellationToken),
            ("file", _) => files.ReadAsync(uri, cancellationToken),
            ("http" or "https", _) => new(SchemaContent.Failure(
                "Schemas are not downloaded by this version of ConfigLsp. Save the schema in the workspace and name that file in `configlsp.json`, under `schemas`, or in `$schema`.")),
            _ when options.ReadFromClient is { } client => client(uri, cancellationToken),
            _ => new(SchemaContent.Failure($"Nothing here can read '{document.Scheme}:' URIs. Use a file instead.")),
        };
    }
}
