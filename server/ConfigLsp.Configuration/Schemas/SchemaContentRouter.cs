using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Schemas.Downloading;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>
/// Chooses where a schema document is read: what is embedded, which nobody can replace, and what settings hold in place come first and touch
/// neither disk nor network; then the schemes that are handled here; everything else is asked from the client. Where the workspace is not
/// trusted, the client is asked only for files that may be read here as well: it would fetch, or read its own settings, at a file's behest.
/// </summary>
internal sealed class SchemaContentRouter(SchemaStoreOptions options, FileSchemaSource files, SchemaDownloads? downloads, Func<SchemaStoreState> state)
{
    /// <summary>Reads a document. Expected failures are results; an exception is a bug, except that of a cancelled call.</summary>
    /// <param name="uri">The absolute URI, without fragment.</param>
    /// <param name="isInherited">Whether a trusted document of the same origin refers to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<SchemaContent> ReadAsync(string uri, bool isInherited, CancellationToken cancellationToken)
    {
        if (!DocumentUri.TryParse(uri, out var document))
        {
            return new(SchemaContent.Failure("It is not an absolute URI."));
        }

        if (options.Catalog.TryRead(uri, out var text))
        {
            return new(new SchemaContent.Loaded(text) { Origin = SchemaOrigin.Embedded });
        }

        var settings = state();
        if (settings.Inline.TryGetValue(document, out text))
        {
            return new(new SchemaContent.Loaded(text) { Origin = SchemaOrigin.Settings });
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
            ("http" or "https", _) when downloads is not null => downloads.ReadAsync(document, settings.Permission with { IsInherited = isInherited }, cancellationToken),
            ("http" or "https", _) => new(SchemaContent.Failure(
                "Schemas are not downloaded here. Save the schema in the workspace and name that file in `configlsp.json`, under `schemas`, or in `$schema`.")),
            _ when options.ReadFromClient is { } client => AskClientAsync(client, uri, document, cancellationToken),
            _ => new(SchemaContent.Failure($"Nothing here can read '{document.Scheme}:' URIs. Use a file instead.")),
        };
    }

    private ValueTask<SchemaContent> AskClientAsync(
        Func<string, CancellationToken, ValueTask<SchemaContent>> client, string uri, DocumentUri document, CancellationToken cancellationToken)
    {
        var allowed = state().Access;
        if (allowed.IsUnrestricted || (document.IsFile && IsWithin(allowed, document)))
        {
            return options.ReadOpen?.Invoke(document) is { } text ? new(new SchemaContent.Loaded(text) { Origin = SchemaOrigin.Editor }) : client(uri, cancellationToken);
        }

        const string Reason = "The workspace is not trusted, so the editor is not asked for its schemas. Trust the workspace, or save the schema in it.";
        return new(new SchemaContent.Failed(Reason) { NeedsTrust = true, Brief = "the workspace is not trusted" });
    }

    private bool IsWithin(SchemaFileAccess allowed, DocumentUri document) =>
        document.Authority.Length == 0
        && document.TryGetFilePath(out var path)
        && allowed.Contains(path)
        && options.Files.ResolveRealPath(path).TryGet(out var real, out _)
        && allowed.ContainsReal(options.Files, real);
}
