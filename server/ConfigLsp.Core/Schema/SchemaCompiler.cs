using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Schema.Patterns;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Schema;

/// <summary>
/// Compiles one schema with everything that it refers to. Works from a queue, so that the depth of a schema costs no stack; only what can be
/// reached is compiled.
/// </summary>
internal sealed class SchemaCompiler
{
    private const int MaxProblems = 100;

    /// <summary>Schemas within a schema, all documents together; several hundred bytes each.</summary>
    private const int MaxNodes = 1_000_000;

    /// <summary>States and instructions of all patterns together, some tens of bytes each.</summary>
    private const int MaxPatternSize = 1_000_000;

    private readonly SchemaIndex _index;
    private readonly Dictionary<SyntaxNode, SchemaNode> _nodes = [];
    private readonly List<SchemaNode> _all = [];
    private readonly Queue<SchemaNode> _pending = new();
    private readonly List<ReferenceKeyword> _dynamicReferences = [];
    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);
    private readonly List<SchemaProblem> _problems = [];
    private readonly PointerIndex _pointers = new();
    private SchemaNode? _unread;
    private long _patternSize;
    private bool _hasUnevaluated;

    /// <summary>Prepares a compilation.</summary>
    /// <param name="documents">What may be referred to.</param>
    /// <param name="everything">Whether schemas of the document are compiled that nothing refers to, for the sake of what is wrong in them.</param>
    public SchemaCompiler(SchemaDocuments documents, bool everything = false) => _index = new SchemaIndex(documents, Problem) { Places = everything ? [] : null };

    /// <summary>The documents that the result depends on, also those that are not there.</summary>
    public IReadOnlySet<string> UsedDocuments => _index.Used;

    public SchemaCompilation Compile(string uri)
    {
        var documentUri = SchemaDocuments.Normalize(uri);
        var root = FindRoot(UriReference.Parse(uri));
        if (root is null)
        {
            var anything = JsonSchema.Create(documentUri, new SchemaNode(default, resource: null) { Always = true }, [.. _problems], default);
            return new SchemaCompilation(anything, [.. _index.Missing]);
        }

        foreach (var (place, resource) in _index.Places?.Where(p => p.Resource.DocumentUri == documentUri) ?? [])
        {
            GetNode(place, resource);
        }

        CompilePending();
        CompileDynamicTargets();
        SchemaCycles.Break(_all, Problem);
        SchemaGraph.Analyze(_all, root, _hasUnevaluated);
        var schema = JsonSchema.Create(documentUri, root, [.. _problems], new SchemaFeatures(_dynamicReferences.Count > 0));
        return new SchemaCompilation(schema, [.. _index.Missing]);
    }

    /// <summary>The compiled schema for a text, to be filled in later.</summary>
    /// <param name="value">The schema's text.</param>
    /// <param name="around">The resource that it stands in, unless it begins one itself.</param>
    public SchemaNode GetNode(SyntaxNode value, SchemaResource around)
    {
        if (!_nodes.TryGetValue(value, out var node))
        {
            if (_all.Count >= MaxNodes)
            {
                return Unread(value, around);
            }

            var resource = _index.ResourceAt(value) ?? around;
            node = new SchemaNode(new SchemaOrigin(resource.DocumentUri, value), resource);
            _nodes[value] = node;
            _all.Add(node);
            _pending.Enqueue(node);
        }

        return node;
    }

    /// <summary>A schema that accepts everything, in place of one that cannot be used.</summary>
    public SchemaNode Anything(SyntaxNode place, SchemaResource resource)
    {
        if (_all.Count >= MaxNodes)
        {
            return Unread(place, resource);
        }

        var node = new SchemaNode(new SchemaOrigin(resource.DocumentUri, place), resource) { Always = true };
        _all.Add(node);
        return node;
    }

    public SchemaPattern Pattern(string text)
    {
        if (!_patterns.TryGetValue(text, out var pattern))
        {
            pattern = _patternSize < MaxPatternSize ? SchemaPattern.Create(text) : SchemaPattern.Refuse(text, "the schema's patterns together are too large.");
            _patternSize += pattern.Size;
            _patterns[text] = pattern;
        }

        return pattern;
    }

    public void Problem(DiagnosticDescriptor rule, string message, SchemaOrigin origin)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new SchemaProblem(rule, message, origin));
        }
    }

    public (SchemaNode Target, string? DynamicAnchor) Resolve(SchemaBuilder builder, string keyword, SyntaxNode value)
    {
        var reference = value.GetString();
        var uri = UriReference.Resolve(builder.Resource.BaseUri, reference);
        var found = Locate(uri, builder.Resource.Dialect, out var resource, out var failure);
        if (found.Kind is not (SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False))
        {
            failure ??= found.IsNone ? "nothing is there" : "what is there is not a schema";
            if (resource is not null || !IsMissing(uri))
            {
                builder.Problem(
                    DiagnosticCatalog.UnresolvedReference,
                    $"The reference `{ValueText.Shorten(reference)}` cannot be resolved: {failure}. What it describes is not checked.",
                    value);
            }

            return (Anything(value, builder.Resource), null);
        }

        var anchor = keyword switch
        {
            "$dynamicRef" when uri.Fragment is { Length: > 0 } fragment && Uri.UnescapeDataString(fragment) is var name && resource!.DynamicAnchorNames.Contains(name) => name,
            "$recursiveRef" when resource!.DynamicAnchorNames.Contains(string.Empty) => string.Empty,
            _ => null,
        };
        return (GetNode(found, resource!), anchor);
    }

    /// <summary>Stands for all that lies beyond the limit.</summary>
    private SchemaNode Unread(SyntaxNode place, SchemaResource resource)
    {
        if (_unread is null)
        {
            var origin = new SchemaOrigin(resource.DocumentUri, place);
            _unread = new SchemaNode(origin, resource) { Always = true };
            _all.Add(_unread);
            Problem(DiagnosticCatalog.MalformedSchema, $"The schema has more than {MaxNodes} parts. What lies beyond them is not checked.", origin);
        }

        return _unread;
    }

    private SchemaNode? FindRoot(UriReference uri)
    {
        var found = Locate(uri, Dialect.Draft202012, out var resource, out var failure);
        if (found.Kind is SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False)
        {
            return GetNode(found, resource!);
        }

        if (resource is not null || !IsMissing(uri))
        {
            failure ??= found.IsNone ? "nothing is there" : "a schema is an object or a boolean";
            Problem(DiagnosticCatalog.UnresolvedReference, $"The schema `{uri}` cannot be used: {failure}.", new SchemaOrigin(SchemaDocuments.Normalize(uri.ToString()), found));
        }

        return null;
    }

    private bool IsMissing(UriReference uri) => _index.IsMissing(uri.WithoutFragment.ToString());

    private SyntaxNode Locate(UriReference uri, Dialect inherited, out SchemaResource? resource, out string? failure)
    {
        resource = _index.Find(uri.WithoutFragment.ToString(), inherited, out failure);
        if (resource is null || string.IsNullOrEmpty(uri.Fragment))
        {
            return resource?.Root ?? default;
        }

        var fragment = Uri.UnescapeDataString(uri.Fragment);
        if (!fragment.StartsWith('/'))
        {
            failure = $"there is no anchor `{ValueText.Shorten(fragment)}`";
            return resource.Anchors.GetValueOrDefault(fragment);
        }

        var found = _pointers.Find(resource.Root, fragment);
        failure = found.IsNone ? $"there is nothing at `{ValueText.Shorten(fragment)}`" : null;
        resource = found.IsNone ? resource : _index.Enclosing(found, resource);
        return found;
    }

    private void CompilePending()
    {
        while (_pending.TryDequeue(out var node))
        {
            if (node.Origin.Node.Kind is SyntaxKind.True or SyntaxKind.False)
            {
                node.Always = node.Origin.Node.Kind == SyntaxKind.True;
                continue;
            }

            var annotations = node.Annotations;
            node.IsDeprecated = node.MayWarn = annotations.IsDeprecated;
            node.IsSecret = annotations.IsSecret;
            var builder = new SchemaBuilder(this, node, node.Resource!);
            KeywordFamilies.Compile(builder);
            SchemaGraph.SetKeywords(node, builder.Keywords);
            foreach (var keyword in builder.Keywords)
            {
                _hasUnevaluated |= keyword is UnevaluatedKeyword;
                if (keyword is ReferenceKeyword { DynamicAnchor: not null } dynamic)
                {
                    _dynamicReferences.Add(dynamic);
                }
            }
        }
    }

    /// <summary>Compiles every place where a dynamic reference may lead; these may hold dynamic references in turn.</summary>
    private void CompileDynamicTargets()
    {
        int done;
        do
        {
            done = _all.Count;
            var names = _dynamicReferences.Select(static r => r.DynamicAnchor!).ToHashSet(StringComparer.Ordinal);
            foreach (var resource in names.Count == 0 ? [] : _index.Resources.ToArray())
            {
                foreach (var name in resource.DynamicAnchorNames)
                {
                    if (names.Contains(name) && !resource.DynamicAnchors.ContainsKey(name))
                    {
                        resource.DynamicAnchors[name] = GetNode(resource.Anchors[name], resource);
                    }
                }
            }

            CompilePending();
        }
        while (_all.Count != done);

        var targets = _index.Resources.SelectMany(static r => r.DynamicAnchors).ToLookup(static t => t.Key, static t => t.Value, StringComparer.Ordinal);
        foreach (var references in _dynamicReferences.GroupBy(static r => r.DynamicAnchor!, StringComparer.Ordinal))
        {
            var places = new SchemaNode(default, resource: null);
            SchemaGraph.SetKeywords(places, [new DynamicTargetsKeyword(new KeywordSite(places, "$dynamicRef", default), [.. targets[references.Key]])]);
            _all.Add(places);
            foreach (var reference in references)
            {
                reference.DynamicTargets = places;
            }
        }
    }
}
