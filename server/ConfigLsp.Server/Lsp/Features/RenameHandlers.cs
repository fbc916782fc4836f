using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Rename;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Effective;
using ConfigLsp.Server.Lsp.Navigation;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Renames a key: of a setting in all sources that set it, in one edit; in any other document in its own object.</summary>
internal sealed class RenameHandlers(FeatureRequests requests, EffectiveSettings? effective, SettingPlaces places)
{
    public void Register(RpcHandlers handlers)
    {
        requests.On(
            handlers, "textDocument/prepareRename", LspJsonContext.Default.TextDocumentPositionParams, LspJsonContext.Default.PrepareRenameResult!,
            static parameters => parameters.TextDocument.Uri, empty: null, PrepareAsync);
        requests.On(
            handlers, "textDocument/rename", LspJsonContext.Default.RenameParams, LspJsonContext.Default.WorkspaceEdit!,
            static parameters => parameters.TextDocument.Uri, empty: null, RenameAsync);
    }

    private async ValueTask<PrepareRenameResult?> PrepareAsync(FeatureRequest request, TextDocumentPositionParams parameters, CancellationToken cancellation)
    {
        int offset = request.Positions.ToOffset(request.Document.Text, parameters.Position);
        if (RenameFeature.FindTarget(request.Document.Tree, offset) is not { IsNone: false } property)
            return null;
        SettingRename? setting = await FindSettingAsync(request, property, offset, cancellation).ConfigureAwait(false);
        return setting is { Mention: var mention, Key: var key }
            ? new PrepareRenameResult(request.Positions.ToRange(request.Document.Text, mention.Name), mention.Prefix + key.Segments[^1] + mention.Suffix)
            : new PrepareRenameResult(request.Positions.ToRange(request.Document.Text, property.ContentSpan), property.GetString());
    }

    private async ValueTask<WorkspaceEdit?> RenameAsync(FeatureRequest request, RenameParams parameters, CancellationToken cancellation)
    {
        DocumentSnapshot snapshot = await request.PrepareAsync(cancellation).ConfigureAwait(false);
        int offset = request.Positions.ToOffset(snapshot.Text, parameters.Position);
        if (RenameFeature.FindTarget(snapshot.Tree, offset) is not { IsNone: false } property)
            throw Refusal("There is no key here to rename.");
        if (await FindSettingAsync(request, property, offset, cancellation).ConfigureAwait(false) is { } setting)
            return setting.Plan(parameters.NewName) is { } texts ? ToEdit(request, texts) : null;
        return RenameFeature.Rename(snapshot, property, parameters.NewName, cancellation) switch
        {
            RenameResult.Changes { All: var changes } => ToEdit(
                request, [(new LayerText(request.Document.Uri, request.Document.Version, snapshot.Tree), changes)]),
            RenameResult.Refused { Reason: var reason } => throw Refusal(reason),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private async ValueTask<SettingRename?> FindSettingAsync(FeatureRequest request, SyntaxNode property, int offset, CancellationToken cancellation)
    {
        if (effective is null || await effective.LocateAsync(request.Document, cancellation).ConfigureAwait(false) is not { } source)
            return null;
        return SettingRename.Find(source, property, offset, places);
    }

    private static WorkspaceEdit ToEdit(FeatureRequest request, IReadOnlyList<(LayerText Text, IReadOnlyList<TextChange> Changes)> texts)
    {
        TextEdit[] Edits(LayerText text, IReadOnlyList<TextChange> changes) =>
            [.. changes.Select(change => new TextEdit(request.Positions.ToRange(text.Tree.Text, change.Span), change.NewTextString))];
        return request.Client.VersionedEdits
            ? new WorkspaceEdit
            {
                DocumentChanges = [.. texts.Select(t => new TextDocumentEdit(new VersionedTextDocumentIdentifier(t.Text.Uri, t.Text.Version), Edits(t.Text, t.Changes)))],
            }
            : new WorkspaceEdit { Changes = texts.ToDictionary(t => t.Text.Uri, t => (IReadOnlyList<TextEdit>)Edits(t.Text, t.Changes), StringComparer.Ordinal) };
    }

    internal static RpcException Refusal(string reason) => new(RpcErrorCodes.RequestFailed, reason);
}
