using ConfigLsp.Configuration.Documents;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>The documents of schemas themselves, for those who want to show them.</summary>
public sealed partial class SchemaStore
{
    /// <summary>
    /// The text of a schema document, read where schemas are read and if that is permitted; null if it cannot be had. Waits as
    /// <see cref="GetSchemaAsync"/> does.
    /// </summary>
    /// <param name="uri">Its absolute URI; a fragment does not count.</param>
    /// <param name="cancellationToken">Ends the waiting, not the loading.</param>
    public async ValueTask<SyntaxTree?> FindDocumentAsync(string uri, CancellationToken cancellationToken)
    {
        if (!DocumentUri.TryParse(uri.Split('#')[0], out var document))
        {
            return null;
        }

        if (_sources.FindLoaded(document) is { } loaded)
        {
            return loaded;
        }

        var loading = _sources.GetAsync(document);
        return loading.IsCompleted || await IsLoadedAsync(loading, _options.LoadTimeout, cancellationToken) ? (await loading).Tree : null;
    }
}
