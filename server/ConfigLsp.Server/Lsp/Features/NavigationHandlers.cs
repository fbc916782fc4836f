using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Layers;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Hover;
using ConfigLsp.Core.Features.Navigation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Navigation;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Workspace;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Definition, type definition, references and highlights; and the content of schemas that are no files.</summary>
internal sealed class NavigationHandlers(
    FeatureRequests requests, WorkspaceSchemas workspace, EffectiveSettings? effective, SettingPlaces places, SchemaFiles schemaFiles, IFileSystem files)
{
    /// <summary>The most places that are given; more than anybody looks through.</summary>
    private const int MaxPlaces = 1000;

    private readonly ReferenceLookup _references = new(workspace, schemaFiles);
    private readonly PathTargets _paths = new(workspace, files);

    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/definition", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.IReadOnlyListNavigationTarget,
            static parameters => parameters.TextDocument.Uri, [], DefineAsync);
        requests.On(
            handlers, "textDocument/typeDefinition", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.IReadOnlyListNavigationTarget,
            static parameters => parameters.TextDocument.Uri, [], DefineTypeAsync);
        requests.On(
            handlers, "textDocument/references", LspJsonContext.Default.ReferenceParams, LspJsonContext.Default.IReadOnlyListLocation,
            static parameters => parameters.TextDocument.Uri, [], FindReferencesAsync);
        requests.On(
            handlers, "textDocument/documentHighlight", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.IReadOnlyListDocumentHighlight,
            static parameters => parameters.TextDocument.Uri, [], HighlightAsync);
        handlers.OnConcurrentRequest(
            "configlsp/schemaContent", LspJsonContext.Default.SchemaContentParams, LspJsonContext.Default.SchemaContentResult!,
            static _ => 0, (_, parameters, cancellation) => ReadSchemaAsync(parameters, cancellation));
    }

    private async ValueTask<IReadOnlyList<NavigationTarget>> DefineAsync(FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        var targets = new NavigationTargets(request, snapshot, request.Client.DefinitionLinks);
        if (References.FindAt(snapshot.Tree, offset) is { IsNone: false } reference)
            return await _references.ResolveAsync(request.Document, reference, cancellation).ConfigureAwait(false) is { } target ? targets.Of(reference.Span, target) : [];
        if (await FindSettingAsync(request, snapshot, offset, cancellation).ConfigureAwait(false) is var (source, key, span))
        {
            for (int i = source.Index - 1; i >= 0; i--)
            {
                SettingPlace[] lower = [.. places.Find(source.View.Layers[i], key)];
                if (lower.Length > 0)
                    return [targets.Of(span, lower[^1])];
            }
        }

        if (_paths.Find(request.Document, snapshot, offset, cancellation) is var (value, uri))
            return [targets.OfFile(value.Span, uri)];
        return DefineBySchema(request, snapshot, offset, targets, cancellation);
    }

    private static async ValueTask<IReadOnlyList<NavigationTarget>> DefineTypeAsync(
        FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        return DefineBySchema(request, snapshot, offset, new NavigationTargets(request, snapshot, request.Client.TypeDefinitionLinks), cancellation);
    }

    private static List<NavigationTarget> DefineBySchema(
        FeatureRequest request, DocumentSnapshot snapshot, int offset, NavigationTargets targets, CancellationToken cancellation)
    {
        if (HoverFeature.FindTarget(snapshot.Tree, offset) is not { } target)
            return [];
        var found = new List<NavigationTarget>();
        foreach (SchemaOrigin origin in SchemaPlaces.Find(snapshot, offset, cancellation))
        {
            if (SchemaAddress.ForClient(origin.Uri, request.Client) is { } address)
                found.Add(targets.Of(target.Span, address, origin.Node));
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<Location>> FindReferencesAsync(FeatureRequest request, ReferenceParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        if (await _references.FindReferencesAsync(
            request, snapshot, offset, parameters.Context is null or { IncludeDeclaration: true }, MaxPlaces, cancellation).ConfigureAwait(false) is { Count: > 0 } references)
        {
            return references;
        }

        if (await FindSettingAsync(request, snapshot, offset, cancellation).ConfigureAwait(false) is var (source, key, _))
        {
            return
            [
                .. source.View.Layers.Reverse().SelectMany(layer => places.Find(layer, key)).Take(MaxPlaces)
                    .Select(place => new Location(place.Text.Uri, request.Positions.ToRange(place.Text.Tree.Text, place.Mention.Name))),
            ];
        }

        SyntaxNode property = snapshot.Tree.FindNode(offset);
        return property.Kind == SyntaxKind.Property && property.NameSpan.Touches(offset)
            ? [.. Occurrences.FindKeys(snapshot.Tree, property, MaxPlaces, cancellation)
                .Select(key => new Location(request.Document.Uri, request.Positions.ToRange(snapshot.Text, key.NameSpan)))]
            : [];
    }

    private static async ValueTask<IReadOnlyList<DocumentHighlight>> HighlightAsync(
        FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        return
        [
            .. Occurrences.Find(snapshot, offset, MaxPlaces, cancellation)
                .Select(occurrence => new DocumentHighlight(request.Positions.ToRange(snapshot.Text, occurrence.Span), occurrence.Kind switch
                {
                    OccurrenceKind.Read => 2,
                    OccurrenceKind.Write => 3,
                    _ => 1,
                })),
        ];
    }

    private async ValueTask<SchemaContentResult?> ReadSchemaAsync(SchemaContentParams parameters, CancellationToken cancellation)
    {
        string uri = SchemaAddress.ToSchema(parameters.Uri);
        // Files are read by the editor itself.
        if (!DocumentUri.TryParse(uri, out DocumentUri? document) || document.IsFile)
            return null;
        return await workspace.Store.FindDocumentAsync(uri, cancellation).ConfigureAwait(false) is { } tree
            ? new SchemaContentResult(tree.Text.ToString(new TextSpan(0, tree.Text.Length)))
            : null;
    }

    /// <summary>The setting whose key, or whose value that is not part of an array, is under the caret, in a document that is a source.</summary>
    private async ValueTask<(SourceDocument Source, SettingKey Key, TextSpan Span)?> FindSettingAsync(
        FeatureRequest request, DocumentSnapshot snapshot, int offset, CancellationToken cancellation)
    {
        if (effective is null
            || HoverFeature.FindTarget(snapshot.Tree, offset) is not { } target
            || target.Value.IsNone
            || IsInArray(target.Value)
            || await effective.LocateAsync(request.Document, cancellation).ConfigureAwait(false) is not { } source)
        {
            return null;
        }

        return LayerPlace.FindKey(source.Layer, target.Value) is { IsRoot: false } key ? (source, key, target.Span) : null;
    }

    private static bool IsInArray(SyntaxNode value)
    {
        for (SyntaxNode node = value.Parent; !node.IsNone; node = node.Parent)
        {
            if (node.Kind == SyntaxKind.Array)
                return true;
        }

        return false;
    }
}
