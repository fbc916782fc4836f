using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>The part of a schema document under one identifier: a base URI, a dialect, and anchors (2020-12 Core, section 4.3.5).</summary>
internal sealed class SchemaResource(string documentUri, string baseUri, SyntaxNode root, Dialect dialect)
{
    /// <summary>URI under which the document was added.</summary>
    public string DocumentUri { get; } = documentUri;

    /// <summary>Absolute URI that references resolve against.</summary>
    public string BaseUri { get; } = baseUri;

    /// <summary>The resource's schema in its document.</summary>
    public SyntaxNode Root { get; } = root;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Named places.</summary>
    public Dictionary<string, SyntaxNode> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The names in <see cref="Anchors"/> that are dynamic; the empty name stands for <c>$recursiveAnchor</c>.</summary>
    public HashSet<string> DynamicAnchorNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The compiled schemas of the dynamic anchors.</summary>
    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
