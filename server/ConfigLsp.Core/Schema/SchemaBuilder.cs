using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Keywords;
using ConfigLsp.Core.Schema.Patterns;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>What the keyword families see of one schema object while it is compiled.</summary>
internal sealed class SchemaBuilder
{
    private readonly SchemaCompiler _compiler;
    private readonly Dictionary<string, SyntaxNode> _present = new(StringComparer.Ordinal);
    private readonly List<Keyword> _keywords = [];

    public SchemaBuilder(SchemaCompiler compiler, SchemaNode node, SchemaResource resource)
    {
        _compiler = compiler;
        Node = node;
        Resource = resource;
        var hidesSiblings = false;
        foreach (var property in node.Origin.Node.Children)
        {
            var name = property.GetString();
            if (property.Value.IsValue && resource.Dialect.Knows(name))
            {
                _present[name] = property.Value;
                hidesSiblings |= name == "$ref" && property.Value.Kind == SyntaxKind.String && resource.Dialect.ReferenceHidesSiblings;
            }
        }

        if (hidesSiblings)
        {
            var reference = _present["$ref"];
            _present.Clear();
            _present["$ref"] = reference;
        }
    }

    /// <summary>The schema being compiled.</summary>
    public SchemaNode Node { get; }

    public SchemaResource Resource { get; }

    public IReadOnlyCollection<Keyword> Keywords => _keywords;

    /// <summary>Whether <c>items</c> may be an array of schemas by position.</summary>
    public bool HasItemsArray => Resource.Dialect.Draft < Dialects.DraftVersion.Draft202012;

    /// <summary>The value of a keyword that the dialect knows.</summary>
    public bool TryGet(string keyword, out SyntaxNode value) => _present.TryGetValue(keyword, out value);

    public KeywordSite Site(string keyword, SyntaxNode value) => new(Node, keyword, value);

    public void Add(Keyword keyword) => _keywords.Add(keyword);

    /// <summary>The compiled schema for a subschema's text; it is filled in later.</summary>
    public SchemaNode Subschema(SyntaxNode value)
    {
        if (value.Kind is SyntaxKind.Object or SyntaxKind.True or SyntaxKind.False)
        {
            return _compiler.GetNode(value, Resource);
        }

        if (value.IsValue)
        {
            Malformed(value.Parent.Kind == SyntaxKind.Property ? value.Parent.GetString() : "subschema", value, "a schema, that is an object or a boolean");
        }

        return _compiler.Anything(value, Resource);
    }

    /// <summary>The subschemas of <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>.</summary>
    public ImmutableArray<SchemaNode> Branches(string keyword, out KeywordSite site)
    {
        site = default;
        if (!TryGet(keyword, out var value))
        {
            return [];
        }

        site = Site(keyword, value);
        if (value.Kind == SyntaxKind.Array)
        {
            return [.. value.Children.ToArray().Select(Subschema)];
        }

        Malformed(keyword, value, "an array of schemas");
        return [];
    }

    /// <summary>Hands on the members of a keyword whose value is an object; null if the keyword is absent or malformed.</summary>
    public KeywordSite? Map(string keyword, Action<string, SyntaxNode> member)
    {
        if (!TryGet(keyword, out var value))
        {
            return null;
        }

        if (value.Kind != SyntaxKind.Object)
        {
            Malformed(keyword, value, "an object");
            return null;
        }

        foreach (var property in value.Children)
        {
            if (property.Value.IsValue)
            {
                member(property.GetString(), property.Value);
            }
        }

        return Site(keyword, value);
    }

    /// <summary>The target of a reference and, if it is dynamic, its anchor. An unresolvable reference accepts everything.</summary>
    public (SchemaNode Target, string? DynamicAnchor) Resolve(string keyword, SyntaxNode value) => _compiler.Resolve(this, keyword, value);

    /// <summary>The compiled regular expression, or null after reporting that it is invalid.</summary>
    public SchemaPattern? Pattern(string text, SyntaxNode value)
    {
        var pattern = _compiler.Pattern(text);
        if (pattern.Error is { } error)
        {
            Problem(DiagnosticCatalog.InvalidPattern, $"The regular expression `{Explaining.ValueText.Shorten(text)}` is not valid: {error} It is not checked.", value);
            return null;
        }

        return pattern;
    }

    public void Malformed(string keyword, SyntaxNode value, string expected) =>
        Problem(DiagnosticCatalog.MalformedSchema, $"`{keyword}` must be {expected}. The keyword is ignored.", value);

    public void Problem(DiagnosticDescriptor rule, string message, SyntaxNode place) =>
        _compiler.Problem(rule, message, new SchemaOrigin(Resource.DocumentUri, place));
}
