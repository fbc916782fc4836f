using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Finds the resources and anchors of the documents of one compilation, looking only where the dialect has subschemas: an <c>$id</c> in an
/// <c>enum</c> or an unknown keyword is none.
/// </summary>
internal sealed class SchemaIndex(SchemaDocuments documents, Action<DiagnosticDescriptor, string, SchemaOrigin> problem)
{
    /// <summary>Longer identifiers are not taken; nested relative ones could otherwise add up without end. UTF-16 units.</summary>
    private const int MaxUriLength = 4096;

    private readonly Dictionary<string, SchemaResource> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxNode, SchemaResource> _byRoot = [];
    private readonly Dictionary<string, Dialect> _dialects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The resources found so far, by every URI that they have.</summary>
    public IEnumerable<SchemaResource> Resources => _byRoot.Values;

    /// <summary>Documents that were looked for, found or not.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Documents that are neither there nor known to fail.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Takes note of every schema that is found, where somebody wants to see also those that nothing refers to.</summary>
    public List<(SyntaxNode Node, SchemaResource Resource)>? Places { get; init; }

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
        // In the order of the text, level by level: the first of two with one name is the outer one, or else the upper one.
        var pending = new Queue<(SyntaxNode Node, SchemaResource Resource)>();
        pending.Enqueue((document.Root, document));
        while (pending.TryDequeue(out var next))
        {
            var (node, resource) = next;
            if (node.Kind != SyntaxKind.Object)
            {
                continue;
            }

            resource = Enter(node, resource);
            AddAnchors(node, resource);
            Places?.Add((node, resource));
            foreach (var property in node.Children)
            {
                Enqueue(pending, property, resource);
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
        if (!_byUri.TryAdd(inner.BaseUri, inner) && _byUri[inner.BaseUri].DocumentUri == inner.DocumentUri)
        {
            node.TryGetProperty(dialect.IdKeyword, out var place);
            Repeated($"The identifier `{ValueText.Shorten(id)}`", place, resource);
        }

        _byRoot[node] = inner;
        return inner;
    }

    private void AddAnchors(SyntaxNode node, SchemaResource resource)
    {
        var dialect = resource.Dialect;
        CheckIdentifiers(node, resource);
        if (dialect.IdMayBeAnchor)
        {
            if (IdOf(node, dialect) is { } id && id.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash && hash + 1 < id.Length)
            {
                AddAnchor(id[(hash + 1)..], node, dialect.IdKeyword, resource);
            }

            return;
        }

        if (Text(node, "$anchor"u8) is { } anchor)
        {
            AddAnchor(anchor, node, "$anchor"u8, resource);
        }

        if (dialect.Draft == DraftVersion.Draft202012 && Text(node, "$dynamicAnchor"u8) is { } dynamicAnchor)
        {
            AddAnchor(dynamicAnchor, node, "$dynamicAnchor"u8, resource);
            resource.DynamicAnchorNames.Add(dynamicAnchor);
        }

        if (dialect.Draft == DraftVersion.Draft201909 && node == resource.Root
            && node.TryGetProperty("$recursiveAnchor"u8, out var recursive) && recursive.Kind == SyntaxKind.True)
        {
            resource.Anchors.TryAdd(string.Empty, node);
            resource.DynamicAnchorNames.Add(string.Empty);
        }
    }

    /// <summary>The first place with a name keeps it.</summary>
    private void AddAnchor(string name, SyntaxNode node, ReadOnlySpan<byte> keyword, SchemaResource resource)
    {
        if (!resource.Anchors.TryAdd(name, node) && resource.Anchors[name] != node)
        {
            node.TryGetProperty(keyword, out var place);
            Repeated($"The anchor `{ValueText.Shorten(name)}`", place, resource);
        }
    }

    private void Repeated(string what, SyntaxNode place, SchemaResource resource) => problem(
        DiagnosticCatalog.DuplicateIdentifier,
        $"{what} is already that of another schema in this document, which references to it mean. Give one of them another name.",
        new SchemaOrigin(resource.DocumentUri, place));

    /// <summary>Says which identifying keywords are ignored because they are no strings.</summary>
    private void CheckIdentifiers(SyntaxNode node, SchemaResource resource)
    {
        var dialect = resource.Dialect;
        if (dialect.Draft == DraftVersion.Draft04 || (dialect.ReferenceHidesSiblings && Text(node, "$ref"u8) is not null))
        {
            return;
        }

        foreach (var name in dialect.IdMayBeAnchor ? (ReadOnlySpan<string>)["$schema", "$id"] : ["$schema", "$id", "$anchor", "$dynamicAnchor"])
        {
            if (node.TryGetProperty(Encoding.UTF8.GetBytes(name), out var value) && value.IsValue && value.Kind != SyntaxKind.String)
            {
                problem(DiagnosticCatalog.MalformedSchema, $"`{name}` must be a string. The keyword is ignored.", new SchemaOrigin(resource.DocumentUri, value));
            }
        }
    }

    private static void Enqueue(Queue<(SyntaxNode Node, SchemaResource Resource)> pending, SyntaxNode property, SchemaResource resource)
    {
        var value = property.Value;
        var shape = value.Kind is SyntaxKind.Object or SyntaxKind.Array ? resource.Dialect.ShapeOf(property.GetString()) : SubschemaShape.None;
        switch (shape)
        {
            case SubschemaShape.Schema:
            case SubschemaShape.SchemaOrArray when value.Kind == SyntaxKind.Object:
                pending.Enqueue((value, resource));
                break;
            case SubschemaShape.Array or SubschemaShape.SchemaOrArray when value.Kind == SyntaxKind.Array:
                foreach (var item in value.Children)
                {
                    pending.Enqueue((item, resource));
                }

                break;
            case SubschemaShape.Map when value.Kind == SyntaxKind.Object:
                foreach (var member in value.Children)
                {
                    pending.Enqueue((member.Value, resource));
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

        if (Dialect.FindNearest(uri) is { } nearest)
        {
            if (_dialects.TryAdd(uri, nearest))
            {
                node.TryGetProperty("$schema"u8, out var place);
                problem(
                    DiagnosticCatalog.UnknownVocabulary,
                    $"The draft `{uri}` is not supported; the schema is read as {nearest.Draft.ToName()}, the nearest one that is. Name that one to be sure of what is meant.",
                    new SchemaOrigin(documentUri, place));
            }

            return nearest;
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
                problem(DiagnosticCatalog.UnresolvedReference, $"The dialect `{uri}` could not be loaded ({failure}); the schema is read as 2020-12.", origin);
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
