using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>An immutable set of schema documents, the embedded meta-schemas behind them.</summary>
internal sealed record SchemaDocuments(ImmutableDictionary<string, SchemaDocument> ByUri)
{
    public static readonly SchemaDocuments Empty = new(ImmutableDictionary.Create<string, SchemaDocument>(StringComparer.Ordinal));

    /// <summary>The document, or null if it was neither added nor reported as failed.</summary>
    public SchemaDocument? Find(string uri)
    {
        if (ByUri.TryGetValue(uri, out var document))
        {
            return document;
        }

        return MetaSchemas.Find(uri) is { } embedded ? new SchemaDocument(embedded, Failure: null) : null;
    }

    /// <summary>The form in which URIs are compared: without a fragment, scheme and host in lower case.</summary>
    public static string Normalize(string uri) => UriReference.Parse(uri).WithoutFragment.ToString();
}

/// <summary>A schema document, or why there is none.</summary>
/// <param name="Tree">The document.</param>
/// <param name="Failure">Why it could not be loaded, as a phrase for people.</param>
internal sealed record SchemaDocument(SyntaxTree? Tree, string? Failure);
