using System.Collections.Immutable;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Diagnostics;
using ConfigLsp.Server.Lsp.Protocol;
using CodeAction = ConfigLsp.Server.Lsp.Protocol.CodeAction;
using CoreAction = ConfigLsp.Core.Features.CodeActions.CodeAction;
using Range = ConfigLsp.Server.Lsp.Protocol.Range;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>Code actions and their edits in the form that the client can use.</summary>
internal sealed class CodeActionConverter(FeatureRequest request)
{
    private readonly LspDiagnosticConverter _diagnostics = new(request.Client, request.Positions);

    private SourceText Text => request.Document.Text;

    /// <summary>An action with its edit, or with what it is found by when the client asks for the edit.</summary>
    /// <param name="action">The action.</param>
    /// <param name="asked">The place that was asked about.</param>
    /// <param name="changes">Its changes; null to have them asked for.</param>
    public CodeAction Convert(CoreAction action, Range asked, ImmutableArray<TextChange>? changes) => new()
    {
        Title = action.Title,
        Kind = CodeActionKinds.Of(action.Kind),
        Diagnostics = action.Diagnostic is { } finding ? _diagnostics.Convert(request.Document.Uri, Text, [finding]) : null,
        IsPreferred = action.IsPreferred ? true : null,
        Edit = changes is { } made ? Edit(made) : null,
        Data = changes is null
            ? new CodeActionData(
                request.Document.Uri,
                request.Document.Version,
                action.Diagnostic is { } place && action.Kind == Core.Features.CodeActions.CodeActionKind.QuickFix ? request.Positions.ToRange(Text, place.Span) : asked,
                action.Diagnostic?.Descriptor.Id)
            : null,
    };

    /// <summary>An action that is about all of the document.</summary>
    public CodeAction Whole(string title, string kind, Range asked, ImmutableArray<TextChange>? changes) => new()
    {
        Title = title,
        Kind = kind,
        Edit = changes is { } made ? Edit(made) : null,
        Data = changes is null ? new CodeActionData(request.Document.Uri, request.Document.Version, asked) : null,
    };

    private WorkspaceEdit Edit(ImmutableArray<TextChange> changes)
    {
        IReadOnlyList<TextEdit> edits = [.. changes.Select(change => new TextEdit(request.Positions.ToRange(Text, change.Span), change.NewTextString))];
        return request.Client.VersionedEdits
            ? new WorkspaceEdit { DocumentChanges = [new TextDocumentEdit(new VersionedTextDocumentIdentifier(request.Document.Uri, request.Document.Version), edits)] }
            : new WorkspaceEdit { Changes = new Dictionary<string, IReadOnlyList<TextEdit>>(StringComparer.Ordinal) { [request.Document.Uri] = edits } };
    }
}
