using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Navigation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Features;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;

namespace ConfigLsp.Server.Lsp.Navigation;

/// <summary>Follows the references of schema files, into other documents too, as far as these may be read.</summary>
internal sealed class ReferenceLookup(WorkspaceSchemas workspace, SchemaFiles schemaFiles)
{
    /// <summary>A reference may lead into a document whose meta-schema is another document.</summary>
    private const int MaxRounds = 4;

    /// <summary>The place that a reference leads to; null if there is none, or if it cannot be had.</summary>
    public async ValueTask<ReferenceTarget?> ResolveAsync(OpenDocument document, SyntaxNode reference, CancellationToken cancellation)
    {
        var known = new Dictionary<string, SyntaxTree>(StringComparer.Ordinal);
        for (int round = 0; ; round++)
        {
            var resolver = new ReferenceResolver(document.Uri, document.Tree, known);
            if (resolver.Resolve(reference) is { } target)
                return target;
            bool isMore = false;
            foreach (string uri in resolver.Missing)
            {
                if (!known.ContainsKey(uri) && await workspace.Store.FindDocumentAsync(uri, cancellation).ConfigureAwait(false) is { } tree)
                {
                    known.Add(uri, tree);
                    isMore = true;
                }
            }

            if (!isMore || round == MaxRounds)
                return null;
        }
    }

    /// <summary>
    /// The references to the definition under the caret, or to what the reference there leads to; in this document, the other open ones
    /// and the schema files of the workspace.
    /// </summary>
    public async ValueTask<IReadOnlyList<Location>> FindReferencesAsync(
        FeatureRequest request, DocumentSnapshot snapshot, int offset, bool withDefinition, int limit, CancellationToken cancellation)
    {
        if (await FindDefinitionAsync(request.Document, snapshot, offset, cancellation).ConfigureAwait(false) is not var (uri, target))
            return [];
        var found = new List<Location>();
        foreach (OpenDocument document in request.Documents)
        {
            foreach (SyntaxNode reference in References.FindTo(document.Uri, document.Tree, target, uri, limit - found.Count, cancellation))
                found.Add(new Location(document.Uri, request.Positions.ToRange(document.Text, reference.Span)));
        }

        bool isSchema = await IsSchemaAsync(request, snapshot, cancellation).ConfigureAwait(false);
        foreach ((string file, SyntaxTree tree) in isSchema ? schemaFiles.FindUnopened(request.Documents, cancellation) : [])
        {
            if (found.Count >= limit)
                break;
            foreach (SyntaxNode reference in References.FindTo(file, tree, target, uri, limit - found.Count, cancellation))
                found.Add(new Location(file, request.Positions.ToRange(tree.Text, reference.Span)));
        }

        if (found.Count > 0 && withDefinition && DefinitionAddress(request, snapshot, uri, target) is { } address)
        {
            found.Insert(0, new Location(
                address, request.Positions.ToRange(target.Tree.Text, target.Parent.Kind == SyntaxKind.Property ? target.Parent.NameSpan : new(target.Span.Start, 1))));
        }

        return found;
    }

    /// <summary>Other files refer to parts of schemas only; for a key of settings nobody is to search the disk.</summary>
    private static async ValueTask<bool> IsSchemaAsync(FeatureRequest request, DocumentSnapshot snapshot, CancellationToken cancellation) =>
        snapshot.Tree.Root.TryGetProperty("$defs"u8, out _)
        || snapshot.Tree.Root.TryGetProperty("definitions"u8, out _)
        || !References.FindAll(snapshot.Tree, cancellation).IsEmpty
        || (await request.Snapshots.PrepareAsync(request.Document, cancellation).ConfigureAwait(false)).Lookup.DescribesSchemas;

    private static string? DefinitionAddress(FeatureRequest request, DocumentSnapshot snapshot, string uri, SyntaxNode target) =>
        ReferenceEquals(target.Tree, snapshot.Tree) ? request.Document.Uri : SchemaAddress.ForClient(uri, request.Client);

    private async ValueTask<(string Uri, SyntaxNode Node)?> FindDefinitionAsync(
        OpenDocument document, DocumentSnapshot snapshot, int offset, CancellationToken cancellation)
    {
        if (References.FindAt(snapshot.Tree, offset) is { IsNone: false } reference)
            return await ResolveAsync(document, reference, cancellation).ConfigureAwait(false) is { } target ? (target.DocumentUri, target.Node) : null;
        SyntaxNode property = snapshot.Tree.FindNode(offset);
        return property.Kind == SyntaxKind.Property && property.NameSpan.Touches(offset) ? (document.Uri, property.Value) : null;
    }
}
