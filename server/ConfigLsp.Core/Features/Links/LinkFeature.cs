using System.Collections.Immutable;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Links;

/// <summary>
/// Finds the texts that lead to another place: <c>$ref</c>, <c>$schema</c>, and texts whose format in the schema is that of an address or a path. A
/// path is relative to the document that it stands in.
/// </summary>
public static class LinkFeature
{
    private const int MaxTargetLength = 4096;

    /// <summary>The links of the document, by place, at most <paramref name="limit"/>.</summary>
    public static ImmutableArray<DocumentLink> Find(DocumentSnapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        var links = new SortedDictionary<int, DocumentLink>();
        AddReferences(snapshot, links, limit, cancellationToken);
        AddFormats(snapshot, links, limit, cancellationToken);
        return [.. links.Values.Take(limit)];
    }

    /// <summary>References are links whether or not a schema says that the document is a schema.</summary>
    private static void AddReferences(DocumentSnapshot snapshot, SortedDictionary<int, DocumentLink> links, int limit, CancellationToken cancellationToken)
    {
        var tree = snapshot.Tree;
        if (tree.Text.Span.IndexOf("\"$ref\""u8) < 0 && tree.Text.Span.IndexOf("\"$schema\""u8) < 0)
        {
            return;
        }

        var pointers = new PointerIndex(tree);
        for (var i = 1; i < tree.NodeCount && links.Count < limit; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var property = new SyntaxNode(tree, i);
            if (property.Kind != SyntaxKind.Property || property.Value.Kind != SyntaxKind.String)
            {
                continue;
            }

            if (property.ContentEquals("$ref"u8))
            {
                Add(links, property.Value, OfReference(snapshot, pointers, property.Value));
            }
            else if (property.ContentEquals("$schema"u8) && property.Parent == tree.Root)
            {
                Add(links, property.Value, OfAddress(snapshot, property.Value, isRelativeAllowed: true));
            }
        }
    }

    private static void AddFormats(DocumentSnapshot snapshot, SortedDictionary<int, DocumentLink> links, int limit, CancellationToken cancellationToken)
    {
        if (snapshot.Schema is not { } schema)
        {
            return;
        }

        SchemaEvaluator.Walk(
            snapshot.Tree,
            schema,
            snapshot.Text.FullSpan,
            place =>
            {
                if (place.Value is { Kind: SyntaxKind.String } value)
                {
                    for (var i = 0; i < place.Schemas.Count; i++)
                    {
                        Add(links, value, OfFormat(snapshot, value, place.Schemas[i].Schema.Format));
                    }
                }

                return links.Count < limit;
            },
            cancellationToken);
    }

    private static DocumentLink? OfFormat(DocumentSnapshot snapshot, SyntaxNode value, string? format) => format switch
    {
        "uri" or "iri" => OfAddress(snapshot, value, isRelativeAllowed: false),
        "uri-reference" or "iri-reference" => OfAddress(snapshot, value, isRelativeAllowed: true),
        "safe-path" or "path" or "file-path" => OfPath(snapshot, value),
        _ => null,
    };

    private static DocumentLink? OfReference(DocumentSnapshot snapshot, PointerIndex pointers, SyntaxNode value)
    {
        var text = value.GetString();
        if (!text.StartsWith('#'))
        {
            return OfAddress(snapshot, value, isRelativeAllowed: true);
        }

        // What is no pointer is the name of an anchor; going there is left to the schema's own features.
        var target = pointers.Find(Uri.UnescapeDataString(text[1..]));
        return !target.IsValue ? null : new DocumentLink(value.ContentSpan) { TargetSpan = target.Span };
    }

    private static DocumentLink? OfAddress(DocumentSnapshot snapshot, SyntaxNode value, bool isRelativeAllowed)
    {
        var text = value.GetString();
        if (text.Length is 0 or > MaxTargetLength || text.StartsWith('#') || text.Any(static c => char.IsControl(c) || c == ' '))
        {
            return null;
        }

        var reference = UriReference.Parse(text);
        if (reference.Scheme is null)
        {
            return isRelativeAllowed ? Link(value, UriReference.Parse(snapshot.Uri).Resolve(reference)) : null;
        }

        // Other schemes make editors do things rather than show them.
        return reference.Scheme is "http" or "https" or "file" ? Link(value, reference) : null;
    }

    private static DocumentLink? OfPath(DocumentSnapshot snapshot, SyntaxNode value)
    {
        var path = value.GetString().Replace('\\', '/');
        if (path.Length is 0 or > MaxTargetLength || path.Any(char.IsControl))
        {
            return null;
        }

        // A drive is no scheme; all else that could be mistaken for a part of an address is escaped.
        var isDrive = path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '/';
        var escaped = string.Join('/', (isDrive ? "/" + path : path).Split('/').Select(Uri.EscapeDataString));
        return Link(value, UriReference.Parse(snapshot.Uri).Resolve(new UriReference(Scheme: null, Authority: null, escaped, Query: null, Fragment: null)));
    }

    private static DocumentLink? Link(SyntaxNode value, UriReference target) =>
        target.Scheme is null ? null : new DocumentLink(value.ContentSpan) { Target = target.ToString() };

    private static void Add(SortedDictionary<int, DocumentLink> links, SyntaxNode value, DocumentLink? link)
    {
        if (link is { } known && !known.Span.IsEmpty)
        {
            links.TryAdd(value.Span.Start, known);
        }
    }
}
