using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Finds the resources and anchors of the documents of one compilation, looking only where the dialect has subschemas: an <c>$id</c> in an
/// <c>enum</c> or an unknown keyword is none.
/// </summary>
internal sealed class SchemaIndex(SchemaDocuments documents, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
{
    private readonly Dictionary<string, SchemaResource> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxNode, SchemaResource> _byRoot = [];
    /// <summary>Longer identifiers are not taken; nested relative ones could otherwise add up without end. UTF-16 units.</summary>
    private const int MaxUriLength = 4096;

    private readonly Dictionary<string, Dialect> _dialects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The resources found so far, by every URI that they have.</summary>
    public IEnumerable<SchemaResource> Resources => _byRoot.Values;

    /// <summary>Documents that were looked for, found or not.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Documents that are neither there nor known to fail.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The resource with this absolute URI, loading its document into the index if need be.</summary>
    /// <param name="uri">The URI without a fragment.</param>
    /// <param name="inherited">The dialect of a document that does not name its own: that of the schema that refers to it.</param>
    /// <param name="failure">Why there is none, if that is known.</param>
    public SchemaResource? Find(string uri, Dialect inherited, out string? failure)
    {
        failure = null;
        if (_byUri.TryGetValue(uri, out var known))
        {
            return known;
        }

        var isNew = Used.Add(uri);
        var document = documents.Find(uri);
        if (document is null)
        {
            if (isNew)
            {
                Missing.Add(uri);
                _missing.Add(uri);
            }

            return null;
        }

        if (document.Tree is null)
        {
            failure = document.Failure;
            return null;
        }

        var root = document.Tree.Root;
        if (root.IsNone)
        {
            failure = "the document is empty";
            return null;
        }

        return Add(uri, root, inherited);
    }

    /// <summary>Whether a document was looked for that is neither there nor known to fail.</summary>
    public bool IsMissing(string uri) => _missing.Contains(uri);

    /// <summary>The resource that begins at a schema, or null.</summary>
    public SchemaResource? ResourceAt(SyntaxNode node) => _byRoot.GetValueOrDefault(node);

    /// <summary>The resource around a place: the nearest one above it.</summary>
    public SchemaResource Enclosing(SyntaxNode node, SchemaResource otherwise)
    {
        for (; !node.IsNone; node = node.Parent)
        {
            if (_byRoot.TryGetValue(node, out var resource))
            {
                return resource;
            }
        }

        return otherwise;
    }

    private SchemaResource Add(string uri, SyntaxNode root, Dialect inherited)
    {
        var dialect = DialectOf(uri, root, inherited);
        var baseUri = IdOf(root, dialect) is { Length: <= MaxUriLength } id ? Base(uri, id) : uri;
        var resource = new SchemaResource(uri, baseUri, root, dialect);
        _byUri[uri] = resource;
        _byUri.TryAdd(baseUri, resource);
        _byRoot[root] = resource;
        Scan(resource);
        return resource;
    }

    private void Scan(SchemaResource document)
    {
        var pending = new Stack<(SyntaxNode Node, SchemaResource Resource)>();
        pending.Push((document.Root, document));
        while (pending.TryPop(out var next))
        {
            var (node, resource) = next;
            if (node.Kind != SyntaxKind.Object)
            {
                continue;
            }

            resource = Enter(node, resource);
            AddAnchors(node, resource);
            foreach (var property in node.Children)
            {
                Push(pending, property, resource);
            }
        }
    }

    /// <summary>The resource that begins at a schema with an identifier, or the one around it.</summary>
    private SchemaResource Enter(SyntaxNode node, SchemaResource resource)
    {
        if (node == resource.Root)
        {
            return resource;
        }

        // The embedded resource's own dialect decides how its identifier is written.
        var dialect = DialectOf(resource.DocumentUri, node, resource.Dialect);
        if (IdOf(node, dialect) is not { } id || (dialect.IdMayBeAnchor && id.StartsWith('#')))
        {
            return resource;
        }

        var baseUri = id.Length <= MaxUriLength ? Base(resource.BaseUri, id) : id;
        if (baseUri.Length > MaxUriLength)
        {
            problem(
                DiagnosticCatalog.MalformedSchema,
                $"The identifier of the schema is longer than {MaxUriLength} characters, so it is ignored.",
                new SchemaOrigin(resource.DocumentUri, node));
            return resource;
        }

        var inner = new SchemaResource(resource.DocumentUri, baseUri, node, dialect);
        _byUri.TryAdd(inner.BaseUri, inner);
        _byRoot[node] = inner;
        return inner;
    }

    private static void AddAnchors(SyntaxNode node, SchemaResource resource)
    {
        var dialect = resource.Dialect;
        if (dialect.IdMayBeAnchor)
        {
            if (IdOf(node, dialect) is { } id && id.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash && hash + 1 < id.Length)
            {
                resource.Anchors.TryAdd(id[(hash + 1)..], node);
            }

            return;
        }

        if (Text(node, "$anchor"u8) is { } anchor)
        {
            resource.Anchors.TryAdd(anchor, node);
        }

        if (dialect.Draft == DraftVersion.Draft202012 && Text(node, "$dynamicAnchor"u8) is { } dynamicAnchor)
        {
            resource.Anchors.TryAdd(dynamicAnchor, node);
            resource.DynamicAnchorNames.Add(dynamicAnchor);
        }

        if (dialect.Draft == DraftVersion.Draft201909 && node == resource.Root
            && node.TryGetProperty("$recursiveAnchor"u8, out var recursive) && recursive.Kind == SyntaxKind.True)
        {
            resource.Anchors.TryAdd(string.Empty, node);
            resource.DynamicAnchorNames.Add(string.Empty);
        }
    }

    private static void Push(Stack<(SyntaxNode Node, SchemaResource Resource)> pending, SyntaxNode property, SchemaResource resource)
    {
        var value = property.Value;
        var shape = value.Kind is SyntaxKind.Object or SyntaxKind.Array ? resource.Dialect.ShapeOf(property.GetString()) : SubschemaShape.None;
        switch (shape)
        {
            case SubschemaShape.Schema:
            case SubschemaShape.SchemaOrArray when value.Kind == SyntaxKind.Object:
                pending.Push((value, resource));
                break;
            case SubschemaShape.Array or SubschemaShape.SchemaOrArray when value.Kind == SyntaxKind.Array:
                foreach (var item in value.Children)
                {
                    pending.Push((item, resource));
                }

                break;
            case SubschemaShape.Map when value.Kind == SyntaxKind.Object:
                foreach (var member in value.Children)
                {
                    pending.Push((member.Value, resource));
                }

                break;
        }
    }

    private static string Base(string around, string id) => UriReference.Resolve(around, id).WithoutFragment.ToString();

    private static string? IdOf(SyntaxNode node, Dialect dialect) =>
        dialect.ReferenceHidesSiblings && Text(node, "$ref"u8) is not null ? null : Text(node, dialect.IdKeyword);

    private static string? Text(SyntaxNode node, ReadOnlySpan<byte> name) =>
        node.TryGetProperty(name, out var value) && value.Kind == SyntaxKind.String ? value.GetString() : null;

    private Dialect DialectOf(string documentUri, SyntaxNode node, Dialect inherited)
    {
        if (node.Kind != SyntaxKind.Object || Text(node, "$schema"u8) is not { } uri)
        {
            return inherited;
        }

        return Dialect.Find(uri) ?? Custom(documentUri, node, UriReference.Resolve(documentUri, uri).WithoutFragment.ToString());
    }

    /// <summary>The dialect that a meta-schema of the user's own describes.</summary>
    private Dialect Custom(string documentUri, SyntaxNode node, string uri)
    {
        if (_dialects.TryGetValue(uri, out var known))
        {
            return known;
        }

        // A meta-schema may be written in the dialect that it describes.
        _dialects[uri] = Dialect.Draft202012;
        node.TryGetProperty("$schema"u8, out var place);
        var origin = new SchemaOrigin(documentUri, place);
        var metaSchema = Find(uri, Dialect.Draft202012, out var failure);
        if (metaSchema is null)
        {
            if (failure is not null)
            {
                problem(DiagnosticCatalog.UnknownVocabulary, $"The dialect `{uri}` could not be loaded ({failure}); the schema is read as 2020-12.", origin);
            }

            return Dialect.Draft202012;
        }

        var (dialect, unknown) = VocabularyUris.Read(metaSchema.Root, metaSchema.Dialect);
        foreach (var vocabulary in unknown)
        {
            problem(
                DiagnosticCatalog.UnknownVocabulary,
                $"The dialect `{uri}` requires the vocabulary `{vocabulary}`, which is not known; its keywords are ignored.",
                origin);
        }

        return _dialects[uri] = dialect;
    }
}
