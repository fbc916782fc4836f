using System.Collections.Immutable;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Follows the references of one schema document as the compiler follows them, through <c>$id</c>, anchors and JSON Pointers. Loads nothing: what is
/// not there is named in <see cref="Missing"/>. Not safe for use by several threads.
/// </summary>
public sealed class ReferenceResolver
{
    private readonly SchemaIndex _index;
    private readonly SchemaResource? _own;

    /// <summary>Looks through the document; in linear time.</summary>
    /// <param name="uri">Its URI, which its relative references resolve against.</param>
    /// <param name="tree">Its text.</param>
    /// <param name="others">The other documents that are known, by URI. The embedded meta-schemas need not be among them.</param>
    public ReferenceResolver(string uri, SyntaxTree tree, IReadOnlyDictionary<string, SyntaxTree> others)
    {
        var documents = SchemaDocuments.Empty.ByUri.ToBuilder();
        foreach (var (other, content) in others)
        {
            documents[SchemaDocuments.Normalize(other)] = new SchemaDocument(content, Failure: null);
        }

        var key = SchemaDocuments.Normalize(uri);
        documents[key] = new SchemaDocument(tree, Failure: null);
        _index = new SchemaIndex(new SchemaDocuments(documents.ToImmutable()), static (_, _, _) => { });
        _own = tree.Root.IsNone ? null : _index.Find(key, Dialect.Draft202012, out _);
    }

    /// <summary>URIs of documents that were referred to and are not known.</summary>
    public IReadOnlyList<string> Missing => _index.Missing;

    /// <summary>The place that a reference leads to; null if there is nothing, or if its document is <see cref="Missing"/>.</summary>
    /// <param name="reference">The string value of <c>$ref</c>, <c>$dynamicRef</c> or <c>$recursiveRef</c> in the document; of the latter two the static target counts.</param>
    public ReferenceTarget? Resolve(SyntaxNode reference)
    {
        if (_own is null)
        {
            return null;
        }

        var around = _index.Enclosing(reference, _own);
        var uri = UriReference.Resolve(around.BaseUri, reference.GetString());
        if (_index.Find(uri.WithoutFragment.ToString(), around.Dialect, out _) is not { } resource)
        {
            return null;
        }

        var fragment = Uri.UnescapeDataString(uri.Fragment ?? string.Empty);
        var found = fragment.Length == 0 ? resource.Root
            : fragment[0] == '/' ? JsonPointer.Find(resource.Root, fragment)
            : resource.Anchors.GetValueOrDefault(fragment);
        return found.IsNone ? null : new ReferenceTarget(resource.DocumentUri, found);
    }
}

/// <summary>Where a reference leads.</summary>
/// <param name="DocumentUri">The document, without fragment.</param>
/// <param name="Node">The value there.</param>
public readonly record struct ReferenceTarget(string DocumentUri, SyntaxNode Node);
