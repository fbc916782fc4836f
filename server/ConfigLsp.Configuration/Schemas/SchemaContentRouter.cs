using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// Chooses where a schema document is read: what is embedded, which nobody can replace, and what settings hold in place come first and touch
/// neither disk nor network; then the schemes that are handled here; everything else is asked from the client. Where the workspace is not
/// trusted, the client is asked only for files that may be read here as well: it would fetch, or read its own settings, at a file's behest.
/// </summary>
internal sealed class SchemaContentRouter(
    SchemaStoreOptions options, Func<DocumentUri, SourceText?> findInline, ISchemaContentSource files, Func<SchemaFileAccess> access) : ISchemaContentSource
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
            (_, false) => AskClientAsync(options.ReadFromClient!, uri, document, cancellationToken),
            ("file", _) => files.ReadAsync(uri, cancellationToken),
            ("http" or "https", _) => new(SchemaContent.Failure(
                "Schemas are not downloaded by this version of ConfigLsp. Save the schema in the workspace and name that file in `configlsp.json`, under `schemas`, or in `$schema`.")),
            _ when options.ReadFromClient is { } client => AskClientAsync(client, uri, document, cancellationToken),
            _ => new(SchemaContent.Failure($"Nothing here can read '{document.Scheme}:' URIs. Use a file instead.")),
        };
    }

    private ValueTask<SchemaContent> AskClientAsync(
        Func<string, CancellationToken, ValueTask<SchemaContent>> client, string uri, DocumentUri document, CancellationToken cancellationToken)
    {
        var allowed = access();
        if (allowed.IsUnrestricted || (document.IsFile && IsWithin(allowed, document)))
        {
            return client(uri, cancellationToken);
        }

        const string Reason = "The workspace is not trusted, so the editor is not asked for its schemas. Trust the workspace, or save the schema in it.";
        return new(new SchemaContent.Failed(Reason) { NeedsTrust = true });
    }

    private bool IsWithin(SchemaFileAccess allowed, DocumentUri document) =>
        document.Authority.Length == 0
        && document.TryGetFilePath(out var path)
        && allowed.Contains(path)
        && options.Files.ResolveRealPath(path).TryGet(out var real, out _)
        && allowed.ContainsReal(options.Files, real);
}
